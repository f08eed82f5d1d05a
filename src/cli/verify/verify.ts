import { verify, type Finding, type Verification } from '../../evidence';
import { readGiven } from '../evidence/given';
import { spotOf } from '../evidence/lines';
import type { Evidence } from '../evidence/read';
import { sorterBy, type PlacedFinding, type Sorted } from '../findings/placed';
import type { Io } from '../io';
import type { VerifyOptions } from '../options';
import { progressOn } from '../progress';

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
  const sorted = sorterBy(options, io);
  const progress = progressOn(io);
  try {
    const { evidence, clusters } = await readGiven(options, io, progress);
    progress.say(`asking ${evidence.documents.length} documents`, evidence.documents.length);
    return placedIn(verify(evidence.documents, clusters), evidence, sorted);
  } finally {
    progress.done();
  }
}

function placedIn(verification: Verification, evidence: Evidence, sorted: ReturnType<typeof sorterBy>): VerifyResult {
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
