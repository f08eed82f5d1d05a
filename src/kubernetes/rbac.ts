import type { ObjectLayout } from './manifest';
import type { Subject } from '../core/claims';

/** One rule of a Role. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

const GROUP = 'rbac.authorization.k8s.io';

/** A Role in one namespace and its binding to a service account, which may live in another. */
export function roleAndBinding(name: string, namespace: string, rules: readonly PolicyRule[], subject: Subject): readonly ObjectLayout[] {
  return grant('Role', { name, namespace }, rules, subject);
}

/** A ClusterRole and its binding. */
export function clusterRoleAndBinding(name: string, rules: readonly PolicyRule[], subject: Subject): readonly ObjectLayout[] {
  return grant('ClusterRole', { name }, rules, subject);
}

function grant(kind: 'Role' | 'ClusterRole', metadata: { name: string; namespace?: string }, rules: readonly PolicyRule[], subject: Subject): readonly ObjectLayout[] {
  return [
    { apiVersion: `${GROUP}/v1`, kind, metadata, rules },
    {
      apiVersion: `${GROUP}/v1`,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { apiGroup: GROUP, kind, name: metadata.name },
      // A subject that is a ServiceAccount has no apiGroup, and its namespace is never left to be guessed.
      subjects: [{ kind: 'ServiceAccount', name: subject.serviceAccount, namespace: subject.namespace }],
    },
  ];
}
