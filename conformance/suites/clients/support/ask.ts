import { execFile } from 'node:child_process';
import { programOf } from './programs';
import { SWITCHES } from './switches';
import type { Clouds } from '../../../systems/token-services/clouds';

/** A provider whose SDK is run. */
export type Asked = keyof typeof SWITCHES;

/** What came of it: what the SDK got, or why it got nothing. */
export type Outcome = { readonly got: string } | { readonly error: string };

/** Runs the SDK of a provider in a process with that environment, the switches, and nothing else. */
export function ask(provider: Asked, sdk: string, env: { readonly [name: string]: string }, clouds: Clouds, folder: string): Promise<Outcome> {
  const switches = Object.fromEntries(SWITCHES[provider].map(({ name, value }) => [name, value(clouds, folder)]));
  const clash = Object.keys(switches).find(name => name in env);
  if (clash !== undefined) throw new Error(`the pod sets ${clash}, which would be switched`);
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['-e', programOf(provider)], { cwd: sdk, env: { ...env, ...switches }, timeout: 60_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(JSON.parse(stdout) as Outcome);
      else reject(new Error(`the program of ${provider} broke: ${stderr || error.message}`));
    });
  });
}
