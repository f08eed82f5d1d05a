import { existsSync } from 'node:fs';
import { InputError } from '../../core/errors';
import { joinPath } from '../../core/issues';
import { isData, type Data } from '../../kubernetes/data';
import { readJson } from '../source/json';
import type { UserFile } from '../source/text';
import { readYaml } from '../source/yaml';

/**
 * Refuses to replace a file that says what the new one does not: identities that somebody wrote under the clusters, facts of other stacks.
 * Values may change, and clusters may go: they are what is written anew.
 *
 * @throws InputError that names what would be lost, or for a file that cannot be read as what it is to be
 */
export async function refuseLoss(file: UserFile, next: Data): Promise<void> {
  if (!existsSync(file.path)) return;
  const before = /\.json$/i.test(file.path) ? readJson(file) : await readYaml(file);
  const lost = lostIn(before, { version: 1, ...next }, '');
  if (lost !== undefined) throw new InputError(`${file.shown}: ${lost === '' ? 'all of it' : lost} would be lost, which symbolon facts does not write; choose another file, or put the new values into this one by hand`);
}

/** The first place that only the old one has. */
function lostIn(before: unknown, next: unknown, path: string): string | undefined {
  if (!isData(before)) return isData(next) ? path : undefined;
  if (!isData(next)) return path;
  for (const [key, value] of Object.entries(before)) {
    const at = joinPath(path, key);
    if (!Object.hasOwn(next, key)) return at;
    const lost = lostIn(value, next[key], at);
    if (lost !== undefined) return lost;
  }
  return undefined;
}
