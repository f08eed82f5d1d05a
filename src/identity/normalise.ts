import type { BindingDefinition, ServiceAccountDefinition, WorkloadIdentityDefinition } from './definition';
import type { BindingInput, IdentityFields, ServiceAccountInput } from './input';
import { mapValues, tokensOf, volumesOf } from './normalise-projected';
import { copyFields, freezeCopy } from '../core/plain';
import { isForOthers } from '../kubernetes/rbac-forms';
import type { RbacInput } from '../kubernetes/rbac-input';
import type { ClusterDefinition } from '../platforms/cluster';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The definition with every default filled in, frozen but for its outermost object: a copy, made in one go. A field that
 * is undefined counts as left out, and nothing that was given is changed.
 */
export function normalise(input: IdentityFields, clusters: readonly ClusterDefinition[]): Mutable<WorkloadIdentityDefinition> {
  const { rbac = [], apiToken = givesSomething(rbac), injection, labels = {}, annotations = {}, fsGroup } = input;
  const volumes = volumesOf(input);
  return {
    name: input.name,
    runsAs: accountsOf(input),
    clusters,
    trustedBy: mapValues(input.trustedBy, bindingOf),
    tokens: tokensOf(input),
    ...(volumes !== undefined && { volumes }),
    ...(fsGroup !== undefined && { fsGroup }),
    rbac: freezeCopy(rbac),
    apiToken,
    ...(injection !== undefined && { injection }),
    labels: freezeCopy(labels),
    annotations: freezeCopy(annotations),
  };
}

/** Whether the pods themselves may do something in the Kubernetes API. */
function givesSomething(rbac: readonly RbacInput[]): boolean {
  for (const entry of rbac) if (!isForOthers(entry)) return true;
  return false;
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
