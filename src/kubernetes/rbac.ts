import type { ObjectLayout } from './manifest';
import type { Subject } from '../core/claims';

/** One rule of a Role: on resources, or on URLs that are none. */
export type PolicyRule = ResourceRule | UrlRule;

/** A rule on resources. */
export interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** A rule on URLs, which ClusterRoles alone can have. */
export interface UrlRule {
  readonly nonResourceURLs: readonly string[];
  readonly verbs: readonly string[];
}

/** Whom a binding is for. */
export type RbacSubject =
  | { readonly kind: 'ServiceAccount'; readonly name: string; readonly namespace: string }
  | { readonly apiGroup: string; readonly kind: 'Group'; readonly name: string };

/** A role that a binding names. */
export interface RoleRef {
  readonly kind: 'Role' | 'ClusterRole';
  readonly name: string;
}

/** Where a role or binding stands: one without a namespace holds in the whole cluster. */
export interface RbacPlace {
  readonly name: string;
  readonly namespace?: string;
}

const GROUP = 'rbac.authorization.k8s.io';

/** A subject that is a ServiceAccount has no apiGroup, and its namespace is never left to be guessed. */
export function accountSubject({ namespace, serviceAccount }: Subject): RbacSubject {
  return { kind: 'ServiceAccount', name: serviceAccount, namespace };
}

/** All nodes. */
export const NODES: RbacSubject = { apiGroup: GROUP, kind: 'Group', name: 'system:nodes' };

/** A role and its binding. In a namespace it is for subjects of any. */
export function roleAndBinding(place: RbacPlace, rules: readonly PolicyRule[], subjects: readonly RbacSubject[]): readonly ObjectLayout[] {
  const kind = place.namespace === undefined ? 'ClusterRole' : 'Role';
  return [{ apiVersion: `${GROUP}/v1`, kind, metadata: place, rules }, bindingTo({ kind, name: place.name }, place, subjects)];
}

/** A binding to a role that is there. */
export function bindingTo({ kind, name }: RoleRef, place: RbacPlace, subjects: readonly RbacSubject[]): ObjectLayout {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: place.namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: place,
    roleRef: { apiGroup: GROUP, kind, name },
    subjects,
  };
}
