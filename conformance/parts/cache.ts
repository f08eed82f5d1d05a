import { mkdirSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Outside the repository, so that a fresh clone finds what an older one had. */
function cacheFolder(): string {
  const { SYMBOLON_CACHE, XDG_CACHE_HOME } = process.env;
  return join(SYMBOLON_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'symbolon'), 'conformance');
}

/**
 * The folder of that key, filled once. It appears whole or not at all: a run that is stopped in the middle leaves
 * nothing that a later one would take for finished, and two runs at once do not disturb each other.
 */
export async function cached(key: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const home = join(cacheFolder(), key);
  if (existsSync(home)) return home;
  mkdirSync(dirname(home), { recursive: true });
  const making = mkdtempSync(`${home}.`);
  try {
    await fill(making);
    if (!existsSync(home)) renameSync(making, home);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return home;
}
