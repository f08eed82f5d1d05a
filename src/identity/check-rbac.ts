import type { RbacRuleInput } from './input';
import { complain, joinPath, type Report } from '../core/issues';
import { checkDnsLabel } from '../core/names';

/** A verb, or a resource with or without a part of it. The parts of `userextras` are whatever an authenticator calls them. */
const RBAC_NAME = /^((\*|[a-z][a-z0-9.-]*)(\/(\*|[a-z][a-z0-9-]*))?|userextras\/\S+)$/;

const LISTS = ['verbs', 'resources', 'apiGroups', 'resourceNames', 'namespaces'] as const;
const NAMES = ['verbs', 'resources'] as const;

/** What Kubernetes would take and nobody can mean, and what grants more than it seems to. */
export function checkRule(rule: RbacRuleInput, path: string, report: Report): void {
  for (const field of LISTS) {
    // An empty list of names would be the opposite of what it says: Kubernetes reads it as "all of them".
    if (rule[field]?.length === 0) complain(report, 'rbac/empty', `${path}.${field}`, { expected: 'at least one', got: [], fix: 'name what the rule is about, or take the rule out' });
  }
  for (const field of NAMES) {
    for (const name of rule[field]) {
      if (name === '*') complain(report, 'rbac/wildcard', `${path}.${field}`, { expected: 'names', got: '*', severity: 'warning', fix: 'list what is needed: a wildcard also grants what Kubernetes adds later' });
      else if (!RBAC_NAME.test(name)) complain(report, 'rbac/name', `${path}.${field}`, { expected: 'lower case, resources in the plural', got: name, fix: 'Kubernetes compares them by the letter, and grants nothing for a name that it does not know' });
    }
  }
  if (rule.clusterWide === true && rule.namespaces !== undefined) complain(report, 'rbac/scope', `${path}.namespaces`, { expected: 'no namespaces beside clusterWide', got: rule.namespaces, fix: 'take one of the two out' });
  rule.namespaces?.forEach((namespace, i) => checkDnsLabel(namespace, joinPath(`${path}.namespaces`, i), report, 'name an existing namespace'));
}
