import { dirname, resolve } from 'node:path';
import { InputError, InvalidDefinitionError } from '../../core/errors';
import { checkIssuer } from '../../core/issuer';
import { Findings, complain, joinPath, type Report } from '../../core/issues';
import { fits, readShape, type Shape } from '../../core/shape';
import type { ClusterDescription } from '../../evidence';
import { readJson } from '../source/json';
import type { UserFile } from '../source/text';
import { readYaml } from '../source/yaml';

/** What the user says about files, by an evidence file. */
export interface Notes {
  readonly clusters: readonly ClusterDescription[];
  readonly files: readonly FileNote[];
}

/** About one file, or a folder. */
export interface FileNote {
  readonly path: string;
  readonly shown: string;
  /** What it is about. */
  readonly of?: string;
  readonly cluster?: string;
}

interface Written {
  readonly version: number;
  readonly clusters?: readonly unknown[];
  readonly documents?: readonly unknown[];
}

interface WrittenNote {
  readonly file: string;
  readonly of?: string;
  readonly cluster?: string;
}

const FILE: Shape<Written> = { version: 'number', clusters: 'list?', documents: 'list?' };
const CLUSTER: Shape<ClusterDescription> = { name: 'text', issuer: 'text?', workloadPool: 'text?', resourceId: 'text?', clusterArn: 'text?', ramProvider: 'text?', signingAlgorithms: 'texts?' };
const NOTE: Shape<WrittenNote> = { file: 'text', of: 'text?', cluster: 'text?' };

export const NO_NOTES: Notes = { clusters: [], files: [] };

/**
 * Reads an evidence file: YAML or JSON with `version: 1`, `clusters` and `documents`. Its paths start where it lies.
 *
 * @throws InputError when it cannot be read, and with everything that is wrong in it
 */
export async function readNotes(file: UserFile): Promise<Notes> {
  const data = /\.json$/i.test(file.path) ? readJson(file) : await readYaml(file);
  const findings = new Findings();
  const { report } = findings;
  const { version, clusters = [], documents = [] } = readShape<Written>(data, FILE, '', report);
  if (version !== undefined && version !== 1) complain(report, 'evidence/version', 'version', { expected: '1', got: version, fix: 'write version: 1' });
  const described = clusters.map((cluster, i) => clusterIn(cluster, joinPath('clusters', i), report));
  const notes = documents.map((document, i) => noteIn(document, joinPath('documents', i), dirname(file.path), report));
  if (findings.errors.length > 0) throw new InputError(new InvalidDefinitionError(file.shown, findings.all).message);
  return { clusters: described, files: notes };
}

function clusterIn(given: unknown, path: string, report: Report): ClusterDescription {
  const cluster = readShape<ClusterDescription>(given, CLUSTER, path, report);
  if (cluster.issuer !== undefined) checkIssuer(cluster.issuer, `${path}.issuer`, report);
  return { ...cluster, name: cluster.name ?? '' };
}

function noteIn(given: unknown, path: string, folder: string, report: Report): FileNote {
  const { file = '', ...note } = readShape<WrittenNote>(given, NOTE, path, report);
  if (fits(given, 'map', path, () => undefined) && note.of === undefined && note.cluster === undefined) {
    complain(report, 'evidence/note', path, { expected: 'of or cluster', fix: 'say what the file is about (of), or which cluster its manifests are for (cluster)' });
  }
  return { path: resolve(folder, file), shown: file, ...note };
}
