import { statSync } from 'node:fs';
import { dirname } from 'node:path';

export function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/**
 * The folder and those above it that are not there, outermost first; never a root, which nobody can make: a drive of Windows may be missing.
 *
 * @param parentOf  as `dirname` of `node:path`
 */
export function missingFolders(path: string, parentOf = dirname): readonly string[] {
  const parent = parentOf(path);
  return parent === path || exists(path) ? [] : [...missingFolders(parent, parentOf), path];
}
