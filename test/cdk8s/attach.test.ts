import { readdirSync } from 'node:fs';
import { Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { blue, checkout, deployment, everywhere, expectCheckout, podOf, render, workloadIn } from './support';
import { defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

const newChart = (): Chart => new Chart(Testing.app(), 'shop');

describe('which service account a workload runs as', () => {
  const choose = (namespace: string | undefined, as?: string): string | undefined => {
    const chart = newChart();
    const workload = deployment(chart, 'web', namespace);
    new WorkloadIdentity(chart, 'identity', { definition: everywhere, cluster: blue }).attachTo(workload, as === undefined ? {} : { as });
    const [found] = render(chart).filter(manifest => manifest.kind === 'Deployment');
    return `${found?.metadata.namespace ?? ''}/${podOf(found ?? {}).spec.serviceAccountName ?? ''}`;
  };

  test.each([
    ['the only one in its namespace', 'shop', undefined, 'shop/reports'],
    ['the one that is named', 'back', 'worker', 'back/worker'],
    ['one that is made elsewhere', 'back', 'sweeper', 'back/sweeper'],
    ['the one that is named with its namespace', undefined, 'back/worker', 'back/worker'],
  ])('%s', (_what, namespace, as, expected) => expect(choose(namespace, as)).toBe(expected));

  test.each([['back', undefined], [undefined, undefined], ['shop', 'nobody']])('of namespace %s as %s: the choices are named', (namespace, as) => {
    expect(() => choose(namespace, as)).toThrow(expect.objectContaining({
      code: 'ERR_INVALID_DEFINITION', message: expect.stringMatching(/^shop\/identity: .*\n.*shop\/web: expected one of .*shop\/reports, back\/worker, back\/sweeper.*as:.*\[workload\/choice\]/),
    }));
  });
});

describe('order', () => {
  const kindsOf = (chart: Chart): readonly string[] => render(chart).map(({ kind, metadata }) => `${kind} ${metadata.name}`);

  test('a service account comes before the workloads that were there first', () => {
    const chart = newChart();
    const workloads = ['web', 'worker'].map(id => deployment(chart, id));
    const identity = new WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue });
    workloads.forEach(workload => identity.attachTo(workload));
    const kinds = kindsOf(chart);
    expect(kinds.indexOf('ServiceAccount checkout')).toBeLessThan(kinds.indexOf('Deployment web'));
    expect(kinds.indexOf('ServiceAccount checkout')).toBeLessThan(kinds.indexOf('Deployment worker'));
  });

  test('between charts nothing is ordered: files keep their names, and identities may cross', () => {
    const app = Testing.app();
    const [one, two] = [new Chart(app, 'one'), new Chart(app, 'two')];
    const other = defineWorkloadIdentity({ name: 'other', namespace: 'shop', clusters: [blue] });
    new WorkloadIdentity(one, 'identity', { definition: checkout, cluster: blue }).attachTo(deployment(two, 'web'));
    new WorkloadIdentity(two, 'identity', { definition: other, cluster: blue }).attachTo(deployment(one, 'other'));
    app.synth();
    expect(readdirSync(app.outdir).filter(file => file.endsWith('.yaml')).sort()).toEqual(['one.k8s.yaml', 'two.k8s.yaml']);
  });

  test('a dependency is made where the order of the tree is the wrong one, and nowhere else', () => {
    const chart = newChart();
    const group = new Construct(chart, 'group');
    const before = Array.from({ length: 30 }, (_, i) => deployment(group, `before-${i}`));
    const identity = new WorkloadIdentity(group, 'identity', { definition: checkout, cluster: blue });
    const after = Array.from({ length: 30 }, (_, i) => deployment(group, `after-${i}`));
    [...before, ...after].forEach(workload => identity.attachTo(workload));
    for (let i = 0; i < 2; i++) render(chart);
    const [account] = identity.node.children;
    expect(before.map(workload => workload.node.dependencies)).toEqual(before.map(() => [account]));
    expect(after.flatMap(workload => workload.node.dependencies)).toEqual([]);
    expect(identity.node.findAll().flatMap(construct => construct.node.dependencies)).toEqual([]);
  });

  test('what is attached between two syntheses is ordered by the second', () => {
    const chart = newChart();
    const workload = deployment(chart, 'web');
    const identity = new WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue });
    render(chart);
    identity.attachTo(workload);
    expect(kindsOf(chart).slice(0, 2)).toEqual(['ServiceAccount checkout', 'Deployment web']);
  });
});

describe('two identities on one pod', () => {
  const ledger = defineWorkloadIdentity({
    name: 'ledger', runsAs: [{ namespace: 'shop', serviceAccount: 'checkout', create: false }], clusters: [blue], tokens: { ledger: { audience: 'https://ledger.example.com' } },
  });

  test('of one service account: it has the tokens of both', () => {
    const chart = newChart();
    const workload = deployment(chart, 'web');
    new WorkloadIdentity(chart, 'first', { definition: checkout, cluster: blue }).attachTo(workload).attachTo(workload);
    new WorkloadIdentity(chart, 'second', { definition: ledger, cluster: blue }).attachTo(workload);
    const pod = workloadIn(chart, 'Deployment');
    expectCheckout(pod, ['app']);
    expect(pod.spec.volumes?.map(({ name }) => name)).toEqual(['aws-iam-token', 'token-payments', 'kubernetes-api', 'token-ledger']);
  });

  test('of two service accounts: a finding', () => {
    const chart = newChart();
    const workload = deployment(chart, 'web');
    const stranger = defineWorkloadIdentity({ name: 'stranger', namespace: 'shop', clusters: [blue] });
    new WorkloadIdentity(chart, 'first', { definition: checkout, cluster: blue }).attachTo(workload);
    new WorkloadIdentity(chart, 'second', { definition: stranger, cluster: blue }).attachTo(workload);
    expect(() => render(chart)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION', message: expect.stringContaining('[workload/service-account]') }));
  });
});
