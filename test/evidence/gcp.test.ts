/** What gcloud prints, beside manifests as people write them. */
import { judged, printed } from './support';
import type { KubernetesObject } from '../../src/kubernetes/manifest';
import { EKS_ISSUER, account, only, pod } from '../proof/support';

const EMAIL = 'app@demo.iam.gserviceaccount.com';
const ACCOUNT = `projects/demo/serviceAccounts/${EMAIL}`;
const MEMBER = 'serviceAccount:demo.svc.id.goog[shop/checkout]';
const ROLE = 'roles/iam.workloadIdentityUser';
const CLUSTER = {
  name: 'prod',
  location: 'europe-west4',
  selfLink: 'https://container.googleapis.com/v1/projects/demo/locations/europe-west4/clusters/prod',
  status: 'RUNNING',
  workloadIdentityConfig: { workloadPool: 'demo.svc.id.goog' },
};
const policy = (...bindings: readonly object[]): object => ({ bindings, etag: 'BwXhqDvPZw0=', version: 3 });
const MANIFESTS = [account({ 'iam.gke.io/gcp-service-account': EMAIL }), pod()];
const given = (value: unknown, of: string = ACCOUNT, manifests: readonly object[] = MANIFESTS, cluster: object = CLUSTER): ReturnType<typeof judged> =>
  judged(printed(cluster), ...manifests.map(each => printed(each)), printed(value, { of }));
const UNTIL = { title: 'until may', expression: 'request.time < timestamp("2026-05-01T00:00:00Z")' };

test.each([ACCOUNT, `//iam.googleapis.com/${ACCOUNT}`, EMAIL])('the policy of the service account, said as %s, lets the pod in', of => {
  const proof = given(policy({ role: ROLE, members: [MEMBER] }), of);
  expect(proof).toMatchObject({ gaps: [], holds: true, strangers: [], verdicts: [{ admitted: true, becomes: EMAIL }] });
});

test('another namespace is refused, and a stranger', () => {
  expect(given(policy({ role: ROLE, members: [MEMBER.replace('shop/', 'prod/')] }))).toMatchObject({ verdicts: [{ admitted: false, decided: true, reason: expect.stringContaining('[prod/checkout], the pod is') }], strangers: [{ who: expect.stringContaining('prod/checkout') }] });
});

