import { Chart, Testing } from 'cdk8s';
import { blue, checkout, everywhere, render, west } from './support';
import { defineWorkloadIdentity, planWorkloadIdentities, type WorkloadIdentityInput } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

const newChart = (): Chart => new Chart(Testing.app(), 'shop');

describe('the chart', () => {
  test.each(everywhere.clusters.map(cluster => [cluster.name, cluster] as const))('has the objects of the plan for %s, and no others', (name, cluster) => {
    const chart = newChart();
    new WorkloadIdentity(chart, 'identity', { definition: everywhere, cluster });
    const planned = planWorkloadIdentities(everywhere).clusters.find(each => each.name === name);
    expect(planned?.objects.length).toBeGreaterThan(4);
    expect(render(chart)).toHaveLength(planned?.objects.length ?? 0);
    expect(render(chart)).toEqual(expect.arrayContaining([...planned?.objects ?? []]));
  });

  test('gives its own namespace to nothing, least of all to what has none', () => {
    const chart = new Chart(Testing.app(), 'shop', { namespace: 'elsewhere' });
    new WorkloadIdentity(chart, 'identity', { definition: everywhere, cluster: blue });
    const namespaces = new Map(render(chart).map(({ kind, metadata }) => [`${kind} ${metadata.name}`, metadata.namespace]));
    expect(namespaces.get('ServiceAccount worker')).toBe('back');
    expect(namespaces.get('ClusterRole reports:shop:reports')).toBeUndefined();
    expect([...namespaces.values()]).not.toContain('elsewhere');
  });

  test('takes an identity from a plain object, checked, and the cluster by name', () => {
    const chart = newChart();
    const input: WorkloadIdentityInput = { name: 'checkout', namespace: 'shop', clusters: [blue], trustedBy: { aws: {} } };
    new WorkloadIdentity(chart, 'identity', { definition: input, cluster: 'prod-blue' });
    expect(render(chart)).toEqual([expect.objectContaining({ kind: 'ServiceAccount' })]);
    expect(() => new WorkloadIdentity(chart, 'bad', { definition: { ...input, namespace: 'Shop' }, cluster: blue })).toThrow(expect.objectContaining({
      code: 'ERR_INVALID_DEFINITION', message: expect.stringMatching(/^shop\/bad: .*\n.*namespace: expected .*"Shop"/),
    }));
  });

  test('has every service account once', () => {
    const chart = newChart();
    new WorkloadIdentity(chart, 'first', { definition: checkout, cluster: blue });
    const twin = defineWorkloadIdentity({ name: 'twin', namespace: 'shop', serviceAccount: 'checkout', clusters: [blue] });
    expect(() => new WorkloadIdentity(chart, 'second', { definition: twin, cluster: blue })).toThrow(expect.objectContaining({
      code: 'ERR_INVALID_DEFINITION', message: expect.stringMatching(/^shop\/second: .*\n.*shop\/checkout.*"shop\/first".*create: false.*\[identity\/owned-twice\]/),
    }));
    expect(() => new WorkloadIdentity(new Chart(chart, 'another'), 'second', { definition: twin, cluster: blue })).not.toThrow();
  });

  test('and the ids of its constructs do not depend on the identity', () => {
    const ids = (definition: typeof checkout): readonly string[] =>
      new WorkloadIdentity(newChart(), 'identity', { definition, cluster: blue }).node.children.map(child => child.node.id);
    expect(ids(checkout)).toEqual(['ServiceAccount', 'Role', 'RoleBinding']);
    expect(ids(everywhere)).toEqual(expect.arrayContaining(['ServiceAccount', 'ServiceAccount-2', 'Role-3', 'ClusterRoleBinding-3']));
  });

  test.each([
    ['a name that is not there', 'prod-green', 'one of the identity\'s clusters: prod-blue'],
    ['another cluster of the same name', { ...blue, issuer: `${blue.issuer}/` }, 'the cluster as the definition has it'],
  ])('refuses %s', (_what, cluster, expected) => {
    expect(() => new WorkloadIdentity(newChart(), 'identity', { definition: checkout, cluster })).toThrow(expect.objectContaining({
      code: 'ERR_INVALID_DEFINITION', message: expect.stringMatching(new RegExp(`^shop/identity: .*\n.*${expected}`)),
    }));
  });

  test('takes the same cluster from a file as well', () => {
    const copy = JSON.parse(JSON.stringify(blue)) as typeof blue;
    expect(() => new WorkloadIdentity(newChart(), 'identity', { definition: checkout, cluster: copy })).not.toThrow();
  });
});

