import type { BindingDefinition, ServiceAccountDefinition, WorkloadIdentityDefinition } from './definition';
import type { Facts } from './facts';
import { awaitFact, type Deferrable } from '../core/deferred';
import { joinPath } from '../core/issues';
import { issuerOf, platformOf } from '../platforms';
import type { ClusterDefinition } from '../platforms/cluster';
import { isBuilt, providerOf, type ProviderId } from '../providers';
import type { BindingCommon } from '../providers/binding';
import type { Edge, EdgeFacts, EdgeInput } from '../providers/provider';

type Fields = BindingCommon & { readonly mechanism?: string; readonly [field: string]: unknown };

/** Every edge of an identity, in the order of its bindings, clusters and service accounts. `onWait` hears of every fact that is not known. */
export function edgesOf(definition: WorkloadIdentityDefinition, facts: Facts, onWait: () => void): readonly Edge[] {
  return Object.entries(definition.trustedBy).flatMap(([key, binding]) => {
    const id = binding.provider;
    if (!isBuilt(id)) return [];
    return clustersOf(definition, binding).flatMap(cluster =>
      accountsIn(definition, cluster).map(subject => edgeOf(definition, key, id, binding, cluster, subject, facts, onWait)));
  });
}

/** The clusters that a part of the definition holds for. */
export function clustersOf(definition: WorkloadIdentityDefinition, part: { readonly clusters?: readonly string[] }): readonly ClusterDefinition[] {
  return part.clusters === undefined ? definition.clusters : definition.clusters.filter(cluster => part.clusters?.includes(cluster.name));
}

/** The service accounts that run in a cluster. */
export function accountsIn(definition: WorkloadIdentityDefinition, cluster: ClusterDefinition): readonly ServiceAccountDefinition[] {
  return definition.runsAs.filter(account => account.clusters?.includes(cluster.name) ?? true);
}

function edgeOf(
  definition: WorkloadIdentityDefinition, key: string, id: ProviderId, binding: BindingDefinition,
  cluster: ClusterDefinition, account: ServiceAccountDefinition, facts: Facts, onWait: () => void,
): Edge {
  const provider = providerOf(id);
  const { on, provider: _provider, clusters: _clusters, ...base } = binding;
  const own = (on?.[cluster.name] ?? {}) as Fields;
  const fields = { ...base, ...own } as Fields;
  const usual = platformOf(cluster).usual[id];
  const chosen = (provider.identityFields as readonly string[]).filter(field => own[field] !== undefined);
  const variant = chosen.map(field => String(own[field])).join('/');
  const path = joinPath('trustedBy', key);
  const input: EdgeInput<Fields> = {
    identity: definition.name,
    cluster,
    subject: { namespace: account.namespace, serviceAccount: account.serviceAccount },
    binding: key,
    provider: id,
    mechanism: fields.mechanism ?? usual?.mechanism ?? provider.usualMechanism,
    injection: fields.injection ?? definition.injection ?? cluster.injection ?? usual?.injection ?? 'explicit',
    variant,
    facts: factsOf(definition.name, key, cluster, variant !== '', facts, onWait),
    fields,
    at: field => `${own[field.replace(/[.[].*$/, '')] === undefined ? path : joinPath(`${path}.on`, cluster.name)}.${field}`,
  };
  return { ...input, settings: provider.settingsOf(input) };
}

/** Reads facts where a cluster with a cloud identity of its own has its own, and nowhere else. */
function factsOf(identity: string, binding: string, cluster: ClusterDefinition, ownIdentity: boolean, facts: Facts, onWait: () => void): EdgeFacts {
  const addressOf = (name: string): readonly string[] => ['identities', identity, binding, ...(ownIdentity ? ['on', cluster.name] : []), name];
  const value = (at: readonly string[], name: string, how: string): Deferrable<string> => {
    const known = valueAt(facts, at);
    if (known === undefined) onWait();
    return known ?? awaitFact({ name, at, how });
  };
  const clusterFact = (name: string, how: string): Deferrable<string> => value(['clusters', cluster.name, name], `clusters.${cluster.name}.${name}`, how);
  return {
    issuer: () => issuerOf(cluster) ?? clusterFact('issuer', 'is made with the cluster; set it in defineCluster, or give it as a fact'),
    cluster: clusterFact,
    binding: (name, how) => value(addressOf(name), `${joinPath('trustedBy', binding)}.${name} of "${identity}"${ownIdentity ? ` on ${cluster.name}` : ''}`, how),
    addressOf,
  };
}

/** The text at an address of the facts. */
export function valueAt(facts: Facts, at: readonly string[]): string | undefined {
  let value: unknown = facts;
  for (const key of at) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as { readonly [key: string]: unknown })[key];
  }
  return typeof value === 'string' ? value : undefined;
}
