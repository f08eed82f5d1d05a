import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** The built command line, as it is published. */
export const BIN = join(__dirname, '../../../../lib/cli/bin.js');

/** The text of every file, by path. */
export interface Tree {
  readonly [path: string]: string;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface StartOptions {
  /** Options of Node.js. */
  readonly node?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Who runs it, as a number. */
  readonly user?: number;
}

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A folder of somebody who runs the command line: definitions, and `dist` beside them. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'symbolon-conformance-fault-'));
  readonly out = join(this.path, 'dist');

  constructor() {
    made.push(this.path);
    // For those tests that run it as somebody else.
    chmodSync(this.path, 0o755);
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.path, file), text);
  }

  synth(args: readonly string[], { node = [], env = {}, user }: StartOptions = {}): Started {
    const { SYMBOLON_CONFORMANCE_SYSTEMS: _systems, ...own } = process.env;
    const child = spawn(process.execPath, [...node, BIN, 'synth', ...args], {
      cwd: this.path, env: { ...own, NODE_ENV: 'production', ...env }, stdio: ['ignore', 'pipe', 'pipe'], ...(user !== undefined && { uid: user, gid: user }),
    });
    const texts = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => { texts.out += text; });
    child.stderr.setEncoding('utf8').on('data', (text: string) => { texts.err += text; });
    const ended = new Promise<Ended>((resolve, reject) => child.on('error', reject).on('close', (code, signal) => resolve({ code, signal, ...texts })));
    return { child, ended };
  }

  /** Everything in the output folder that people see. */
  tree(): Tree {
    const entries = readdirSync(this.out, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
    const paths = entries.map(entry => relative(this.out, join(entry.parentPath, entry.name))).filter(path => !path.startsWith('.')).sort();
    return Object.fromEntries(paths.map(path => [path, readFileSync(join(this.out, path), 'utf8')]));
  }

  /** What runs keep in the output folder while they are at work. */
  hidden(): readonly string[] {
    return readdirSync(this.out).filter(name => name.startsWith('.'));
  }

  /** Makes the output folder what another one was. */
  restore(from: string): void {
    rmSync(this.out, { recursive: true, force: true });
    cpSync(from, this.out, { recursive: true });
  }

  /** Keeps the output folder as it is now, for {@link restore}. */
  keep(name: string): string {
    const to = join(this.path, name);
    mkdirSync(to);
    cpSync(this.out, to, { recursive: true });
    return to;
  }
}

/** Identities of one cluster. With pods that carry their tokens themselves there are patches, too. */
export function definitions(prefix: string, count: number, injection: 'webhook' | 'explicit' = 'webhook'): string {
  return JSON.stringify({
    version: 1,
    clusters: [{ name: 'blue', issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE', eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'blue' } }],
    identities: Array.from({ length: count }, (_, i) => ({ name: `${prefix}-${i}`, namespace: `ns-${i % 10}`, clusters: ['blue'], trustedBy: { aws: {} }, injection })),
  });
}

/** A run that has to work. */
export async function synthesise(folder: Folder, ...args: readonly string[]): Promise<Tree> {
  const { code, err } = await folder.synth(args).ended;
  if (code !== 0) throw new Error(err);
  return folder.tree();
}

/** The same numbers in every run, each from 0 to below 1. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) % 2 ** 32;
    return (state < 0 ? state + 2 ** 32 : state) / 2 ** 32;
  };
}
