import { existsSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { refuseLoss } from './loss';
import { InputError } from '../../core/errors';
import { describe, type Described, type VendorDocument } from '../../facts';
import { readEvidence } from '../evidence/read';
import type { Io } from '../io';
import type { FactsOptions } from '../options';
import { writeWhole } from '../output/whole';
import { toYaml } from '../output/yaml';
import { UNSEEN } from '../progress';

/** What came of it. */
export interface FactsResult extends Pick<Described, 'warnings'> {
  /** The definition document, where it is to go to stdout. */
  readonly printed?: string;
  /** What was written, a line for each file. */
  readonly written: readonly string[];
}

const HEAD = '# Clusters, as their vendors\' own tools describe them: written by symbolon facts. With identities, symbolon synth takes it.\n';

/**
 * Makes clusters of a definition, and facts, of what the vendors' own tools print.
 *
 * @throws SymbolonError when something cannot be read or written, is unknown or does not say enough. Nothing is written then
 */
export async function factsOf({ paths, out, facts: factsOut, json }: FactsOptions, io: Pick<Io, 'cwd'>): Promise<FactsResult> {
  const { clusters, facts, warnings } = describe(await documentsIn(paths, io));
  const hasFacts = Object.keys(facts).length > 0;
  if (hasFacts && factsOut === undefined) {
    throw new InputError('--facts: expected the file in which facts are to be kept, such as --facts facts.json; some of what was given belongs there and not in a definition: client ids, project numbers of other clusters');
  }
  const definition = { version: 1, clusters };
  const text = json || extname(out ?? '').toLowerCase() === '.json' ? jsonOf(definition) : `${HEAD}${toYaml(definition)}`;
  const files = [
    ...out !== undefined && clusters.length > 0 ? [{ shown: out, text, data: definition, says: `${clusters.length} ${clusters.length === 1 ? 'cluster' : 'clusters'}: ${clusters.map(({ name }) => name).join(', ')}` }] : [],
    ...hasFacts && factsOut !== undefined ? [{ shown: factsOut, text: jsonOf({ version: 1, ...facts }), data: { ...facts }, says: 'facts, for symbolon synth --facts' }] : [],
  ];
  for (const { shown, data } of files) await refuseLoss({ path: resolve(io.cwd, shown), shown }, data);
  for (const { shown, text: whole } of files) writeWhole({ path: resolve(io.cwd, shown), shown }, whole);
  const printed = out === undefined && (clusters.length > 0 || json) ? text : undefined;
  return { warnings, written: files.map(({ shown, says }) => `${shown}: ${says}`), ...(printed !== undefined && { printed }) };
}

function jsonOf(data: object): string {
  return `${JSON.stringify(data, null, 2)}\n`;
}

async function documentsIn(paths: readonly string[], io: Pick<Io, 'cwd'>): Promise<readonly VendorDocument[]> {
  const named = paths.map(path => namedIn(path, io));
  const twice = named.find(({ path }, i) => named.findIndex(each => each.path === path) !== i);
  if (twice !== undefined) throw new InputError(`facts: ${twice.path} is given twice; give it once`);
  const evidence = await readEvidence(named.map(({ path }) => path), [], io, UNSEEN, () => true);
  return evidence.documents.map(({ value, at: { file, document } }) => {
    const name = named.find(({ path }) => file === path || file.startsWith(`${path.replace(/[\\/]+$/, '')}/`))?.name;
    return { value, shown: document === 0 ? file : `${file}:${evidence.lineOf(file, document) ?? ''}`, ...(name !== undefined && { name }) };
  });
}

/** `NAME=FILE`. A path in which a `=` stands is taken for what it is where there is such a file. */
function namedIn(given: string, { cwd }: Pick<Io, 'cwd'>): { readonly path: string; readonly name?: string } {
  const [, name, path] = /^([^=/\\]+)=(.+)$/.exec(given) ?? [];
  return name === undefined || path === undefined || existsSync(resolve(cwd, given)) ? { path: given } : { path, name };
}
