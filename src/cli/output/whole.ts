import { existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../../core/errors';
import type { UserFile } from '../source/text';

/**
 * Writes one file: all of it or nothing. It is written beside its place, and then takes it; where a link stands, the file that it leads to is written.
 *
 * @throws InputError when it cannot be written; what was there before is untouched then
 */
export function writeWhole({ path, shown }: UserFile, text: string): void {
  let beside: string | undefined;
  try {
    const place = existsSync(path) ? realpathSync(path) : path;
    // A device or a pipe, such as /dev/null, is written to, and never replaced.
    if (existsSync(place) && !statSync(place).isFile()) {
      writeFileSync(place, text);
      return;
    }
    beside = join(dirname(place), `.symbolon-${process.pid}.tmp`);
    writeFileSync(beside, text);
    renameSync(beside, place);
  } catch (error) {
    if (beside !== undefined) rmSync(beside, { force: true });
    throw new InputError(`${shown} cannot be written: ${(error as Error).message}; name a file in a folder that is there`, { cause: error });
  }
}
