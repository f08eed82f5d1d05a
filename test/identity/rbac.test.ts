import { checkWorkloadIdentity, type RbacRuleInput } from 'symbolon';

const withRule = (rule: RbacRuleInput) => checkWorkloadIdentity({ name: 'a', namespace: 'shop', clusters: [{ name: 'edge' }], rbac: [rule] });

test.each<[string, RbacRuleInput, string]>([
  ['a resource in upper case', { verbs: ['get'], resources: ['Pods'] }, 'rbac[0].resources'],
  ['a verb with a blank', { verbs: ['get list'], resources: ['pods'] }, 'rbac[0].verbs'],
])('%s grants nothing, and is refused', (_what, rule, path) => {
  expect(withRule(rule)).toMatchObject([{ code: 'rbac/name', severity: 'error', path }]);
});

test.each<RbacRuleInput>([
  { verbs: ['get'], resources: ['pods/log'] },
  { verbs: ['impersonate'], resources: ['userextras/iam.gke.io/user-assertion'], apiGroups: ['authentication.k8s.io'], clusterWide: true },
  { verbs: ['use-managed-identity'], resources: ['c3d4e5f6'], apiGroups: ['cid.wi.aks.azure.com'] },
  { verbs: ['get'], resources: ['customresourcedefinitions'], apiGroups: ['apiextensions.k8s.io'], clusterWide: true },
])('%j is taken', rule => {
  expect(withRule(rule)).toEqual([]);
});
