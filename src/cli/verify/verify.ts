import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { against, readBaseline, writeBaseline, type Known } from './baseline';
import { verify, type Finding, type Verification } from '../../evidence';
import { readGiven } from '../evidence/given';
import { spotOf, type Spot } from '../evidence/lines';
import type { Evidence } from '../evidence/read';
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
  const { baseline, writeTo } = options;
  const at = (shown: string): UserFile => ({ path: resolve(io.cwd, shown), shown });
  const before = baseline === undefined ? [] : readBaseline(at(baseline));
  const { evidence, clusters } = await readGiven(options, io);
  const verification = verify(evidence.documents, clusters);
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
