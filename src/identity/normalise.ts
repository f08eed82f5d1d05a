import type { BindingDefinition, ServiceAccountDefinition, TokenDefinition, WorkloadIdentityDefinition } from './definition';
import type { BindingInput, IdentityFields, ServiceAccountInput, TokenInput } from './input';
import { copyFields, freezeCopy } from '../core/plain';
import type { ClusterDefinition } from '../platforms/cluster';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The definition with every default filled in, frozen but for its outermost object: a copy, made in one go. A field that
 * is undefined counts as left out, and nothing that was given is changed.
 */
export function normalise(input: IdentityFields, clusters: readonly ClusterDefinition[]): Mutable<WorkloadIdentityDefinition> {
  const { rbac = [], apiToken = rbac.length > 0, injection, labels = {}, annotations = {} } = input;
  return {
    name: input.name,
    runsAs: accountsOf(input),
    clusters,
    trustedBy: mapValues(input.trustedBy, bindingOf),
    tokens: mapValues(input.tokens, tokenOf),
    rbac: freezeCopy(rbac),
    apiToken,
    ...(injection !== undefined && { injection }),
    labels: freezeCopy(labels),
    annotations: freezeCopy(annotations),
  };
}

function accountsOf({ name, namespace, serviceAccount = name, runsAs }: IdentityFields): readonly ServiceAccountDefinition[] {
  if (runsAs !== undefined) return Object.freeze(runsAs.map(account => accountOf(name, account)));
  return Object.freeze(namespace === undefined ? [] : [accountOf(name, { namespace, serviceAccount })]);
}

function accountOf(name: string, { namespace, serviceAccount = name, create = true, clusters }: ServiceAccountInput): ServiceAccountDefinition {
  return Object.freeze(clusters === undefined ? { namespace, serviceAccount, create } : { namespace, serviceAccount, create, clusters: freezeCopy(clusters) });
}

function bindingOf(binding: BindingInput, key: string): BindingDefinition {
  const copy: { provider?: string } = copyFields(binding);
  copy.provider ??= key;
  return Object.freeze(copy) as BindingDefinition;
}

function tokenOf({ audience, expirationSeconds = 3600, path = 'token', mountPath, env, containers, clusters }: TokenInput, name: string): TokenDefinition {
  const token: Mutable<TokenDefinition> = {
    audience,
    expirationSeconds,
    path,
    mountPath: mountPath ?? `/var/run/secrets/symbolon/${name}`,
    env: env ?? `${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_TOKEN_FILE`,
  };
  if (containers !== undefined) token.containers = freezeCopy(containers);
  if (clusters !== undefined) token.clusters = freezeCopy(clusters);
  return Object.freeze(token);
}

function mapValues<T, U>(map: { readonly [key: string]: T | undefined } = {}, change: (value: T, key: string) => U): { readonly [key: string]: U } {
  const changed: { [key: string]: U } = {};
  for (const key of Object.keys(map)) {
    const value = map[key];
    if (value !== undefined) changed[key] = change(value, key);
  }
  return Object.freeze(changed);
}
