import { checkIssuer } from '../core/issuer';
import { complain, differOnlyInTrailingSlash, joinPath, type Report } from '../core/issues';
import { checkCluster, issuerOf } from '../platforms';
import type { WorkloadIdentityDefinition } from './definition';
import type { Facts } from './facts';

/** Facts against the definitions that they are for: no contradiction, and no binding that does not exist. */
export function checkFacts(facts: Facts, definitions: readonly WorkloadIdentityDefinition[], report: Report): void {
  for (const definition of definitions) {
    for (const cluster of definition.clusters) {
      const issuer = facts.clusters?.[cluster.name]?.issuer;
      if (issuer === undefined) continue;
      const path = `clusters.${cluster.name}.issuer`;
      const said = issuerOf(cluster);
      if (said !== undefined && said !== issuer) {
        complain(report, 'facts/contradiction', path, {
          expected: said,
          got: issuer,
          fix: differOnlyInTrailingSlash(said, issuer) ? 'they differ in the slash at the end, and every byte counts: read the issuer from the cluster' : 'the definition says otherwise: leave it out of one of them',
        });
      } else if (checkIssuer(issuer, path, report)) {
        checkCluster({ ...cluster, issuer }, `clusters.${cluster.name}.`, report);
      }
    }
    for (const binding of Object.keys(facts.identities?.[definition.name] ?? {})) {
      if (!Object.hasOwn(definition.trustedBy, binding)) {
        complain(report, 'facts/unknown-binding', joinPath(`identities.${definition.name}`, binding), { expected: `one of the bindings ${Object.keys(definition.trustedBy).join(', ')}`, got: binding, fix: 'correct the name, or take it out' });
      }
    }
  }
}
