import type { BindingDefinition, ServiceAccountDefinition, WorkloadIdentityDefinition } from './definition';
import type { IdentityFields, ServiceAccountInput } from './input';
import { mapValues, tokensOf, volumesOf } from './normalise-projected';
import { over } from '../core/plain';
import type { InjectionMode } from '../platforms/cluster';

/** The definition with every default filled in, but for its clusters; a field that is undefined counts as left out. Nothing that was given is changed. */
export function normalise(input: IdentityFields): WorkloadIdentityDefinition {
  return {
    name: input.name,
    runsAs: accountsOf(input),
    clusters: [],
    trustedBy: mapValues(input.trustedBy ?? {}, (binding, key) => over(binding ?? {}, { provider: binding?.provider ?? key }) as BindingDefinition),
    tokens: tokensOf(input),
    volumes: volumesOf(input) as NonNullable<WorkloadIdentityDefinition['volumes']>,
    fsGroup: input.fsGroup as number,
    rbac: input.rbac ?? [],
    apiToken: input.apiToken ?? (input.rbac ?? []).length > 0,
    injection: input.injection as InjectionMode,
    labels: input.labels ?? {},
    annotations: input.annotations ?? {},
  };
}

function accountsOf(input: IdentityFields): readonly ServiceAccountDefinition[] {
  const accounts = input.runsAs ?? (input.namespace === undefined ? [] : [{ namespace: input.namespace, serviceAccount: input.serviceAccount ?? input.name }]);
  return accounts.map(({ namespace, serviceAccount = input.name, create = true, clusters }: ServiceAccountInput) =>
    ({ namespace, serviceAccount, create, clusters: clusters as readonly string[] }));
}
