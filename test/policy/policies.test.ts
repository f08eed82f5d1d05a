/** What the policies say of stacks. How Pulumi serves them is asked of its own server in served.test.ts. */
import { UNKNOWN, reported, resource } from './support';
import { ANCHOR, ISSUER, ROLE, SUBJECT, trustPolicy } from '../evidence/support/manifests';
import { blue } from '../support/definitions';
import { isSymbolonError, type Issue } from 'symbolon';
import { symbolonPolicies, type PolicyOptions } from 'symbolon/policy';

const role = (policy: unknown = trustPolicy(), more: object = {}) => resource('aws:iam/role:Role', 'role', { name: 'checkout', path: '/', arn: ROLE, assumeRolePolicy: policy, ...more });
const anchor = resource('aws:iam/openIdConnectProvider:OpenIdConnectProvider', 'anchor', { url: ISSUER, clientIdLists: ['sts.amazonaws.com'], arn: ANCHOR });
const account = (annotation: unknown = ROLE) => resource('kubernetes:core/v1:ServiceAccount', 'account', {
  apiVersion: 'v1', kind: 'ServiceAccount', automountServiceAccountToken: false, metadata: { name: 'checkout', namespace: 'shop', annotations: { 'eks.amazonaws.com/role-arn': annotation } },
}, 'blue');
const deployment = (spec: object = {}) => resource('kubernetes:apps/v1:Deployment', 'web', {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { template: { metadata: {}, spec: { serviceAccountName: 'checkout', containers: [{ name: 'app', image: 'app:1' }], ...spec } } },
}, 'blue');
const CLUSTERS: PolicyOptions = { clusters: [{ name: 'blue', issuer: ISSUER }] };

test('a stack that fits passes without a word', () => {
  expect(reported([anchor, role(), account(), deployment()], CLUSTERS)).toEqual([]);
  expect(reported([anchor, role(), account(), deployment()], { clusters: [blue] })).toEqual([]);
  expect(reported([resource('pulumi:pulumi:Stack', 'shop-prod', {}, undefined), resource('kubernetes:helm.sh/v3:Chart', 'chart', {}, undefined)], CLUSTERS)).toEqual([]);
});

test('a workload that is refused is a violation at its resource, with the way out', () => {
  expect(reported([anchor, role(trustPolicy(`${SUBJECT}-api`)), account(), deployment()], CLUSTERS)).toEqual([
    expect.stringMatching(/^symbolon-proof: Deployment shop\/web does not become .*checkout-api.*; write the subject .* \[verify\/refused\] @ web$/),
    expect.stringMatching(/^symbolon-proof: .*checkout-api.* becomes .* \[verify\/stranger\] @ role$/),
  ]);
});

test('a trust that is too broad is one at its resource alone, before it is made', () => {
  const broad = role(trustPolicy('system:serviceaccount:shop:*').replaceAll('StringEquals', 'StringLike'));
  const [first, ...more] = reported([anchor, broad, account(), deployment()], CLUSTERS);
  expect(first).toMatch(/^symbolon-over-broad: .*system:serviceaccount:shop:\*.* \[verify\/over-broad\] @ role$/);
  expect(more).toEqual([]);
});

test('what is not known in a preview is said, and neither right nor wrong', () => {
  const said = reported([anchor, role(UNKNOWN, { arn: UNKNOWN }), account(UNKNOWN), deployment()], CLUSTERS);
  expect(said).not.toEqual([]);
  expect(said.filter(each => !each.startsWith('symbolon-undecided: '))).toEqual([]);
  expect(said.join()).toContain('@ role');
});

test('a workload that cannot be read yet may be whoever a trust names', () => {
  const said = reported([anchor, role(), deployment({ volumes: [{ name: 'late', projected: UNKNOWN }] })], CLUSTERS);
  expect(said).not.toEqual([]);
  expect(said.filter(each => !each.startsWith('symbolon-undecided: '))).toEqual([]);
});

test('a workload whose trust is in another stack asks, and is not answered', () => {
  const said = reported([account(), deployment()], CLUSTERS);
  expect(said).toEqual([expect.stringMatching(/^symbolon-undecided: whether Deployment shop\/web becomes /)]);
});

test('what comes from a cluster of which nothing is known is not decided', () => {
  expect(reported([anchor, role(), account(), deployment()])).toEqual([expect.stringMatching(/^symbolon-undecided: whether Deployment shop\/web becomes .* the issuer of /)]);
});

test('with several clusters, a resource is in the one that its provider is called after', () => {
  const two = { clusters: [{ name: 'blue', issuer: ISSUER }, { name: 'green', issuer: `${ISSUER}2` }] };
  expect(reported([anchor, role(), account(), deployment()], two)).toEqual([]);
});

test('mistakes with tokens in manifests are told by the third', () => {
  const legacy = resource('kubernetes:core/v1:Secret', 'legacy', { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/service-account-token', metadata: { name: 'legacy', namespace: 'shop', annotations: { 'kubernetes.io/service-account.name': 'checkout' } } }, 'blue');
  expect(reported([anchor, role(), account(), deployment(), legacy], CLUSTERS)).toEqual([expect.stringMatching(/^symbolon-audit: .*\[audit\/[\w-]+\] @ legacy$/)]);
});

test('levels are the user\'s, and what is wrong with the options is said at once', () => {
  expect(symbolonPolicies().policies.map(({ name, enforcementLevel }) => [name, enforcementLevel])).toEqual([
    ['symbolon-over-broad', 'mandatory'], ['symbolon-proof', 'mandatory'], ['symbolon-undecided', 'advisory'], ['symbolon-audit', 'advisory'],
  ]);
  expect(symbolonPolicies({ undecided: 'mandatory', audit: 'disabled' }).policies.map(({ enforcementLevel }) => enforcementLevel)).toEqual(['mandatory', 'mandatory', 'mandatory', 'disabled']);
  const wrong = { proof: 'must', clusters: [{ name: 'a' }, { name: 'a', issuer: 'http://a' }, { issuer: 'https://a.example.com' }], level: 1 };
  try {
    symbolonPolicies(wrong as unknown as PolicyOptions);
    throw new Error('it took them');
  } catch (error) {
    expect(isSymbolonError(error)).toBe(true);
    expect((error as { issues: readonly Issue[] }).issues.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'structure/unknown-key level', 'policy/level proof', expect.stringContaining('clusters[1].issuer'), 'structure/required clusters[2].name', 'policy/cluster-twice clusters[1]',
    ]);
  }
});
