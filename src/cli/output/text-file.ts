import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../../core/errors';
import type { Io } from '../io';

/**
 * Gives out a text: to stdout, or to the file that `--out` names.
 *
 * @throws InputError when the file cannot be written
 */
export function giveOut(text: string, out: string | undefined, io: Pick<Io, 'cwd' | 'stdout'>): void {
  if (out === undefined) {
    io.stdout.write(text);
    return;
  }
  try {
    writeFileSync(resolve(io.cwd, out), text);
  } catch (error) {
    throw new InputError(`--out: ${out} cannot be written: ${(error as Error).message}; name a file in a folder that is there`, { cause: error });
  }
}
