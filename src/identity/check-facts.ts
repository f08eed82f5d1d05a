import type { WorkloadIdentityDefinition } from './definition';
import type { Facts } from './facts';
import { checkIssuer } from '../core/issuer';
import { complain, differOnlyInTrailingSlash, joinPath, type Report } from '../core/issues';
import { nearest } from '../core/nearest';
import { checkCluster as checkRules, issuerOf } from '../platforms';
import type { ClusterDefinition } from '../platforms/cluster';

/** Facts against the definitions that they are for: no contradiction, and no binding that does not exist. */
export function checkFacts(facts: Facts, definitions: readonly WorkloadIdentityDefinition[], report: Report): void {
  for (const definition of definitions) {
    for (const cluster of definition.clusters) checkCluster(facts, cluster, report);
    for (const [key, given] of Object.entries(facts.identities?.[definition.name] ?? {})) {
      const path = joinPath(joinPath('identities', definition.name), key);
      const binding = Object.hasOwn(definition.trustedBy, key) ? definition.trustedBy[key] : undefined;
      if (binding === undefined) {
        complain(report, 'facts/unknown-binding', path, { expected: `one of the bindings ${Object.keys(definition.trustedBy).join(', ')}`, got: key, fix: 'correct the name, or take it out' });
        continue;
      }
      const { on, ...values } = given;
      compare(values, binding, path, report);
      for (const [name, own] of Object.entries(on ?? {})) compare(own, binding.on?.[name], joinPath(`${path}.on`, name), report);
    }
  }
}

/** Facts about what none of the definitions has: of somebody else's, as in a file of several programs, or a slip. */
export function checkOwners(facts: Facts, definitions: readonly WorkloadIdentityDefinition[], report: Report): void {
  const known = { identities: definitions.map(({ name }) => name), clusters: definitions.flatMap(({ clusters }) => clusters.map(({ name }) => name)) };
  for (const field of ['clusters', 'identities'] as const) {
    for (const name of Object.keys(facts[field] ?? {})) {
      if (known[field].includes(name)) continue;
      const close = nearest(name, known[field]);
      complain(report, 'facts/nobody', joinPath(field, name), {
        expected: `one of the ${field} ${[...new Set(known[field])].join(', ')}`, got: name, severity: 'warning', fix: close === undefined ? 'nobody here reads these facts: take them out, unless they are for another program' : `did you mean ${close}?`,
      });
    }
  }
}

/** Facts about one cluster against what its definition says, and the rules of the issuer. */
export function checkCluster(facts: Facts, cluster: ClusterDefinition, report: Report): void {
  const given = facts.clusters?.[cluster.name];
  if (given === undefined) return;
  const path = joinPath('clusters', cluster.name);
  const said = issuerOf(cluster);
  compare(given, { ...(said !== undefined && { issuer: said }) }, path, report);
  for (const block of Object.values(cluster)) compare(given, block, path, report);
  const { issuer } = given;
  if (issuer !== undefined && said === undefined && checkIssuer(issuer, `${path}.issuer`, report)) checkRules({ ...cluster, issuer }, `${path}.`, report);
}

/** A value that the definition says too has to be the same: which of the two would hold is not for us to choose. */
function compare(given: object, said: unknown, path: string, report: Report): void {
  if (typeof said !== 'object' || said === null) return;
  for (const [name, value] of Object.entries(given)) {
    const other: unknown = Object.hasOwn(said, name) ? (said as { readonly [field: string]: unknown })[name] : undefined;
    if (typeof value !== 'string' || typeof other !== 'string' || value === other) continue;
    complain(report, 'facts/contradiction', joinPath(path, name), {
      expected: other,
      got: value,
      fix: differOnlyInTrailingSlash(other, value) ? 'they differ in the slash at the end, and every byte counts: read the issuer from the cluster' : 'the definition says otherwise: leave it out of one of them',
    });
  }
}
