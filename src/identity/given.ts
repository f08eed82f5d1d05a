import { isWorkloadIdentityDefinition, type WorkloadIdentityDefinition } from './definition';
import type { Facts } from './facts';
import { readGivenFacts } from './read-facts';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain, joinPath } from '../core/issues';

/**
 * What was handed in, if it is identities and nothing else.
 *
 * @throws InvalidDefinitionError that names everything else
 */
export function identitiesIn(given: unknown): readonly WorkloadIdentityDefinition[] {
  return given !== undefined && !Array.isArray(given)
    ? listOf([given], isWorkloadIdentityDefinition, 'what defineWorkloadIdentity returned', () => 'definitions')
    : listOf(given, isWorkloadIdentityDefinition, 'what defineWorkloadIdentity returned');
}

/** The list that was handed in, if everything in it is of one kind. */
export function listOf<T>(given: unknown, isOne: (value: unknown) => value is T, expected: string, placeOf = (i: number) => joinPath('definitions', i)): readonly T[] {
  const findings = new Findings();
  if (!Array.isArray(given)) {
    complain(findings.report, 'structure/type', 'definitions', { expected: `a list of ${expected}`, got: given, fix: 'put it into a list, even if it is one' });
  } else {
    given.forEach((each: unknown, i) => {
      if (!isOne(each)) complain(findings.report, 'structure/type', placeOf(i), { expected, got: each, fix: 'define it first' });
    });
  }
  if (findings.errors.length > 0) throw new InvalidDefinitionError('definitions', findings.all);
  return given as readonly T[];
}

/** Facts that were handed in by code: nearly always none, or such as were read already. */
export function factsIn(given: unknown): Facts {
  return typeof given === 'object' && given !== null && Object.keys(given).length === 0 && !Array.isArray(given) ? given as Facts : readGivenFacts(given);
}
