import type { WorkloadIdentityDefinition } from './definition';
import type { Facts } from './facts';
import { MissingFactError, type MissingFact } from '../core/errors';
import { nearest } from '../core/nearest';

/** The error that these facts are missing, with what was given under nearly the same name that is nobody else's. */
export function missingFacts(needs: readonly MissingFact[], given: Facts, definitions: readonly WorkloadIdentityDefinition[]): MissingFactError {
  const names = new Set(definitions.flatMap(({ name, clusters }) => [name, ...clusters.map(cluster => cluster.name)]));
  return new MissingFactError(needs.map(need => {
    const slip = slipIn(given, need.at, names);
    return slip === undefined ? need : { ...need, how: `${need.how}; the facts have ${slip}: is that a slip?` };
  }));
}

/** Follows the address as far as the facts go: at the first key that they lack, the one that was likely meant to be it. */
function slipIn(facts: Facts, at: readonly string[], names: ReadonlySet<string>): string | undefined {
  let here: unknown = facts;
  for (const [depth, key] of at.entries()) {
    if (typeof here !== 'object' || here === null) return undefined;
    if (!Object.hasOwn(here, key)) {
      const close = nearest(key, Object.keys(here).filter(name => !names.has(name)));
      return close === undefined ? undefined : [...at.slice(0, depth), close].join('.');
    }
    here = (here as { readonly [key: string]: unknown })[key];
  }
  return undefined;
}
