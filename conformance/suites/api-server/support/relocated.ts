import type { Cluster } from './cluster';
import type { WorkloadIdentityInput } from 'symbolon';

/** The identity in the namespaces that this cluster has for it. */
export function relocated(input: WorkloadIdentityInput, cluster: Cluster): WorkloadIdentityInput {
  const { namespace, runsAs, rbac } = input;
  return {
    ...input,
    ...(namespace !== undefined && { namespace: cluster.nameOf(namespace) }),
    ...(runsAs !== undefined && { runsAs: runsAs.map(account => ({ ...account, namespace: cluster.nameOf(account.namespace) })) }),
    ...(rbac !== undefined && { rbac: rbac.map(rule => ({ ...rule, ...(rule.namespaces !== undefined && { namespaces: rule.namespaces.map(name => cluster.nameOf(name)) }) })) }),
  };
}
