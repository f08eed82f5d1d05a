import type { BindingDefinition, ServiceAccountDefinition, TokenDefinition, WorkloadIdentityDefinition } from './definition';
import type { IdentityFields } from './input';

/** The definition with every default filled in, but for its clusters; undefined fields are left out. Nothing that was given is changed. */
export function normalise(input: IdentityFields): WorkloadIdentityDefinition {
  return {
    name: input.name,
    runsAs: accountsOf(input),
    clusters: [],
    trustedBy: mapValues(input.trustedBy ?? {}, (binding, key) => ({ ...binding, provider: binding?.provider ?? key }) as BindingDefinition),
    tokens: mapValues(input.tokens ?? {}, (token, name): TokenDefinition => ({
      ...token,
      expirationSeconds: token.expirationSeconds ?? 3600,
      path: token.path ?? 'token',
      mountPath: token.mountPath ?? `/var/run/secrets/symbolon/${name}`,
      env: token.env ?? `${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_TOKEN_FILE`,
    })),
    rbac: input.rbac ?? [],
    apiToken: input.apiToken ?? (input.rbac ?? []).length > 0,
    ...(input.injection !== undefined && { injection: input.injection }),
    labels: input.labels ?? {},
    annotations: input.annotations ?? {},
  };
}

function accountsOf(input: IdentityFields): readonly ServiceAccountDefinition[] {
  const accounts = input.runsAs ?? (input.namespace === undefined ? [] : [{ namespace: input.namespace, serviceAccount: input.serviceAccount ?? input.name }]);
  return accounts.map(account => ({ ...account, serviceAccount: account.serviceAccount ?? input.name, create: account.create ?? true }));
}

function mapValues<T, U>(map: { readonly [key: string]: T | undefined }, change: (value: T, key: string) => U): { readonly [key: string]: U } {
  const changed: { [key: string]: U } = {};
  for (const [key, value] of Object.entries(map)) if (value !== undefined) changed[key] = change(value, key);
  return changed;
}
