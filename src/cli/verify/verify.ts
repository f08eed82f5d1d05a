import { gather, verifyGathered, type Verification } from '../../evidence';
import { readGiven } from '../evidence/given';
import { spotOf } from '../evidence/lines';
import { sorterBy, type PlacedFinding, type Sorted } from '../findings/placed';
import type { Io } from '../io';
import { lockFor, type LockAnswer } from '../lock/lock';
import { accessOfFiles } from '../lock/of-files';
import type { VerifyOptions } from '../options';

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
  const { evidence, clusters } = await readGiven(options, io);
  const gathered = gather(evidence.documents, clusters);
  const verification = verifyGathered(gathered);
  const placed = verification.findings.map(finding => ({ ...finding, ...(finding.at !== undefined && { spot: spotOf(finding.at, evidence) }) }));
  const { findings: found, known, gone } = sorted(placed);
  const access = held === undefined ? undefined : accessOfFiles(verification, gathered);
  const update = options.update && found.every(({ level }) => level !== 'error');
  const lock = access === undefined ? undefined : update ? held?.write(access) : held?.compare(access);
  const findings: readonly PlacedFinding[] = [...found, ...lock?.findings ?? []];
  return {
    ...verification,
    holds: findings.every(({ level }) => level !== 'error'),
    decided: findings.every(({ level }) => level !== 'undecided'),
    findings,
    known,
    gone,
    files: evidence.files,
    ...(lock !== undefined && { lock }),
  };
}
