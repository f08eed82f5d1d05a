import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '..');

/** Where the workers lie as plain JavaScript, inside the package, so that they load it by its name. */
export const BUILT = join(ROOT, '.cache/bench');

export function worker(name: string): string {
  return join(BUILT, 'workers', `${name}.js`);
}

/** Gives a folder that is gone afterwards. */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-bench-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
