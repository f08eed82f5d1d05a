import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { NotToBeHad } from './part';

const execute = promisify(execFile);

export interface CommandOptions {
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

/** What the command prints. One that is not there or fails means that the part cannot be had, with its last words as the reason. */
export async function commandOutput(command: string, args: readonly string[], { cwd, env }: CommandOptions = {}): Promise<string> {
  try {
    const { stdout } = await execute(command, args, { ...(cwd !== undefined && { cwd }), env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 });
    return stdout.trim();
  } catch (error) {
    const { code, stderr = '', message } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT') throw new NotToBeHad(`${command} is not installed`);
    throw new NotToBeHad(`${command} ${args[0] ?? ''}: ${stderr.trim().split('\n').slice(-3).join(' ') || message}`);
  }
}