test('without its resource the policy is nobody\'s', () => {
  expect(judged(printed(CLUSTER), ...MANIFESTS.map(each => printed(each)), printed(policy({ role: ROLE, members: [MEMBER] })))).toMatchObject({
    verdicts: [{ decided: false }], gaps: [{ code: 'evidence/unsaid', message: expect.stringMatching(/which resource the policy belongs to.*of: projects\//) }],
  });
  expect(given(policy({ role: ROLE, members: [MEMBER] }), 'app').gaps).toEqual([expect.objectContaining({ message: expect.stringContaining('app is no service account, project, bucket, secret or topic') })]);
});

test('a condition is never passed over: it cannot be decided, and is told of strangers', () => {
  const proof = given(policy({ role: ROLE, members: [MEMBER, MEMBER.replace('checkout', 'other')], condition: UNTIL }));
  expect(only(proof.verdicts)).toMatchObject({ admitted: false, decided: false, reason: expect.stringContaining(UNTIL.expression) });
  expect(only(proof.strangers).who).toContain(`shop/other], where ${UNTIL.expression}`);
});

test('a grant without condition decides, whatever there is with one, and the two are no twins', () => {
  const proof = given(policy({ role: ROLE, members: [MEMBER], condition: UNTIL }, { role: ROLE, members: [MEMBER] }));
  expect(proof).toMatchObject({ gaps: [], strangers: [], verdicts: [{ admitted: true, by: `${ACCOUNT} ${ROLE} ${MEMBER}` }] });
});

test('who has been deleted is nobody', () => {
  expect(given(policy({ role: ROLE, members: [MEMBER, 'deleted:serviceAccount:old@demo.iam.gserviceaccount.com?uid=123'] }))).toMatchObject({ strangers: [], verdicts: [{ admitted: true }] });
});

test('an account that is disabled takes nobody in', () => {
  const about = { email: EMAIL, name: ACCOUNT, uniqueId: '104872345678901234567', projectId: 'demo', displayName: 'App' };
  const judgedWith = (fields: object): ReturnType<typeof judged> =>
    judged(...[CLUSTER, ...MANIFESTS, [{ ...about, ...fields }]].map(each => printed(each)), printed(policy({ role: ROLE, members: [MEMBER] }), { of: EMAIL }));
  expect(judgedWith({})).toMatchObject({ gaps: [], verdicts: [{ admitted: true }] });
  expect(judgedWith({ disabled: true })).toMatchObject({ verdicts: [{ admitted: false, decided: true, reason: `the service account ${EMAIL} is disabled` }] });
});

test('a cluster without a workload pool is known to nobody', () => {
  const { workloadIdentityConfig: _none, ...off } = CLUSTER;
  expect(given(policy({ role: ROLE, members: [MEMBER] }), ACCOUNT, MANIFESTS, off)).toMatchObject({ verdicts: [{ admitted: false, decided: true, reason: expect.stringContaining('prod has no workload pool') }] });
});

describe('what is granted to the pod itself', () => {
  const PRINCIPAL = 'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/demo.svc.id.goog/subject/ns/shop/sa/checkout';
  const own = [account(), pod()];

  test.each<[string, string, string | undefined, object]>([
    ['a project', PRINCIPAL, 'projects/demo', {}],
    ['a bucket, by its URL', PRINCIPAL, 'gs://reports', {}],
    ['a bucket that says its name', PRINCIPAL, undefined, { kind: 'storage#policy', resourceId: 'projects/_/buckets/reports' }],
    ['a secret', PRINCIPAL, 'projects/demo/secrets/database', {}],
    ['a topic', MEMBER, '//pubsub.googleapis.com/projects/demo/topics/orders', {}],
  ])('on %s', (_what, member, of, fields) => {
    const people = { role: 'roles/owner', members: ['user:alice@example.com', 'serviceAccount:robot@demo.iam.gserviceaccount.com'] };
    const proof = judged(printed(CLUSTER), ...own.map(each => printed(each)), printed({ ...policy(people, { role: 'roles/viewer', members: [member] }), ...fields }, of === undefined ? {} : { of }));
    expect(proof).toMatchObject({ gaps: [], holds: true, strangers: [], verdicts: [{ admitted: true, becomes: member, reason: expect.stringContaining('roles/viewer') }] });
  });

  test('under a condition is not decided', () => {
    expect(only(given(policy({ role: 'roles/viewer', members: [PRINCIPAL], condition: UNTIL }), 'projects/demo', own).verdicts)).toMatchObject({ admitted: false, decided: false });
  });
});

describe('a pool of the user\'s', () => {
  const POOL = 'projects/123456789012/locations/global/workloadIdentityPools/clusters';
  const PROVIDER = `${POOL}/providers/blue`;
  const provider = (fields: object = {}): object => ({ name: PROVIDER, displayName: '', state: 'ACTIVE', attributeMapping: { 'google.subject': 'assertion.sub' }, oidc: { issuerUri: EKS_ISSUER, allowedAudiences: ['sts.googleapis.com'] }, ...fields });
  const member = `principal://iam.googleapis.com/${POOL}/subject/system:serviceaccount:shop:checkout`;
  const manifests: readonly KubernetesObject[] = [account({ 'cloud.google.com/workload-identity-provider': PROVIDER, 'cloud.google.com/service-account-email': EMAIL }), pod()];
  const eks = { cluster: { name: 'blue', arn: 'arn:aws:eks:us-west-2:111122223333:cluster/blue', identity: { oidc: { issuer: EKS_ISSUER } } } };
  const entering = (...pools: readonly unknown[]): ReturnType<typeof judged> =>
    judged(...[eks, ...manifests, ...pools].map(each => printed(each)), printed(policy({ role: ROLE, members: [member] }), { of: ACCOUNT }));

  test('lets the pod in', () => {
    expect(entering([provider()], { name: POOL, state: 'ACTIVE' })).toMatchObject({ gaps: [], holds: true, strangers: [], verdicts: [{ admitted: true, becomes: EMAIL }] });
  });

  test.each<[string, readonly unknown[], string]>([
    ['another issuer', [provider({ oidc: { issuerUri: `${EKS_ISSUER}/`, allowedAudiences: ['sts.googleapis.com'] } })], 'slash at the end that the token lacks'],
    ['a provider that is deleted', [provider({ state: 'DELETED' })], `the provider ${PROVIDER} is DELETED`],
    ['a provider that is disabled', [provider({ disabled: true })], `the provider ${PROVIDER} is disabled`],
    ['a pool that is deleted', [provider(), { name: POOL, state: 'DELETED' }], `the pool ${POOL} is DELETED`],
    ['a pool that is disabled', [provider(), { name: POOL, state: 'ACTIVE', disabled: true }], `the pool ${POOL} is disabled`],
    ['a provider for AWS', [provider({ oidc: null, aws: { accountId: '111122223333' } })], 'takes no tokens of OpenID Connect'],
    ['a condition that is not true', [provider({ attributeCondition: 'assertion.sub == "other"' })], 'is not true of it'],
  ])('%s keeps it out', (_what, pools, reason) => {
    expect(only(entering(...pools).verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringContaining(reason) });
  });

  test('its provider not given is not decided', () => {
    expect(only(entering().verdicts)).toMatchObject({ admitted: false, decided: false });
  });
});
