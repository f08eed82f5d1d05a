import { readdirSync } from 'node:fs';
import { ApiObject, Chart, Testing, YamlOutputType } from 'cdk8s';
import type { Construct } from 'constructs';
import { blue, checkout, deployment, expectCheckout, render, workloadIn } from './support';
import { defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

const pod = (container: object, spec: object = {}): object => ({ spec: { template: { spec: { containers: [{ name: 'app', ...container }], ...spec } } } });

const CONTRADICTIONS: readonly [string, object, string][] = [
  ['another service account', pod({}, { serviceAccountName: 'other' }), 'workload/service-account'],
  ['another namespace', { metadata: { namespace: 'back' }, ...pod({}) }, 'workload/namespace'],
  ['a volume of the name', pod({}, { volumes: [{ name: 'aws-iam-token', emptyDir: {} }] }), 'workload/collision'],
  ['another mount at the path', pod({ volumeMounts: [{ name: 'x', mountPath: '/var/run/secrets/symbolon/payments' }] }), 'workload/collision'],
  ['another value of the variable', pod({ env: [{ name: 'AWS_ROLE_ARN', value: 'other' }] }), 'workload/collision'],
];

function contradict(scope: Construct, id: string, manifest: object): void {
  const workload = new ApiObject(scope, id, { apiVersion: 'apps/v1', kind: 'Deployment', ...manifest });
  const definition = defineWorkloadIdentity({ ...checkout, name: id, runsAs: [{ namespace: 'shop', serviceAccount: id }] });
  new WorkloadIdentity(scope, `${id}-identity`, { definition, cluster: blue }).attachTo(workload);
}

test.each(CONTRADICTIONS)('a workload with %s says so with a code, and is never rendered', (_what, manifest, code) => {
  const chart = new Chart(Testing.app(), 'shop');
  contradict(chart, 'web', manifest);
  const issue = expect.objectContaining({ code, message: expect.stringMatching(/^shop\/web: (meta|spec)/) as string });
  const refusal = expect.objectContaining({ code: 'ERR_INVALID_DEFINITION', issues: expect.arrayContaining([issue]) as unknown[] });
  expect(() => render(chart)).toThrow(refusal);
  expect(() => Testing.synth(chart)).toThrow(refusal);
  expect(() => chart.apiObjects.map(object => object.toJson() as object)).toThrow(refusal);
});

test.each(
  ['FILE_PER_APP', 'FILE_PER_CHART', 'FILE_PER_RESOURCE', 'FOLDER_PER_CHART_FILE_PER_RESOURCE'] as const,
)('of several that contradict themselves all are named, and nothing at all is written: %s', type => {
  const app = Testing.app({ yamlOutputType: YamlOutputType[type] });
  const good = new Chart(app, 'a-good');
  new WorkloadIdentity(good, 'identity', { definition: checkout, cluster: blue }).attachTo(deployment(good, 'web'));
  // With a folder for every chart, the objects of one chart are written one after the other.
  const bad = type === 'FOLDER_PER_CHART_FILE_PER_RESOURCE' ? good : new Chart(app, 'b-bad');
  CONTRADICTIONS.forEach(([, manifest], i) => contradict(bad, `bad-${i}`, manifest));
  const paths = CONTRADICTIONS.map((_, i) => expect.objectContaining({ path: expect.stringContaining(`/bad-${i}: `) as string }) as unknown);
  expect(() => app.synth()).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION', issues: paths }));
  expect(readdirSync(app.outdir)).toEqual([]);
});

/** Two charts, so that cdk8s writes one before it renders the other. */
function twoCharts(): readonly [Chart, () => void] {
  const app = Testing.app();
  const chart = new Chart(app, 'shop');
  new Chart(app, 'other');
  return [chart, () => app.synth()];
}

test('what is put right is rendered then', () => {
  const [chart, synth] = twoCharts();
  const workload = deployment(chart, 'web', 'back');
  new WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue }).attachTo(workload);
  expect(synth).toThrow(/workload\/namespace/);
  Object.assign(workload.metadata, { namespace: 'shop' });
  expect(synth).not.toThrow();
  expectCheckout(workloadIn(chart, 'Deployment'), ['app']);
});

test('what goes wrong after all was found to be right is found', () => {
  const [chart, synth] = twoCharts();
  const workload = deployment(chart, 'web');
  new WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue }).attachTo(workload);
  synth();
  Object.assign(workload.metadata, { namespace: 'back' });
  expect(synth).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION' }));
});

test('an object is rendered once, and once more to look ahead where the output comes in parts', () => {
  const renderings = (charts: number): number => {
    const app = Testing.app();
    const [chart] = Array.from({ length: charts }, (_, i) => new Chart(app, `chart-${i}`)) as [Chart];
    const workload = deployment(chart, 'web');
    const toJson = jest.spyOn(workload, 'toJson');
    new WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue }).attachTo(workload);
    app.synth();
    return toJson.mock.calls.length;
  };
  expect([1, 2, 10].map(renderings)).toEqual([1, 2, 2]);
});

test('two identities in one pod that want one variable are told that it may be the other\'s', () => {
  const chart = new Chart(Testing.app(), 'shop');
  const workload = deployment(chart, 'web');
  for (const [name, create] of [['a', true], ['b', false]] as const) {
    const definition = { name, runsAs: [{ namespace: 'shop', serviceAccount: 'checkout', create }], clusters: [blue], trustedBy: { aws: { injection: 'explicit' as const } } };
    new WorkloadIdentity(chart, name, { definition, cluster: blue }).attachTo(workload);
  }
  expect(() => chart.toJson()).toThrow(/AWS_ROLE_ARN.*role\/b.*, got .*role\/a.*if another identity put it there, attach one of the two alone/);
});
