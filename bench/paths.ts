import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '..');

/** Where the workers lie as plain JavaScript, inside the package, so that they load it by its name. */
export const BUILT = join(ROOT, '.cache/bench');

export function worker(name: string): string {
  return join(BUILT, 'workers', `${name}.js`);
}

/** In memory where that is possible: a disk whose files were removed a moment ago takes several times as long to make new ones. */
const SCRATCH = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export function makeFolder(): string {
  return mkdtempSync(join(SCRATCH, 'symbolon-bench-'));
}

/** Gives a folder that is gone afterwards. */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = makeFolder();
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
