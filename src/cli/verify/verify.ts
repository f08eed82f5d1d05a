import { resolve } from 'node:path';
import { clustersDefined, clustersNamed } from './clusters';
import { verify, type Finding, type Verification } from '../../evidence';
import { spotOf } from '../evidence/lines';
import { NO_NOTES, readNotes } from '../evidence/notes';
import { readEvidence } from '../evidence/read';
import { sorterBy, type PlacedFinding, type Sorted } from '../findings/placed';
import type { Io } from '../io';
import type { VerifyOptions } from '../options';

/** What came of it. */
export interface VerifyResult extends Omit<Verification, 'findings'>, Sorted<Finding & PlacedFinding> {
  readonly files: number;
}

/**
 * Proves what files say, whoever made them.
 *
 * @throws SymbolonError when something cannot be read
 */
export async function verifyFiles(options: VerifyOptions, io: Io): Promise<VerifyResult> {
  const { paths, clusters, definition, env, evidence: notesFile } = options;
  const notes = notesFile === undefined ? NO_NOTES : await readNotes({ path: resolve(io.cwd, notesFile), shown: notesFile });
  const sorted = sorterBy(options, io);
  const described = [...definition === undefined ? [] : await clustersDefined(definition, env, io), ...notes.clusters, ...clustersNamed(clusters, io)];
  const evidence = await readEvidence(paths, notes.files, io);
  const verification = verify(evidence.documents, described);
  const placed = verification.findings.map(finding => ({ ...finding, ...(finding.at !== undefined && { spot: spotOf(finding.at, evidence) }) }));
  const { findings, known, gone } = sorted(placed);
  return {
    ...verification,
    holds: findings.every(({ level }) => level !== 'error'),
    decided: findings.every(({ level }) => level !== 'undecided'),
    findings,
    known,
    gone,
    files: evidence.files,
  };
}
