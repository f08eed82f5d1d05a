import type { WorkloadIdentityInput } from 'symbolon';

/** The identity in other namespaces: those that `place` gives for its own. */
export function relocated(input: WorkloadIdentityInput, place: (namespace: string) => string): WorkloadIdentityInput {
  const { namespace, runsAs, rbac } = input;
  return {
    ...input,
    ...(namespace !== undefined && { namespace: place(namespace) }),
    ...(runsAs !== undefined && { runsAs: runsAs.map(account => ({ ...account, namespace: place(account.namespace) })) }),
    ...(rbac !== undefined && { rbac: rbac.map(rule => ('namespaces' in rule && rule.namespaces !== undefined ? { ...rule, namespaces: rule.namespaces.map(place) } : rule)) }),
  };
}
