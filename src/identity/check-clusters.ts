import type { BindingDefinition, WorkloadIdentityDefinition } from './definition';
import { twinsIn } from './twins';
import { complain, joinPath, type Report } from '../core/issues';
import { issuerOf } from '../platforms';
import type { ClusterDefinition } from '../platforms/cluster';

/** Every cluster once, with an issuer of its own, and no cluster named that the identity does not run in. */
export function checkClusters(definition: WorkloadIdentityDefinition, report: Report): void {
  if (definition.clusters.length === 0) complain(report, 'identity/clusters', 'clusters', { expected: 'at least one cluster', got: [], fix: 'say where the identity runs' });
  const names: string[] = [];
  for (const { name } of definition.clusters) names.push(name);
  const twice = names.length < 2 ? undefined : names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) complain(report, 'identity/clusters', 'clusters', { expected: 'every cluster once', got: twice, fix: 'take the second one out, or rename one of them' });
  // With and without a slash at its end an issuer is one place, where one document names one of the two.
  for (const [, twins] of twinsIn(definition.clusters, cluster => cluster.issuer?.replace(/\/$/, ''))) {
    if (twice === undefined) complain(report, 'identity/issuer-twice', 'clusters', { expected: 'an issuer of its own for every cluster', got: twins[0]?.issuer, fix: `nobody could tell the tokens of ${twins.map(({ name }) => name).join(' and ')} apart: read the issuer from each cluster` });
  }
  for (let i = 0; i < definition.runsAs.length; i++) checkNames(definition.runsAs[i]?.clusters, names, 'runsAs', i, report);
  for (const key of Object.keys(definition.tokens)) checkNames(definition.tokens[key]?.clusters, names, 'tokens', key, report);
  if (definition.volumes !== undefined) for (const key of Object.keys(definition.volumes)) checkNames(definition.volumes[key]?.clusters, names, 'volumes', key, report);
  for (const key of Object.keys(definition.trustedBy)) {
    const binding = definition.trustedBy[key] as BindingDefinition;
    checkNames(binding.clusters, names, 'trustedBy', key, report);
    if (binding.on === undefined) continue;
    const path = joinPath('trustedBy', key);
    for (const name of Object.keys(binding.on)) {
      if (!names.includes(name)) unknownCluster(joinPath(`${path}.on`, name), names, name, report);
      else if (binding.clusters?.includes(name) === false) complain(report, 'binding/on', joinPath(`${path}.on`, name), { expected: `one of the binding's clusters: ${binding.clusters.join(', ')}`, got: name, fix: 'add the cluster to the binding\'s clusters, or take this out' });
    }
  }
}

/** Names of the identity's clusters. An empty list would leave out everything without a word. */
function checkNames(list: readonly string[] | undefined, names: readonly string[], field: string, key: string | number, report: Report): void {
  if (list === undefined) return;
  const path = `${joinPath(field, key)}.clusters`;
  if (list.length === 0) complain(report, 'identity/clusters', path, { expected: 'at least one cluster', got: [], fix: 'name one, or take out what is in no cluster' });
  list.forEach((name, i) => {
    if (!names.includes(name)) unknownCluster(joinPath(path, i), names, name, report);
  });
}

function unknownCluster(path: string, names: readonly string[], name: string, report: Report): void {
  complain(report, 'identity/unknown-cluster', path, { expected: `one of the identity's clusters: ${names.join(', ')}`, got: name, fix: 'correct the name, or add the cluster' });
}

/** Two clusters with one issuer are one to every relying party: what is admitted from the one is admitted from the other. */
export function checkIssuersDiffer(clusters: Iterable<ClusterDefinition>, report: Report): void {
  const owners = new Map<string, string>();
  for (const cluster of clusters) {
    const issuer = issuerOf(cluster);
    const other = issuer === undefined ? undefined : owners.get(issuer);
    if (issuer === undefined || other === cluster.name) continue;
    if (other !== undefined) {
      complain(report, 'cluster/same-issuer', `clusters.${cluster.name}.issuer`, {
        expected: `another issuer than that of ${other}`, got: issuer, fix: 'no cloud could tell the two clusters apart; read the issuer from the cluster, or use one definition for both',
      });
    }
    owners.set(issuer, cluster.name);
  }
}