describe('facts', () => {
  const late = defineWorkloadIdentity({
    name: 'late', namespace: 'shop', clusters: [west], trustedBy: { azure: { resourceGroup: 'shop', location: 'westeurope', subscriptionId: '0f1e2d3c-4b5a-4978-8899-aabbccddeeff' } },
  });
  const clientId = '6c1f2d3e-4a5b-4c6d-8e7f-0a1b2c3d4e5f';

  test('that are missing are named, all of them, with the construct', () => {
    expect(() => new WorkloadIdentity(newChart(), 'identity', { definition: late, cluster: west })).toThrow(expect.objectContaining({
      code: 'ERR_MISSING_FACT',
      message: expect.stringMatching(/^shop\/identity: trustedBy\.azure\.clientId of "late" .*identities\.late\.azure\.clientId/),
      stack: expect.stringMatching(/^MissingFactError: shop\/identity: trustedBy/),
      facts: [expect.objectContaining({ at: ['identities', 'late', 'azure', 'clientId'] })],
    }));
  });

  test('that are given stand in the manifests', () => {
    const chart = newChart();
    const identity = new WorkloadIdentity(chart, 'identity', { definition: late, cluster: west, facts: { identities: { late: { azure: { clientId } } } } });
    expect(render(chart)[0]?.metadata.annotations).toMatchObject({ 'azure.workload.identity/client-id': clientId });
    expect(identity.handles).toEqual({ azure: clientId });
  });

  test('that contradict the definition are refused', () => {
    const facts = { clusters: { 'prod-blue': { issuer: `${blue.issuer ?? ''}/` } } };
    expect(() => new WorkloadIdentity(newChart(), 'identity', { definition: checkout, cluster: blue, facts })).toThrow(expect.objectContaining({
      code: 'ERR_INVALID_FACTS', message: expect.stringMatching(/^shop\/identity: facts: 1 error\n.*clusters\.prod-blue\.issuer/),
    }));
  });

  test('that only the cloud half waits for need not be given', () => {
    const { issuer: _issuer, ...nameless } = blue;
    const definition = defineWorkloadIdentity({ name: 'early', namespace: 'shop', clusters: [nameless], trustedBy: { aws: {} } });
    expect(() => new WorkloadIdentity(newChart(), 'identity', { definition, cluster: 'prod-blue' })).not.toThrow();
  });
});

describe('what user code can ask', () => {
  test('who the pods are at each relying party', () => {
    expect(new WorkloadIdentity(newChart(), 'identity', { definition: checkout, cluster: blue }).handles).toEqual({ aws: 'arn:aws:iam::111122223333:role/checkout' });
  });

  test('the service account, where there is one, and all of them', () => {
    expect(new WorkloadIdentity(newChart(), 'identity', { definition: checkout, cluster: blue }).serviceAccountName).toBe('checkout');
    const many = new WorkloadIdentity(newChart(), 'identity', { definition: everywhere, cluster: blue });
    expect(many.serviceAccounts.map(({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`)).toEqual(['shop/reports', 'back/worker', 'back/sweeper']);
    expect(() => many.serviceAccountName).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION', message: expect.stringContaining('shop/reports, back/worker, back/sweeper') }));
  });

  test('the command line finds what it was made from, and nobody else stumbles over it', () => {
    const identity = new WorkloadIdentity(newChart(), 'identity', { definition: checkout, cluster: 'prod-blue' });
    const key = Symbol.for('symbolon.WorkloadIdentity');
    expect(Object.getOwnPropertyDescriptor(identity, key)).toMatchObject({ enumerable: false, value: { definition: checkout, cluster: blue, facts: {} } });
  });
});

test('what may surprise in a definition is said once, with the place of the construct, and stops nothing', () => {
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  try {
    const chart = new Chart(Testing.app(), 'shop');
    const clusters = [{ name: 'edge', issuer: 'https://oidc.edge.example.com' }];
    new WorkloadIdentity(chart, 'identity', { definition: { name: 'checkout', namespace: 'shop', clusters, tokens: { api: { audience: 'https://api.example.com', expirationSeconds: 3607 } } }, cluster: 'edge' });
    expect(warned.mock.calls).toEqual([[expect.stringMatching(/^shop\/identity: tokens\.api\.expirationSeconds/), { type: 'SymbolonWarning', code: 'token/lifetime-3607' }]]);
    expect(Testing.synth(chart)).toHaveLength(1);
  } finally {
    warned.mockRestore();
  }
});
