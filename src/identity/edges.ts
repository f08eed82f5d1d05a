import type { BindingDefinition, ServiceAccountDefinition, WorkloadIdentityDefinition } from './definition';
import { FactReader, type FactSource } from './edge-facts';
import { joinPath } from '../core/issues';
import { platformOf } from '../platforms';
import type { ClusterDefinition } from '../platforms/cluster';
import { isBuilt, providerOf, type ProviderId } from '../providers';
import type { BindingCommon } from '../providers/binding';
import type { Edge, EdgeInput } from '../providers/provider';

type Fields = BindingCommon & { readonly mechanism?: string; readonly [field: string]: unknown };

/** Every edge of an identity, in the order of its bindings, clusters and service accounts. */
export function edgesOf(definition: WorkloadIdentityDefinition, source: FactSource): readonly Edge[] {
  const edges: Edge[] = [];
  for (const key of Object.keys(definition.trustedBy)) {
    const binding = definition.trustedBy[key] as BindingDefinition;
    const id = binding.provider;
    if (!isBuilt(id)) continue;
    for (const cluster of clustersOf(definition, binding)) {
      for (const account of accountsIn(definition, cluster)) edges.push(edgeOf(definition, key, id, binding, cluster, account, source));
    }
  }
  return edges;
}

/** The clusters that a part of the definition holds for. */
export function clustersOf(definition: WorkloadIdentityDefinition, part: { readonly clusters?: readonly string[] }): readonly ClusterDefinition[] {
  return part.clusters === undefined ? definition.clusters : definition.clusters.filter(cluster => part.clusters?.includes(cluster.name));
}

/** The service accounts that run in a cluster. */
export function accountsIn(definition: WorkloadIdentityDefinition, cluster: ClusterDefinition): readonly ServiceAccountDefinition[] {
  const runsIn = (account: ServiceAccountDefinition): boolean => account.clusters === undefined || account.clusters.includes(cluster.name);
  for (const account of definition.runsAs) if (!runsIn(account)) return definition.runsAs.filter(runsIn);
  // Nearly always all of them, and then the list need not be copied.
  return definition.runsAs;
}

function edgeOf(
  definition: WorkloadIdentityDefinition, key: string, id: ProviderId, binding: BindingDefinition,
  cluster: ClusterDefinition, account: ServiceAccountDefinition, source: FactSource,
): Edge {
  const provider = providerOf(id);
  const own = binding.on?.[cluster.name] as Fields | undefined;
  const fields = (own === undefined ? binding : { ...binding, ...own }) as Fields;
  const usual = platformOf(cluster).usual[id];
  const chosen = own === undefined ? '' : variantOf(own, provider.identityFields);
  const variant = chosen === '' ? provider.shareOf?.(fields, cluster) ?? '' : chosen;
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
    facts: new FactReader(source, definition.name, key, cluster, variant !== ''),
    fields,
    at: field => `${own?.[field.replace(/[.[].*$/, '')] === undefined ? path : joinPath(`${path}.on`, cluster.name)}.${field}`,
  };
  return Object.assign(input, { settings: provider.settingsOf(input) });
}

/** What `on` says of the cloud identity. With the fields' names: a role and a resource group of one name are two choices. */
function variantOf(own: Fields, identityFields: readonly string[]): string {
  return identityFields.filter(field => own[field] !== undefined).map(field => `${field}=${String(own[field])}`).join(',');
}
