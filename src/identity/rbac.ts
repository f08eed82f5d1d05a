import type { WorkloadIdentityDefinition } from './definition';
import type { RbacRuleInput } from './input';
import type { Subject } from '../core/claims';
import type { ObjectLayout } from '../kubernetes/manifest';
import { clusterRoleAndBinding, roleAndBinding, type PolicyRule } from '../kubernetes/rbac';

/** Roles and their bindings, for one service account. The names tell apart all that could meet in one namespace; Kubernetes allows `:` in them. */
export function rbacOf({ name, rbac }: WorkloadIdentityDefinition, subject: Subject): readonly ObjectLayout[] {
  if (rbac.length === 0) return [];
  const wide: PolicyRule[] = [];
  const scoped = new Map<string, PolicyRule[]>();
  for (const rule of rbac) {
    if (rule.clusterWide === true) wide.push(policyRule(rule));
    else if (rule.namespaces === undefined) addTo(scoped, subject.namespace, rule);
    else for (const namespace of rule.namespaces) addTo(scoped, namespace, rule);
  }
  const short = subject.serviceAccount === name ? name : `${name}:${subject.serviceAccount}`;
  const full = `${name}:${subject.namespace}:${subject.serviceAccount}`;
  const objects: ObjectLayout[] = [];
  for (const [namespace, rules] of scoped) objects.push(...roleAndBinding(namespace === subject.namespace ? short : full, namespace, rules, subject));
  if (wide.length > 0) objects.push(...clusterRoleAndBinding(full, wide, subject));
  return objects;
}

function addTo(scoped: Map<string, PolicyRule[]>, namespace: string, rule: RbacRuleInput): void {
  const present = scoped.get(namespace);
  if (present === undefined) scoped.set(namespace, [policyRule(rule)]);
  else present.push(policyRule(rule));
}

function policyRule({ apiGroups = [''], resources, resourceNames, verbs }: RbacRuleInput): PolicyRule {
  return resourceNames === undefined ? { apiGroups, resources, verbs } : { apiGroups, resources, resourceNames, verbs };
}
