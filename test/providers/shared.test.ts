/** What clusters that share a cloud identity must agree on: it is made once, so that what one of them says alone is lost, or holds for all. */
import { aks, BINDINGS, blue, boundTo, checkoutWith, errorsOf, gke, green, k3s, SENTENCE } from '../support/definitions';
import { defineWorkloadIdentity, planWorkloadIdentities, type ClusterInput, type WorkloadIdentityInput } from 'symbolon';

const far: ClusterInput = { name: 'far', gke: { projectId: 'shop-staging', location: 'us-east1', clusterName: 'far' } };
const other: ClusterInput = { ...aks, name: 'other', issuer: aks.issuer?.replace(/2\/$/, '3/') as string, aks: { ...aks.aks, tenantId: aks.aks?.tenantId as string, subscriptionId: '00000000-0000-4000-8000-00000000000b' } };
const found = (clusters: readonly ClusterInput[], trustedBy: object) => errorsOf(checkoutWith({ clusters, trustedBy })).map(({ code, path, message }) => {
  expect(message).toMatch(SENTENCE);
  return `${code} ${path}`;
});
const { subscriptionId: _subscriptionId, tenantId: _tenantId, ...azure } = BINDINGS.azure;

test.each<[string, readonly ClusterInput[], object, string]>([
  ['policies of a shared role', [blue, green], { aws: { on: { green: { managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] } } } }, 'binding/shared trustedBy.aws.on.green.managedPolicies'],
  ['the longest session of a shared role', [blue, green], { aws: { on: { green: { maxSessionDuration: 7200 } } } }, 'binding/shared trustedBy.aws.on.green.maxSessionDuration'],
  ['the partition of a shared role', [blue, k3s], { aws: { accountId: '111122223333', on: { k3s: { partition: 'aws-cn', roleName: 'cn' } }, partition: 'aws' } }, ''],
  ['clusters of two projects, and a service account that is in one', [gke, far], { gcp: { accountId: 'checkout' } }, 'binding/shared trustedBy.gcp.projectId'],
  ['grants of a shared service account', [gke, { ...far, gke: { ...far.gke, projectId: 'shop-prod' } }], { gcp: { on: { far: { grants: [{ role: 'roles/owner' }] } } } }, 'binding/shared trustedBy.gcp.on.far.grants'],
  ['clusters of two subscriptions, and a managed identity that is in one', [aks, other], { azure }, 'binding/shared trustedBy.azure.subscriptionId'],
  ['two client ids of one managed identity', [aks, k3s], { azure: { ...BINDINGS.azure, on: { k3s: { clientId: '00000000-0000-4000-8000-00000000000c' } } } }, 'binding/shared trustedBy.azure.on.k3s.clientId'],
  ['one client id for two managed identities', [aks, k3s], { azure: { ...BINDINGS.azure, on: { k3s: { identityName: 'other' } } } }, 'azure/client-id trustedBy.azure.clientId'],
])('%s', (_what, clusters, trustedBy, finding) => {
  expect(found(clusters, trustedBy)).toEqual(finding === '' ? [] : [finding]);
});

test.each<[string, readonly ClusterInput[], object]>([
  ['a role of its own has policies of its own', [blue, green], { aws: { on: { green: { roleName: 'other', managedPolicies: [] } } } }],
  ['what is said of the token is each cluster\'s own', [blue, green], { aws: { on: { green: { expirationSeconds: 3600, audience: 'other', injection: 'explicit' } } } }],
  ['what is said twice is the same', [blue, green], { aws: { tags: { a: 'b', c: 'd' }, on: { green: { tags: { c: 'd', a: 'b' } } } } }],
  ['a project that is said is everybody\'s', [gke, far], { gcp: { projectId: 'identities-1', accountId: 'checkout' } }],
  ['one fact is one value', [blue, green], { aws: { managedPolicies: [{ fact: 'policy' }] } }],
])('%s', (_what, clusters, trustedBy) => {
  expect(found(clusters, trustedBy)).toEqual([]);
});

test.each(['https://k3s.example.com:6443', 'https://k3s.example.com:6443/', `https://k3s.example.com/${'x'.repeat(240)}`])('IAM takes no provider for the issuer %.40s, so that no role trusts it', issuer => {
  expect(found([{ name: 'k3s', issuer }], { aws: BINDINGS.aws })).toEqual(['aws/issuer clusters.k3s.issuer']);
  expect(found([{ name: 'k3s', issuer }], { aws: { ...BINDINGS.aws, existing: true } })).toEqual([]);
  expect(found([{ name: 'k3s', issuer }], {})).toEqual([]);
});

test('a region that the binding says is the pod\'s, by webhook too, which would else set the cluster\'s', () => {
  const envOf = (input: WorkloadIdentityInput) => planWorkloadIdentities(defineWorkloadIdentity(input)).clusters[0]?.injections[0]?.env;
  expect(envOf(boundTo('aws', blue, { region: 'eu-west-1' }))).toMatchObject([{ name: 'AWS_DEFAULT_REGION', value: 'eu-west-1' }, { name: 'AWS_REGION', value: 'eu-west-1' }]);
  expect(envOf(boundTo('aws', blue))).toEqual([]);
});

test('the ConfigMap of a long service account is named as Kubernetes takes it, and not as that of another', () => {
  const nameOf = (serviceAccount: string) => {
    const input = { ...boundTo('gcp', gke, { injection: 'explicit' }), serviceAccount };
    return planWorkloadIdentities(defineWorkloadIdentity(input)).clusters[0]?.objects.find(({ kind }) => kind === 'ConfigMap')?.metadata.name as string;
  };
  const [a, b] = ['a', 'b'].map(end => nameOf(`${'x'.repeat(229)}.${end}`)) as [string, string];
  expect(a).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/);
  expect(a).not.toBe(b);
});

test('what one cluster has in one account holds a hundred audiences, whoever asks for them', () => {
  const identities = (count: number) => Array.from({ length: count }, (_, i) => {
    const name = `identity-${i}`;
    return defineWorkloadIdentity({ name, namespace: 'shop', clusters: [k3s], trustedBy: { aws: { ...BINDINGS.aws, audience: `https://${i}.example.com` } } });
  });
  expect(planWorkloadIdentities(identities(100)).edges).toHaveLength(100);
  expect(() => planWorkloadIdentities(identities(101))).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ code: 'anchors/audiences', path: 'clusters.k3s' })] }));
});
