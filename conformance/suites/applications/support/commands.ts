import { spawnSync } from 'node:child_process';

/** Why a command cannot be used on this machine; undefined where it can. */
export function missing(...commands: readonly (readonly [string, ...string[]])[]): string | undefined {
  const without = commands.find(([command, ...args]) => spawnSync(command, args).status !== 0);
  return without === undefined ? undefined : `${without[0]} is not installed`;
}
