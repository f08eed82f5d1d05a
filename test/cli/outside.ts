import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Request, Response } from './outside-runner';
import type { Run } from './workspace';

const ROOT = join(__dirname, '../..');

/** Modules of users import the package from its sources here, and not from what was built last. */
export const ALIASES = JSON.stringify({ 'symbolon/cdk8s': join(ROOT, 'src/cdk8s/index.ts'), 'symbolon': join(ROOT, 'src/index.ts') });

/** Runs TypeScript as it is. */
export const JITI = join(ROOT, 'node_modules/jiti/lib/jiti-cli.mjs');

/**
 * The command line in a process of its own, outside of jest's sandbox, which loads modules in a way of its own. One
 * process serves all runs of a test file; each run is what a run in a fresh one would be.
 */
export class Outside {
  private readonly child: ChildProcess = fork(JITI, [join(__dirname, 'outside-runner.ts')], { env: { ...process.env, JITI_ALIAS: ALIASES }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  private readonly waiting = new Map<number, (run: Run) => void>();
  private last = 0;

  constructor() {
    this.child.on('message', ({ id, ...run }: Response) => this.waiting.get(id)?.(run));
  }

  async run(args: readonly string[], cwd: string): Promise<Run> {
    const id = ++this.last;
    const answer = new Promise<Run>(resolve => { this.waiting.set(id, resolve); });
    this.child.send({ id, args, cwd } satisfies Request);
    return answer;
  }

  stop(): void {
    this.child.kill();
  }
}
