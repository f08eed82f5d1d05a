import { resolve } from 'node:path';
import { clustersDefined, clustersNamed } from './clusters';
import { NO_NOTES, readNotes } from './notes';
import { readEvidence, type Evidence } from './read';
import type { ClusterDescription } from '../../evidence';
import type { Io } from '../io';
import { UNSEEN, type Progress } from '../progress';

/** What the commands that read evidence are given, as it stands in the arguments. */
export interface EvidenceOptions {
  /** Files and folders; `-` is stdin. */
  readonly paths: readonly string[];
  /** `NAME=ISSUER`, one by one. */
  readonly clusters: readonly string[];
  readonly definition?: string;
  readonly env?: string;
  /** The evidence file. */
  readonly evidence?: string;
}

/** Everything that was given: documents, and the clusters that they are of. */
export interface Given {
  readonly evidence: Evidence;
  readonly clusters: readonly ClusterDescription[];
}

/**
 * Reads files, folders and what is said of clusters.
 *
 * @param keep  which documents are wanted. @default those that can matter for an identity
 * @throws SymbolonError when something cannot be read
 */
export async function readGiven(
  { paths, clusters, definition, env, evidence: notesFile }: EvidenceOptions, io: Pick<Io, 'cwd'>, progress: Progress = UNSEEN, keep?: (document: unknown) => boolean,
): Promise<Given> {
  const notes = notesFile === undefined ? NO_NOTES : await readNotes({ path: resolve(io.cwd, notesFile), shown: notesFile });
  const described = [...definition === undefined ? [] : await clustersDefined(definition, env, io), ...notes.clusters, ...clustersNamed(clusters, io)];
  return { evidence: await readEvidence(paths, notes.files, io, progress, keep), clusters: described };
}
