import { resolve } from 'node:path';
import { writeWhole } from './whole';
import type { Io } from '../io';

/**
 * Gives out a text: to stdout, or to the file that `--out` names.
 *
 * @throws InputError when the file cannot be written
 */
export function giveOut(text: string, out: string | undefined, io: Pick<Io, 'cwd' | 'stdout'>): void {
  if (out === undefined) io.stdout.write(text);
  else writeWhole({ path: resolve(io.cwd, out), shown: `--out: ${out}` }, text);
}
