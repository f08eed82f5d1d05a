import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/**
 * Runs a command and ends it when this process's own standard input ends: whoever started it is gone then, however it
 * went. Runs by itself, as `node -e`, so that it may use nothing from outside.
 */
function guard(): void {
  const [command, ...args] = process.argv.slice(1) as [string, ...string[]];
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { spawn: start } = require('node:child_process') as typeof import('node:child_process');
  const child = start(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const end = (): void => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 5000).unref();
  };
  process.stdin.resume().on('end', end).on('error', end);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
  child.on('error', () => process.exit(127));
  child.on('exit', code => process.exit(code ?? 1));
}

export interface Guarded {
  /** Ends the program, and is done when it has ended. */
  stop(): Promise<void>;
  /** The exit code, when it has ended; null for a signal. */
  readonly exit: Promise<number | null>;
  /** Whether it has ended. */
  ended(): boolean;
  /** What it said last, for when it does not work. */
  lastWords(): string;
}

export interface GuardedOptions {
  /** The file for everything that it prints. @default what is for people goes where ours goes, the rest nowhere */
  readonly log?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

const guarded = new Set<Guarded>();

/** Ends every program that still runs, those of a system too that has not finished starting. */
export async function stopAll(): Promise<void> {
  await Promise.all([...guarded].map(program => program.stop()));
}

/** Starts a program that never outlives this process. */
export function startGuarded(command: string, args: readonly string[], { log, env = process.env, cwd }: GuardedOptions = {}): Guarded {
  const out = log === undefined ? undefined : openSync(log, 'a');
  const keeper: ChildProcess = spawn(process.execPath, ['-e', `(${guard.toString()})()`, '--', command, ...args], {
    stdio: ['pipe', out ?? 'ignore', out ?? 'inherit'], env, ...(cwd !== undefined && { cwd }),
  });
  if (out !== undefined) closeSync(out);
  const exit = new Promise<number | null>(resolve => keeper.once('exit', resolve).once('error', () => resolve(null)));
  keeper.stdin?.on('error', () => undefined);
  const program: Guarded = {
    stop: async () => {
      keeper.stdin?.end();
      await exit;
    },
    exit,
    ended: () => keeper.exitCode !== null || keeper.signalCode !== null,
    lastWords: () => (log === undefined ? '' : readFileSync(log, 'utf8').trim().split('\n').slice(-8).join('\n')),
  };
  guarded.add(program);
  void exit.then(() => guarded.delete(program));
  return program;
}
