import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../../core/errors';
import type { UserFile } from '../source/text';

/** Stdin, as the user calls it. */
export const STDIN = '-';

const ENDINGS = /\.(?:ya?ml|json)$/i;

/** The files that a path stands for: itself, or in a folder everything that may be evidence, in the order of names. Hidden folders and `node_modules` are left out. */
export function filesAt(shown: string, cwd: string): readonly UserFile[] {
  const path = resolve(cwd, shown);
  if (!isFolder(path)) return [{ path, shown }];
  const files = filesIn({ path, shown: shown.replace(/[\\/]+$/, '') });
  if (files.length === 0) throw new InputError(`${shown}: expected files that end in .yaml, .yml or .json in this folder, got none`);
  return files;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // What is not there is said when it is read.
    return false;
  }
}

function filesIn({ path, shown }: UserFile): readonly UserFile[] {
  const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap(entry => {
    const file = { path: join(path, entry.name), shown: `${shown}/${entry.name}` };
    if (entry.isDirectory()) return filesIn(file);
    return entry.isFile() && ENDINGS.test(entry.name) ? [file] : [];
  });
}
