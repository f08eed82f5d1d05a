import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { against, readBaseline, writeBaseline, type Known } from './baseline';
import { clustersDefined, clustersNamed } from './clusters';
import { verify, type Finding, type Verification } from '../../evidence';
import { spotOf, type Spot } from '../evidence/lines';
import { NO_NOTES, readNotes } from '../evidence/notes';
import { readEvidence, type Evidence } from '../evidence/read';
import type { Io } from '../io';
import type { VerifyOptions } from '../options';
import type { UserFile } from '../source/text';

/** A finding with the place that an editor can open. */
export interface PlacedFinding extends Finding {
  readonly spot?: Spot;
}

/** What came of it. */
export interface VerifyResult extends Omit<Verification, 'findings'> {
  /** What the baseline does not know. */
  readonly findings: readonly PlacedFinding[];
  /** What it knows. */
  readonly known: readonly PlacedFinding[];
  /** What it knows though it is not found any more. */
  readonly gone: readonly Known[];
  readonly files: number;
}

/**
 * Proves what files say, whoever made them.
 *
 * @throws SymbolonError when something cannot be read
 */
export async function verifyFiles(options: VerifyOptions, io: Io): Promise<VerifyResult> {
  const { paths, clusters, definition, env, evidence: notesFile, baseline, writeTo } = options;
  const at = (shown: string): UserFile => ({ path: resolve(io.cwd, shown), shown });
  const notes = notesFile === undefined ? NO_NOTES : await readNotes(at(notesFile));
  const before = baseline === undefined ? [] : readBaseline(at(baseline));
  const described = [...definition === undefined ? [] : await clustersDefined(definition, env, io), ...notes.clusters, ...clustersNamed(clusters, io)];
  const evidence = await readEvidence(paths, notes.files, io);
  const verification = verify(evidence.documents, described);
  const placed = verification.findings.map(placedBy(evidence));
  if (writeTo !== undefined) writeBaseline(at(writeTo), placed, reasonsIn(at(writeTo), before));
  const { fresh, known, gone } = against(placed, before);
  return {
    ...verification,
    holds: fresh.every(({ level }) => level !== 'error'),
    decided: fresh.every(({ level }) => level !== 'undecided'),
    findings: fresh,
    known,
    gone,
    files: evidence.files,
  };
}

function placedBy(evidence: Evidence): (finding: Finding) => PlacedFinding {
  return finding => (finding.at === undefined ? finding : { ...finding, spot: spotOf(finding.at, evidence) });
}

/** A baseline that is written anew keeps the reasons that people wrote into it. */
function reasonsIn(file: UserFile, baseline: readonly Known[]): readonly Known[] {
  return existsSync(file.path) ? [...baseline, ...readBaseline(file)] : baseline;
}
