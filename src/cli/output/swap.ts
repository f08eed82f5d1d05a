import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { FOLDERS } from './documents';
import { exists } from './exists';

/**
 * Moves the folders of before into `lock/old`, and those of `lock/new` into their places. Nothing is awaited, so that
 * no signal comes between; when a step fails, those before it are undone.
 *
 * @param check  called before a folder is touched
 */
export function swap(out: string, lock: string, check: (folder: string) => void): void {
  mkdirSync(join(lock, 'old'), { recursive: true });
  const folders = FOLDERS.filter(folder => exists(join(lock, 'new', folder)));
  try {
    for (const folder of FOLDERS) {
      check(folder);
      if (exists(join(out, folder))) renameSync(join(out, folder), join(lock, 'old', folder));
      if (folders.includes(folder)) renameSync(join(lock, 'new', folder), join(out, folder));
    }
  } catch (error) {
    undo(out, lock, folders);
    throw error;
  }
}

/**
 * Puts everything back to where it was before a swap, however far that came.
 *
 * @param folders  those that the swap was to move in
 */
export function undo(out: string, lock: string, folders: readonly string[]): void {
  for (const folder of [...FOLDERS].reverse()) {
    const [place, before, after] = [join(out, folder), join(lock, 'old', folder), join(lock, 'new', folder)];
    const hadOne = exists(before);
    const isIn = folders.includes(folder) && !exists(after) && exists(place);
    if (isIn) renameSync(place, after);
    if (hadOne) renameSync(before, place);
  }
}
