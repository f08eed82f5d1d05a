import { aks, blue, BINDINGS, boundTo, checkout, checkoutWith, errorsOf, gke, green, k3s, SENTENCE } from '../support/definitions';
import { defineCluster, defineWorkloadIdentity, isSymbolonError, planWorkloadIdentities, type InvalidDefinitionError, type WorkloadIdentityInput } from 'symbolon';

/** What planning them together says, alone each being right. */
function found(...inputs: readonly WorkloadIdentityInput[]): readonly string[] {
  const definitions = inputs.map(input => defineWorkloadIdentity(input));
  for (const definition of definitions) planWorkloadIdentities(definition);
  try {
    planWorkloadIdentities(definitions);
  } catch (error) {
    if (!isSymbolonError(error) || error.code !== 'ERR_INVALID_DEFINITION') throw error;
    const { issues } = error as InvalidDefinitionError;
    for (const { message } of issues) expect(message).toMatch(SENTENCE);
    return issues.map(({ code, message }) => `${code} ${message}`);
  }
  return [];
}
const second = (fields: object): WorkloadIdentityInput => checkoutWith({ name: 'audit', serviceAccount: 'audit', ...fields });

test('two that have nothing in common go together', () => {
  expect(found(checkout, second({ trustedBy: { aws: { roleName: 'audit' } } }))).toEqual([]);
});

test.each<[string, WorkloadIdentityInput, WorkloadIdentityInput, RegExp]>([
  ['one role', checkout, second({ trustedBy: { aws: { roleName: 'checkout' } } }), /iam\.Role arn:aws:iam::111122223333:role\/checkout/],
  ['one role, in other letters, which IAM takes for the same', checkout, second({ trustedBy: { aws: { roleName: 'CheckOut' } } }), /iam\.Role/],
  ['one managed identity', boundTo('azure', aks), { ...boundTo('azure', aks, { identityName: 'checkout' }), name: 'audit', serviceAccount: 'audit' }, /UserAssignedIdentity/],
  ['one Google service account', boundTo('gcp', gke), { ...boundTo('gcp', gke), name: 'audit', serviceAccount: 'audit' }, /iam\.ServiceAccount projects\/shop-prod/],
  ['one Kubernetes service account', checkout, second({ serviceAccount: 'checkout', trustedBy: {} }), /ServiceAccount blue: shop\/checkout/],
])('two that would both make %s are refused, both named', (_what, first, other, what) => {
  const [finding, ...more] = found(first, other);
  expect(more).toEqual([]);
  expect(finding).toMatch(what);
  expect(finding).toMatch(/^identity\/owned-twice .*got \["checkout","audit"\]; let one of them use what the other makes/);
});

test.each<[string, WorkloadIdentityInput, WorkloadIdentityInput]>([
  ['a role', checkout, second({ trustedBy: { aws: { roleName: 'checkout', existing: true } } })],
  ['a Google service account', boundTo('gcp', gke), { ...boundTo('gcp', gke, { existing: true }), name: 'audit', serviceAccount: 'audit' }],
  ['a managed identity', boundTo('azure', aks), { ...boundTo('azure', aks, { identityName: 'checkout', existing: true }), name: 'audit', serviceAccount: 'audit' }],
  ['a Kubernetes service account', checkout, second({ namespace: undefined, serviceAccount: undefined, runsAs: [{ namespace: 'shop', serviceAccount: 'checkout', create: false }], trustedBy: {} })],
])('one may use %s that the other makes', (_what, first, other) => {
  expect(found(first, other)).toEqual([]);
});

test('one name in two namespaces, clusters or accounts is two things', () => {
  const aws = (fields: object): object => ({ trustedBy: { aws: fields } });
  expect(found(checkout, second({ namespace: 'billing', serviceAccount: 'checkout', ...aws({ roleName: 'audit' }) }))).toEqual([]);
  expect(found(checkout, second({ serviceAccount: 'checkout', clusters: [k3s], ...aws({ ...BINDINGS.aws, roleName: 'audit' }) }))).toEqual([]);
  expect(found(checkout, second(aws({ roleName: 'checkout', accountId: '444455556666' })))).toEqual([]);
});

test('two identities of one name are refused', () => {
  expect(found(checkout, checkoutWith({ namespace: 'billing', trustedBy: { aws: { roleName: 'other' } } }))).toEqual([expect.stringMatching(/^identity\/name-twice checkout: expected a name of its own/)]);
});

test('two meanings of one cluster are refused; the same meaning twice is none', () => {
  const twin = defineCluster(JSON.parse(JSON.stringify(blue)));
  const other = second({ trustedBy: {} });
  expect(found(checkout, { ...other, clusters: [twin] })).toEqual([]);
  expect(found(checkout, { ...other, clusters: [{ ...blue, injection: 'explicit' }] })).toEqual([expect.stringMatching(/^cluster\/two-meanings clusters\.blue: /)]);
});

test('an identity that would make one thing twice is refused by itself, in words of its bindings', () => {
  const twice = (trustedBy: object, clusters = [blue]) => errorsOf(checkoutWith({ clusters, trustedBy })).map(({ code, path }) => `${code} ${path}`);
  expect(twice({ aws: {}, second: { provider: 'aws', injection: 'none' } })).toEqual(['identity/owned-twice trustedBy.second']);
  expect(twice({ aws: {}, second: { provider: 'aws', roleName: 'CHECKOUT', injection: 'none' } })).toEqual(['identity/owned-twice trustedBy.second']);
  expect(twice({ aws: { on: { green: { roleName: 'checkout' } } } }, [blue, green])).toEqual(['identity/owned-twice trustedBy.aws']);
  expect(twice({ aws: {}, second: { provider: 'aws', existing: true, injection: 'none' } })).toEqual([]);
  expect(twice({ aws: {}, second: { provider: 'aws', accountId: '444455556666', injection: 'none' } })).toEqual([]);
});

test('everything that does not go together is said at once', () => {
  expect(found(checkout, checkoutWith({ clusters: [{ ...blue, injection: 'explicit' }] })).map(finding => finding.split(' ')[0]).sort()).toEqual(['cluster/two-meanings', 'identity/name-twice', 'identity/owned-twice', 'identity/owned-twice']);
});
