import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { InputError } from '../../core/errors';

/** In every folder that is replaced as a whole: the files in it that were written here. Its name has no ending that kubectl would apply. */
export const MARKER = '.symbolon';

const HEAD = '# Written by symbolon, which replaces this folder as a whole. It stops when it finds a file that is not in this list.';

export function markerOf(files: readonly string[]): string {
  return `${[HEAD, ...files].join('\n')}\n`;
}

/**
 * Makes sure that a folder may be replaced: it is not there, it is empty, or everything in it was written here.
 *
 * @param shown  what the user calls the folder
 * @throws InputError that names the first file that is somebody else's
 */
export function refuseForeign(folder: string, shown: string): void {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) throw foreign(shown, `${shown} is no folder`);
  const known = new Set([MARKER, ...readMarker(folder)]);
  const stranger = filesIn(folder, '').find(file => !known.has(file));
  if (stranger !== undefined) throw foreign(shown, `${shown}/${stranger} was not written by symbolon`);
}

function foreign(shown: string, what: string): InputError {
  return new InputError(`${what}, and ${shown} would be replaced as a whole; move it away, or choose another folder with --out`);
}

function readMarker(folder: string): readonly string[] {
  // Version control may have given it the line ends of Windows.
  return ifThere(() => readFileSync(join(folder, MARKER), 'utf8').split(/\r?\n/));
}

function filesIn(folder: string, at: string): readonly string[] {
  return ifThere(() => readdirSync(join(folder, at), { withFileTypes: true })).flatMap(entry => {
    const path = posix.join(at, entry.name);
    return entry.isDirectory() ? filesIn(folder, path) : [path];
  });
}

/** Another run may be replacing the folder just now. */
function ifThere<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
