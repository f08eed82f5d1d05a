import { gather, verifyGathered, type Verification } from '../../evidence';
import { readGiven } from '../evidence/given';
import { spotOf } from '../evidence/lines';
import type { Evidence } from '../evidence/read';
import { sorterBy, type PlacedFinding, type Sorted } from '../findings/placed';
import type { Io } from '../io';
import type { Access } from '../lock/access';
import { lockFor, type HeldLock, type LockAnswer } from '../lock/lock';
import { accessOfFiles } from '../lock/of-files';
import type { VerifyOptions } from '../options';
import { progressOn } from '../progress';

/** What came of it. */
export interface VerifyResult extends Omit<Verification, 'findings'>, Sorted<PlacedFinding> {
  readonly files: number;
  /** What comes of the lock, where there is one. Its findings are among the others, and none that a baseline could know. */
  readonly lock?: LockAnswer;
}

/**
 * Proves what files say, whoever made them.
 *
 * @throws SymbolonError when something cannot be read
 */
export async function verifyFiles(options: VerifyOptions, io: Io): Promise<VerifyResult> {
  const sorted = sorterBy(options, io);
  const held = lockFor(options, options.definition, io);
  const progress = progressOn(io);
  try {
    const { evidence, clusters } = await readGiven(options, io, progress);
    progress.say(`asking ${evidence.documents.length} documents`, evidence.documents.length);
    const gathered = gather(evidence.documents, clusters);
    const verification = verifyGathered(gathered);
    const result = placedIn(verification, evidence, sorted);
    return held === undefined ? result : heldAgainst(held, options.update, result, accessOfFiles(verification, gathered));
  } finally {
    progress.done();
  }
}

/** The same, with what the lock has to say. */
function heldAgainst(held: HeldLock, update: boolean, result: VerifyResult, access: Access): VerifyResult {
  const lock = update && result.holds ? held.write(access) : held.compare(access);
  const findings = [...result.findings, ...lock.findings];
  return { ...result, holds: findings.every(({ level }) => level !== 'error'), findings, lock };
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
