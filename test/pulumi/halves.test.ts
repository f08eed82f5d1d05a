/** What is made, of which half, under which names. */
import { aks, blue, everywhere, gke, green, onAks, onEks, onGke } from './support/definitions';
import { canonical, expectedOfPlan } from './support/expected';
import { AZURE, valueOf, withMocks, type Made } from './support/mocks';
import { Provider } from './support/resources';
import { planWorkloadIdentities, defineWorkloadIdentity, type WorkloadIdentityInput } from 'symbolon';
import { WorkloadIdentity, type ClusterArgs } from 'symbolon/pulumi';

const providers = (definition: WorkloadIdentityInput): { [cluster: string]: ClusterArgs } =>
  Object.fromEntries(definition.clusters.map(({ name }) => [name, { kubernetes: new Provider('kubernetes', name) }]));
const both = (definition: WorkloadIdentityInput) => withMocks(() => new WorkloadIdentity('checkout', { definition, halves: 'both', on: providers(definition) }));
const isKubernetes = ({ type }: Made): boolean => type.startsWith('kubernetes:');
const find = (resources: readonly Made[], type: RegExp): Made => {
  const [found, ...more] = resources.filter(resource => type.test(resource.type));
  expect(more).toEqual([]);
  return found as Made;
};

test.each([['EKS', onEks], ['AKS', onAks], ['GKE', onGke], ['all of them', everywhere]])('both halves on %s are those of the plan, once Azure has answered', async (_where, definition) => {
  const { resources } = await both(definition);
  const { clientId, principalId } = AZURE;
  const answered = { identities: { checkout: { ...('azure' in (definition.trustedBy ?? {}) && { azure: { clientId, principalId } }) } } };
  const plan = planWorkloadIdentities(defineWorkloadIdentity(definition), answered);
  const expected = expectedOfPlan({ ...plan, trust: plan.trust.filter(({ identity }) => identity !== undefined) });
  expect(resources.map(canonical).sort()).toEqual(expected.map(canonical).sort());
});

test('a client id that Azure makes flows into the annotation, and the principal into the role assignment', async () => {
  const { resources } = await both(onAks);
  expect(find(resources, /ServiceAccount$/).inputs.metadata).toMatchObject({ annotations: { 'azure.workload.identity/client-id': AZURE.clientId } });
  expect(find(resources, /RoleAssignment$/).inputs.principalId).toBe(AZURE.principalId);
});

test('without a word about halves, nothing is written to a cluster', async () => {
  const { resources } = await withMocks(() => new WorkloadIdentity('checkout', { definition: onEks }));
  expect(resources.map(({ type }) => type)).toContain('aws:iam/role:Role');
  expect(resources.filter(isKubernetes)).toEqual([]);
});

test('the Kubernetes half alone makes nothing in a cloud', async () => {
  const { resources } = await withMocks(() => new WorkloadIdentity('checkout', { definition: onEks, halves: 'kubernetes' }));
  expect(resources.map(({ type }) => type).sort()).toEqual(['kubernetes:core/v1:ServiceAccount', 'kubernetes:rbac.authorization.k8s.io/v1:Role', 'kubernetes:rbac.authorization.k8s.io/v1:RoleBinding']);
});

test('another cluster adds resources, and renames none', async () => {
  const one = await both({ ...everywhere, clusters: [aks, gke], trustedBy: { azure: { ...onAks.trustedBy?.azure, clusters: ['prod-aks'] }, gcp: { ...onGke.trustedBy?.gcp, clusters: ['prod-gke'] } } });
  const more = await both({ ...everywhere, clusters: [blue, green, aks, gke], trustedBy: { ...everywhere.trustedBy, aws: { clusters: ['prod-green', 'prod-blue'] } } });
  const names = (resources: readonly Made[]): readonly string[] => resources.map(({ type, name }) => `${type} ${name}`);
  expect(names(more.resources)).toEqual(expect.arrayContaining([...names(one.resources)]));
});

test('a value that becomes known renames nothing either', async () => {
  const explicit: WorkloadIdentityInput = { ...onGke, injection: 'explicit' };
  const bare = defineWorkloadIdentity({ ...explicit, clusters: [{ name: 'prod-gke', gke: { projectId: 'shop-prod' } }] });
  const issuer = 'https://container.googleapis.com/v1/projects/shop-prod/locations/europe-west1/clusters/prod';
  const before = await withMocks(() => new WorkloadIdentity('checkout', { definition: bare, halves: 'both', on: { 'prod-gke': { facts: { issuer: Promise.resolve(issuer) } } } }));
  const after = await both(explicit);
  expect(before.resources.map(({ name }) => name).sort()).toEqual(after.resources.map(({ name }) => name).sort());
  expect(before.resources.map(canonical).sort()).toEqual(after.resources.map(canonical).sort());
});

