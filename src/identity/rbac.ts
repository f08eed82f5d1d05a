import type { WorkloadIdentityDefinition } from './definition';
import type { RbacRuleInput } from './input';
import type { Subject } from '../core/claims';
import type { ObjectLayout } from '../kubernetes/manifest';
import { clusterRoleAndBinding, roleAndBinding, type PolicyRule } from '../kubernetes/rbac';
import { groupBy } from '../providers/group';

/** Roles and their bindings, for one service account. The names tell apart all that could meet in one namespace; Kubernetes allows `:` in them. */
export function rbacOf({ name, rbac }: WorkloadIdentityDefinition, subject: Subject): readonly ObjectLayout[] {
  if (rbac.length === 0) return [];
  const wide: PolicyRule[] = [];
  const scoped: { readonly namespace: string; readonly rule: PolicyRule }[] = [];
  for (const rule of rbac) {
    if (rule.clusterWide === true) wide.push(policyRule(rule));
    else for (const namespace of rule.namespaces ?? [subject.namespace]) scoped.push({ namespace, rule: policyRule(rule) });
  }
  const short = subject.serviceAccount === name ? name : `${name}:${subject.serviceAccount}`;
  const full = `${name}:${subject.namespace}:${subject.serviceAccount}`;
  const objects: ObjectLayout[] = [];
  for (const [namespace, group] of groupBy(scoped, each => each.namespace)) {
    objects.push(...roleAndBinding(namespace === subject.namespace ? short : full, namespace, group.map(({ rule }) => rule), subject));
  }
  if (wide.length > 0) objects.push(...clusterRoleAndBinding(full, wide, subject));
  return objects;
}

function policyRule(rule: RbacRuleInput): PolicyRule {
  return {
    apiGroups: rule.apiGroups ?? [''],
    resources: rule.resources,
    ...(rule.resourceNames !== undefined && { resourceNames: rule.resourceNames }),
    verbs: rule.verbs,
  };
}
