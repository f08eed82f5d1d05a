import type { WorkloadIdentityDefinition } from './definition';
import type { RbacRuleInput } from './input';
import type { Subject } from '../core/claims';
import type { ObjectLayout } from '../kubernetes/manifest';
import { clusterRoleAndBinding, roleAndBinding, type PolicyRule } from '../kubernetes/rbac';

/** Roles and their bindings, for one service account. The names tell apart all that could meet in one namespace; Kubernetes allows `:` in them. */
export function rbacOf({ name, rbac }: WorkloadIdentityDefinition, subject: Subject): readonly ObjectLayout[] {
  const namespaced = new Map<string, PolicyRule[]>();
  const wide: PolicyRule[] = [];
  for (const rule of rbac) {
    if (rule.clusterWide === true) wide.push(policyRule(rule));
    else for (const namespace of rule.namespaces ?? [subject.namespace]) namespaced.set(namespace, [...namespaced.get(namespace) ?? [], policyRule(rule)]);
  }
  const short = subject.serviceAccount === name ? name : `${name}:${subject.serviceAccount}`;
  const full = `${name}:${subject.namespace}:${subject.serviceAccount}`;
  return [
    ...[...namespaced].flatMap(([namespace, rules]) => roleAndBinding(namespace === subject.namespace ? short : full, namespace, rules, subject)),
    ...(wide.length > 0 ? clusterRoleAndBinding(full, wide, subject) : []),
  ];
}

function policyRule(rule: RbacRuleInput): PolicyRule {
  return {
    apiGroups: rule.apiGroups ?? [''],
    resources: rule.resources,
    ...(rule.resourceNames !== undefined && { resourceNames: rule.resourceNames }),
    verbs: rule.verbs,
  };
}