test('documents are made with the provider of their binding, or of the cluster that has an identity of its own', async () => {
  const definition: WorkloadIdentityInput = {
    ...onEks, clusters: [blue, green], trustedBy: { aws: { on: { 'prod-green': { accountId: '444455556666' } } } },
  };
  const { resources } = await withMocks(() => new WorkloadIdentity('checkout', {
    definition,
    trustedBy: { aws: { provider: new Provider('aws', 'first') } },
    on: { 'prod-green': { trustedBy: { aws: { provider: new Provider('aws', 'second') } } } },
  }));
  const named = (name: string): string | undefined => resources.find(resource => resource.name === name)?.provider;
  expect(named('checkout/aws')).toMatch(/::first::/);
  expect(named('checkout/aws/accountId=444455556666')).toMatch(/::second::/);
});

test('handles are what the plan says', async () => {
  const { result } = await both(everywhere);
  expect(await valueOf(result.on('prod-blue').handles.aws)).toBe('arn:aws:iam::111122223333:role/checkout');
  expect(await valueOf(result.on('prod-aks').handles.azure)).toBe(AZURE.clientId);
  expect(await valueOf(result.on('prod-gke').handles.gcp)).toBe('checkout@shop-prod.iam.gserviceaccount.com');
  expect(Object.keys(result.on('prod-gke').handles)).toEqual(['gcp']);
});

test('a service account that is made elsewhere is not made, and said how it has to look', async () => {
  const { result, resources } = await both({ name: 'checkout', runsAs: [{ namespace: 'shop', create: false }], clusters: [blue], trustedBy: { aws: {} } });
  expect(resources.filter(({ type }) => type.endsWith(':ServiceAccount'))).toEqual([]);
  expect(await valueOf(result.on('prod-blue').serviceAccount())).toMatchObject({ metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/checkout' } } });
});

test('warnings of the definition are shown, and stop nothing', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  const { resources } = await withMocks(() => new WorkloadIdentity('checkout', { definition: { ...onEks, rbac: [{ verbs: ['*'], resources: ['pods'] }] } }));
  expect(warn.mock.calls.join()).toContain('[rbac/wildcard]');
  expect(resources).toHaveLength(2);
  warn.mockRestore();
});

test('of a fact that is given and answered too, the given one stays', async () => {
  const tenantId = '00000000-0000-4000-8000-00000000000f';
  const definition: WorkloadIdentityInput = {
    name: 'checkout',
    namespace: 'shop',
    clusters: [{ name: 'k3s', issuer: 'https://oidc.example.com' }],
    trustedBy: { azure: { resourceGroup: 'identities', location: 'westeurope' } },
  };
  const { result } = await withMocks(() => new WorkloadIdentity('checkout', { definition, trustedBy: { azure: { facts: { tenantId: Promise.resolve(tenantId) } } } }));
  expect(await valueOf(result.facts)).toEqual({ version: 1, clusters: {}, identities: { checkout: { azure: { tenantId, clientId: AZURE.clientId } } } });
  expect(await valueOf(result.on('k3s').injection().env)).toContainEqual({ name: 'AZURE_TENANT_ID', value: tenantId });
});

test('roles that are bound and roles for others stand beside the identity\'s own, each under its own name', async () => {
  const rbac: WorkloadIdentityInput['rbac'] = [
    { read: ['pods'] }, { read: ['nodes'], clusterWide: true }, { clusterRole: 'view' }, { clusterRole: 'view', namespaces: ['back'] }, { role: 'leader' }, { reviewTokens: true },
    { tokensRequestedBy: ['cert-manager/cert-manager'] }, { nodesMayRequest: ['https://registry.example.com'] },
  ];
  const { resources } = await both({ ...onEks, rbac });
  const names = resources.filter(isKubernetes).map(({ type, name }) => `${type} ${name}`);
  expect(new Set(names).size).toBe(names.length);
  const plan = planWorkloadIdentities(defineWorkloadIdentity({ ...onEks, rbac }));
  expect(resources.filter(isKubernetes).map(canonical).sort()).toEqual(expectedOfPlan({ ...plan, trust: [] }).map(canonical).sort());
  const alone = await both({ ...onEks, rbac: [{ clusterRole: 'view' }] });
  expect(names).toEqual(expect.arrayContaining(alone.resources.filter(isKubernetes).map(({ type, name }) => `${type} ${name}`)));
});
