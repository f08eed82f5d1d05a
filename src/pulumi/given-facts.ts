import type { FactArgs, WorkloadIdentityArgs } from './args';
import type { Fact } from './facts';
import { MissingFactError, type MissingFact } from '../core/errors';
import { joinPath } from '../core/issues';

/** The facts that the arguments give, at the addresses that the definition reads them from. */
export function givenFacts({ on = {}, trustedBy = {} }: WorkloadIdentityArgs, identity: string): readonly Fact[] {
  const bound = ['identities', identity];
  return [
    ...Object.entries(on).flatMap(([cluster, args]) => [
      ...factsAt(['clusters', cluster], args.facts),
      ...Object.entries(args.trustedBy ?? {}).flatMap(([binding, { facts }]) => factsAt([...bound, binding, 'on', cluster], facts)),
    ]),
    ...Object.entries(trustedBy).flatMap(([binding, { facts }]) => factsAt([...bound, binding], facts)),
  ];
}

/** The facts of one owner. One that is written as undefined is not given. */
export function factsAt(at: readonly string[], facts: FactArgs = {}): readonly Fact[] {
  return Object.entries(facts).filter(([, value]) => value !== undefined).map(([name, value]) => ({ at: [...at, name], value }));
}

/** The error for facts that nobody gives: it says which argument takes each of them. */
export function missingFacts(needs: readonly MissingFact[], argumentOf: (at: readonly string[]) => string = argumentFor): MissingFactError {
  return new MissingFactError(needs.map(need => ({ ...need, how: `${need.how}; the argument for it is ${argumentOf(need.at)}` })));
}

/** The address backwards: `trustedBy.azure.facts.clientId`. */
function argumentFor([room, ...path]: readonly string[]): string {
  const [owner = '', binding = '', third = '', cluster = ''] = path;
  const name = path[path.length - 1] ?? '';
  if (room === 'clusters') return joinPath(`${joinPath('on', owner)}.facts`, name);
  const bound = third === 'on' && path.length === 5 ? joinPath(`${joinPath('on', cluster)}.trustedBy`, binding) : joinPath('trustedBy', binding);
  return joinPath(`${bound}.facts`, name);
}
