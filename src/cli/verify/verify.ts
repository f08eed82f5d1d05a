import { gather, verifyGathered, type Finding, type Gathered, type Verification, type WitnessedStranger } from '../../evidence';
import { inquire } from '../../proof/inquire';
import { readGiven } from '../evidence/given';
import { spotOf } from '../evidence/lines';
import { sorterBy, type PlacedFinding, type Sorted } from '../findings/placed';
import type { Io } from '../io';
import { UNKNOWN, accessOf, type Access, type QuietEdge } from '../lock/access';
import { lockFor, type LockAnswer } from '../lock/lock';
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
  const access = held === undefined ? undefined : accessIn(verification, gathered);
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

/** What a lock says of it. A service account that gets in as which nothing here runs is no stranger: its workloads are made elsewhere. */
function accessIn({ verdicts, strangers, findings }: Verification, gathered: Gathered): Access {
  const codes = new Map(findings.map(({ about, code }) => [about, code]));
  const codeOf = ({ provider, becomes, who }: WitnessedStranger): Finding['code'] | undefined => codes.get(`${provider} ${becomes} ${who}`);
  const { knows } = inquire(gathered);
  const accounts = strangers.flatMap((stranger): readonly (QuietEdge & { readonly code: string | undefined })[] => {
    const { provider, becomes, witness } = stranger;
    if (witness?.cluster === undefined) return [];
    const { cluster, issuer, subject, audience } = witness;
    return [{ who: `${subject.split(':').slice(2).join('/')} in ${cluster}`, cluster, issuer, provider, becomes, audience, anyAudience: true, code: codeOf(stranger) }];
  });
  return accessOf({
    verdicts,
    strangers: strangers.filter(stranger => ['verify/stranger', 'verify/over-broad'].includes(codeOf(stranger) ?? '')),
    quiet: accounts.filter(({ code }) => code === 'verify/unused'),
    // They do get in: that no manifest needs it, or that it is not told, is a finding of its own.
    open: accounts.filter(({ code }) => code !== 'verify/unused'),
    knows: ({ provider, becomes }) => knows(provider, becomes),
    issuerOf: name => gathered.clusters.find(each => each.name === name)?.issuer ?? UNKNOWN,
  });
}
