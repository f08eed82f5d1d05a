import { InvalidDefinitionError } from '../../core/errors';
import { Findings, complain } from '../../core/issues';
import type { Artifacts } from '../../proof/artifacts';
import type { Proof } from '../../proof/verdict';
import { meant, some } from '../workload';

/** Every cloud identity that the artifacts know of: those that a trust is about, and those that workloads ask for. */
export function handlesOf({ trust }: Artifacts, { verdicts }: Proof): readonly string[] {
  return [...new Set([...trust.flatMap(({ becomes }) => becomes ?? []), ...verdicts.map(({ becomes }) => becomes)])].filter(handle => handle !== '');
}

/** A test that asks about an identity that nobody knows has a slip in it, and proves nothing. */
export function unknownIdentity(identity: string, known: readonly string[]): InvalidDefinitionError {
  const findings = new Findings();
  complain(findings.report, 'testing/identity', 'identity', {
    expected: known.length === 0 ? 'a cloud identity among the artifacts, which have none' : `one of ${some(known)}`,
    got: identity,
    fix: meant(identity, known) ?? 'write it as the cloud does: an ARN, a client id, an e-mail address',
  });
  return new InvalidDefinitionError('identity', findings.all);
}
