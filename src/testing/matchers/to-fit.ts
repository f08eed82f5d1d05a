import { answer, type MatcherContext, type MatcherResult, type Outcome } from './answer';
import { InvalidDefinitionError } from '../../core/errors';
import { Findings, complain } from '../../core/issues';
import type { Artifacts } from '../../proof/artifacts';
import { prove } from '../../proof/prove';
import type { Proof, Verdict } from '../../proof/verdict';
import { placeOf } from '../workload';

/**
 * Whether both halves fit as a whole: every workload becomes what it asks for and can read its tokens, and no trust lets in anybody whom no manifest
 * has. {@link Proof.holds}, but that what cannot be decided fails, with `.not` and without.
 */
export function toFit(this: MatcherContext | void, received: unknown): MatcherResult {
  const proof = prove(received as Artifacts);
  if (proof.verdicts.length === 0 && proof.tokens.length === 0) {
    const findings = new Findings();
    complain(findings.report, 'testing/nothing', 'artifacts', { expected: 'a workload that asks for something', fix: 'give manifests with pods: of nothing, everything holds' });
    throw new InvalidDefinitionError('toFit', findings.all);
  }
  const open = proof.verdicts.filter(({ decided }) => !decided);
  const certain = proof.verdicts.some(({ admitted, decided }) => decided && !admitted) || proof.tokens.some(({ fault }) => fault !== undefined);
  // Where it is open who asks, somebody who looks like a stranger may be the workload itself.
  const outcome: Outcome = certain ? 'no' : open.length > 0 ? 'neither' : proof.holds ? 'yes' : 'no';
  return answer(this ?? undefined, { received: 'artifacts', matcher: 'toFit()' }, outcome, () => linesOf(proof, open));
}

function linesOf({ verdicts, tokens, strangers }: Proof, open: readonly Verdict[]): readonly string[] {
  const refused = verdicts.filter(({ admitted, decided }) => decided && !admitted);
  const unreadable = tokens.filter(({ fault }) => fault !== undefined);
  const lines = [
    ...refused.map(verdict => `${placeOf(verdict)} does not become ${verdict.becomes} (${verdict.provider}): ${verdict.reason}`),
    ...unreadable.map(token => `${placeOf(token)} has no use of its token ${token.file ?? ''} for ${token.audience ?? 'the Kubernetes API'}: ${String(token.fault)}`),
    ...strangers.map(({ who, becomes, provider, by }) => `${who} becomes ${becomes} (${provider}), let in by ${by}`),
    ...open.map(verdict => `cannot decide whether ${placeOf(verdict)} becomes ${verdict.becomes} (${verdict.provider}): ${verdict.reason}`),
  ];
  return lines.length > 0 ? lines : [`all fits: ${verdicts.length} ${verdicts.length === 1 ? 'workload is' : 'times a workload is'} let in, and nobody else`];
}
