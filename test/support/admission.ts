import type { KubernetesObject } from 'symbolon';

/** The variables of a policy whose expressions are plain data, by name: JSON is CEL. */
function dataIn(policy: KubernetesObject): { readonly allowed: Allowed; readonly texts: { readonly [account: string]: string } } {
  const { variables } = policy.spec as { readonly variables: readonly { readonly name: string; readonly expression: string }[] };
  const of = (name: string): unknown => JSON.parse(variables.find(each => each.name === name)?.expression ?? 'null') as unknown;
  return { allowed: of('allowed') as Allowed, texts: of('texts') as { [account: string]: string } };
}

export interface Allowed {
  readonly [account: string]: { readonly [audience: string]: number };
}

type Kind = 'pods' | 'tokens' | 'secrets';

/** The policy of a namespace on one kind of request. */
export function policyOn(policies: readonly KubernetesObject[], namespace: string, kind: Kind): KubernetesObject {
  const found = policies.find(({ kind: what, metadata }) => what === 'ValidatingAdmissionPolicy' && metadata.name === `symbolon-${namespace}-${kind}`);
  if (found === undefined) throw new Error(`no policy on ${kind} in ${namespace}`);
  return found;
}

/** What the policies let pods of a namespace have, or let be asked for. */
export function allowedIn(policies: readonly KubernetesObject[], namespace: string, kind: 'pods' | 'tokens' = 'pods'): Allowed {
  return dataIn(policyOn(policies, namespace, kind)).allowed;
}
