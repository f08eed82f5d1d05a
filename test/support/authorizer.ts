/**
 * An authorizer of our own: what Kubernetes' RBAC makes of rendered roles and bindings. It shares no code with the library.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */

/** What somebody asks to do: on a resource, or on a URL that is none. */
export interface Request {
  readonly verb: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string | undefined;
  /** Left out: in all namespaces, or for something that has none. */
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly url?: string;
}

/** A user, as the server knows him. */
export interface Asker {
  readonly user: string;
  readonly groups: readonly string[];
}

interface Rule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

interface RbacObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly Rule[];
  readonly roleRef?: { readonly apiGroup: string; readonly kind: string; readonly name: string };
  readonly subjects?: readonly { readonly kind: string; readonly name: string; readonly namespace?: string; readonly apiGroup?: string }[];
}

export function account(namespace: string, name: string): Asker {
  return { user: `system:serviceaccount:${namespace}:${name}`, groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'] };
}

export const node: Asker = { user: 'system:node:worker', groups: ['system:nodes', 'system:authenticated'] };

/** Whether the objects let somebody do it. A role that a binding names and nobody made grants nothing. */
export function can(objects: readonly object[], who: Asker, request: Request): boolean {
  const all = objects as readonly RbacObject[];
  return all.some(({ kind, metadata: { namespace }, roleRef, subjects = [] }) => {
    if (roleRef === undefined || !subjects.some(subject => isOne(who, subject))) return false;
    if (kind === 'RoleBinding' && (request.namespace !== namespace || request.url !== undefined)) return false;
    const role = all.find(each => each.kind === roleRef.kind && each.metadata.name === roleRef.name && (roleRef.kind === 'ClusterRole' || each.metadata.namespace === namespace));
    return role?.rules?.some(rule => allows(rule, request)) ?? false;
  });
}

function isOne({ user, groups }: Asker, { kind, name, namespace, apiGroup = '' }: NonNullable<RbacObject['subjects']>[number]): boolean {
  if (kind === 'ServiceAccount') return apiGroup === '' && namespace !== undefined && user === `system:serviceaccount:${namespace}:${name}`;
  return apiGroup === 'rbac.authorization.k8s.io' && (kind === 'Group' ? groups.includes(name) : user === name);
}

function allows({ verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }: Rule, { verb, group = '', resource = '', subresource, name, url }: Request): boolean {
  if (!verbs.includes('*') && !verbs.includes(verb)) return false;
  if (url !== undefined) return nonResourceURLs.some(each => each === url || (each.endsWith('*') && url.startsWith(each.slice(0, -1))));
  const full = subresource === undefined ? resource : `${resource}/${subresource}`;
  return (apiGroups.includes('*') || apiGroups.includes(group))
    && (resources.includes('*') || resources.includes(full) || (subresource !== undefined && resources.includes(`*/${subresource}`)))
    && (resourceNames.length === 0 || (name !== undefined && resourceNames.includes(name)));
}
