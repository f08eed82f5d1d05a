import type { BindingDefinition, ServiceAccountDefinition, TokenDefinition, WorkloadIdentityDefinition } from './definition';
import type { IdentityFields, ServiceAccountInput } from './input';
import { over } from '../core/plain';
import { isForOthers } from '../kubernetes/rbac-forms';
import type { RbacInput } from '../kubernetes/rbac-input';
import type { InjectionMode } from '../platforms/cluster';

/** The definition with every default filled in, but for its clusters; a field that is undefined counts as left out. Nothing that was given is changed. */
export function normalise(input: IdentityFields): WorkloadIdentityDefinition {
  return {
    name: input.name,
    runsAs: accountsOf(input),
    clusters: [],
    trustedBy: mapValues(input.trustedBy ?? {}, (binding, key) => over(binding ?? {}, { provider: binding?.provider ?? key }) as BindingDefinition),
    tokens: mapValues(input.tokens ?? {}, (token, name): TokenDefinition => ({
      audience: token.audience,
      expirationSeconds: token.expirationSeconds ?? 3600,
      path: token.path ?? 'token',
      mountPath: token.mountPath ?? `/var/run/secrets/symbolon/${name}`,
      env: token.env ?? `${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_TOKEN_FILE`,
      containers: token.containers as readonly string[],
      clusters: token.clusters as readonly string[],
    })),
    rbac: input.rbac ?? [],
    apiToken: input.apiToken ?? givesSomething(input.rbac ?? []),
    injection: input.injection as InjectionMode,
    labels: input.labels ?? {},
    annotations: input.annotations ?? {},
  };
}

/** Whether the pods themselves may do something in the Kubernetes API. */
function givesSomething(rbac: readonly RbacInput[]): boolean {
  for (const entry of rbac) if (!isForOthers(entry)) return true;
  return false;
}

function accountsOf(input: IdentityFields): readonly ServiceAccountDefinition[] {
  const accounts = input.runsAs ?? (input.namespace === undefined ? [] : [{ namespace: input.namespace, serviceAccount: input.serviceAccount ?? input.name }]);
  return accounts.map(({ namespace, serviceAccount = input.name, create = true, clusters }: ServiceAccountInput) =>
    ({ namespace, serviceAccount, create, clusters: clusters as readonly string[] }));
}

function mapValues<T, U>(map: { readonly [key: string]: T | undefined }, change: (value: T, key: string) => U): { readonly [key: string]: U } {
  const changed: { [key: string]: U } = {};
  for (const key of Object.keys(map)) {
    const value = map[key];
    if (value !== undefined) changed[key] = change(value, key);
  }
  return changed;
}
