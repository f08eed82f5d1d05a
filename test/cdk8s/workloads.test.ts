import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Chart, Cron, Include, Testing } from 'cdk8s';
import * as plus28 from 'cdk8s-plus-28';
import * as plus34 from 'cdk8s-plus-34';
import { blue, checkout, containersOf, expectCheckout, workloadIn } from './support';
import { ProjectedTokens, WorkloadIdentity } from 'symbolon/cdk8s';

const newChart = (): Chart => new Chart(Testing.app(), 'shop', { namespace: 'shop' });
const attach = (chart: Chart, workload: ConstructorParameters<typeof Chart>[0]): WorkloadIdentity =>
  new WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue }).attachTo(workload);

type Plus = typeof plus34;
/** The two versions have the same constructors, as two types. */
const VERSIONS: readonly [string, Plus][] = [['28', plus28 as unknown as Plus], ['34', plus34]];

const containers = [{ name: 'first', image: 'shop/checkout:1.4', portNumber: 8080 }];
const initContainers = [{ name: 'init', image: 'shop/migrate:1.4' }];
const KINDS: { readonly [kind: string]: (plus: Plus, chart: Chart) => plus34.AbstractPod } = {
  Pod: (plus, chart) => new plus.Pod(chart, 'web', { containers, initContainers }),
  Deployment: (plus, chart) => new plus.Deployment(chart, 'web', { containers, initContainers }),
  StatefulSet: (plus, chart) => new plus.StatefulSet(chart, 'web', { containers, initContainers, service: new plus.Service(chart, 'service', { ports: [{ port: 80 }] }) }),
  DaemonSet: (plus, chart) => new plus.DaemonSet(chart, 'web', { containers, initContainers }),
  Job: (plus, chart) => new plus.Job(chart, 'web', { containers, initContainers }),
  CronJob: (plus, chart) => new plus.CronJob(chart, 'web', { containers, initContainers, schedule: Cron.hourly() }),
};

describe.each(VERSIONS)('cdk8s-plus-%s', (_version, plus) => {
  describe.each(Object.entries(KINDS))('%s', (kind, make) => {
    test.each(['before', 'after'])('containers that are added %s it is attached have the whole identity', when => {
      const chart = newChart();
      const workload = make(plus, chart);
      const addMore = (): void => {
        workload.addContainer({ name: 'second', image: 'shop/sidecar:2' });
        workload.addInitContainer({ name: 'init-second', image: 'shop/wait:1' });
      };
      if (when === 'before') addMore();
      attach(chart, workload);
      if (when === 'after') addMore();
      expectCheckout(workloadIn(chart, kind), ['first', 'second', 'init', 'init-second']);
    });
  });

  test('what the pod has of its own stays: volumes, mounts, variables and the refusal of the automounted token', () => {
    const chart = newChart();
    const pod = new plus.Pod(chart, 'web', { containers });
    pod.containers[0]?.mount('/data', plus.Volume.fromEmptyDir(chart, 'data', 'data'));
    pod.containers[0]?.env.addVariable('MODE', plus.EnvValue.fromValue('fast'));
    attach(chart, pod);
    const { spec } = workloadIn(chart, 'Pod');
    expect(spec).toMatchObject({ automountServiceAccountToken: false });
    expect(spec.volumes).toContainEqual({ name: 'data', emptyDir: {} });
    expect(spec.containers[0]?.volumeMounts).toContainEqual(expect.objectContaining({ mountPath: '/data', name: 'data' }));
    expect(spec.containers[0]?.env).toContainEqual({ name: 'MODE', value: 'fast' });
  });

  test('a pod that names the service account already is taken as it is', () => {
    const chart = newChart();
    const identity = new WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue });
    const account = plus.ServiceAccount.fromServiceAccountName(chart, 'account', identity.serviceAccountName, { namespaceName: 'shop' });
    identity.attachTo(new plus.Deployment(chart, 'web', { containers, serviceAccount: account }));
    expectCheckout(workloadIn(chart, 'Deployment'), ['first']);
  });
});

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'shop/checkout:1.4' }] } };

test.each<[string, (chart: Chart) => ApiObject]>([
  ['KubeDeployment of 28', chart => new plus28.k8s.KubeDeployment(chart, 'web', {
    spec: { selector: {}, template: { ...template, spec: { containers: [{ name: 'app', livenessProbe: { httpGet: { port: plus28.k8s.IntOrString.fromNumber(80) } } }] } } },
  })],
  ['KubeDeployment of 34', chart => new plus34.k8s.KubeDeployment(chart, 'web', { spec: { selector: {}, template } })],
  ['KubeCronJob', chart => new plus34.k8s.KubeCronJob(chart, 'web', { spec: { schedule: '@daily', jobTemplate: { spec: { template } } } })],
  ['KubePod', chart => new plus34.k8s.KubePod(chart, 'web', template)],
  ['ApiObject', chart => new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template } })],
  ['ReplicaSet', chart => new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind: 'ReplicaSet', spec: { template } })],
  ['template without metadata', chart => new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec: template.spec } } })],
])('an object that no cdk8s-plus made: %s', (_name, make) => {
  const chart = newChart();
  const object = make(chart);
  attach(chart, object);
  expectCheckout(workloadIn(chart, object.kind), ['app']);
});

/** What `helm template` printed. */
function included(chart: Chart, ...kinds: readonly string[]): Include {
  const file = join(Testing.app().outdir, 'helm.yaml');
  const documents = kinds.map((kind, i) => ({ apiVersion: 'v1', kind, metadata: { name: `release-${i}` }, ...(kind !== 'Service' && { spec: { template } }) }));
  writeFileSync(file, documents.map(document => JSON.stringify(document)).join('\n---\n'));
  return new Include(chart, 'helm', { url: file });
}

test('the only workload of an included file is found', () => {
  const chart = newChart();
  attach(chart, included(chart, 'Service', 'Deployment', 'Service'));
  expectCheckout(workloadIn(chart, 'Deployment'), ['app']);
});

test('of several workloads in an included file none gets the identity by accident: the one that is meant is named', () => {
  const chart = newChart();
  const helm = included(chart, 'Deployment', 'Job');
  const identity = new WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue });
  expect(() => identity.attachTo(helm)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION', message: expect.stringMatching(/shop\/helm\/release-0-deployment.*shop\/helm\/release-1-job/) }));
  for (const object of helm.apiObjects) if (object.kind === 'Job') identity.attachTo(object);
  expectCheckout(workloadIn(chart, 'Job'), ['app']);
  const bystander = workloadIn(chart, 'Deployment');
  expect(bystander.spec.serviceAccountName).toBeUndefined();
  expect(containersOf(bystander)[0]).toEqual({ name: 'app', image: 'shop/checkout:1.4' });
});

test.each(['ConfigMap', 'Rollout'])('a %s has no pods that can be reached', kind => {
  const chart = newChart();
  const object = new ApiObject(chart, 'thing', { apiVersion: 'v1', kind });
  expect(() => attach(chart, object)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION', message: expect.stringContaining('shop/thing: expected an object with pods') }));
});

test('objects of another copy of cdk8s are known by its mark', () => {
  let other = {} as typeof import('cdk8s');
  jest.isolateModules(() => {
    other = jest.requireActual<typeof import('cdk8s')>('cdk8s');
  });
  expect(other.ApiObject).not.toBe(ApiObject);
  const chart = new other.Chart(other.Testing.app(), 'shop');
  attach(chart, new other.ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template } }));
  expectCheckout(workloadIn(chart, 'Deployment'), ['app']);
});

describe('a List, as kubectl get -o yaml writes one', () => {
  const as = (serviceAccountName: string): object => ({ ...template, spec: { ...template.spec, serviceAccountName } });
  const list = (chart: Chart, ...names: readonly string[]): Include => {
    const file = join(Testing.app().outdir, 'list.yaml');
    const items = [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } }, ...names.map((name, i) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: `web-${i}` }, spec: { template: as(name) } }))];
    writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', metadata: { resourceVersion: '' }, items }));
    return new Include(chart, 'list', { url: file });
  };
  const refused = (...inside: readonly string[]): unknown => expect.objectContaining({
    code: 'ERR_INVALID_DEFINITION',
    issues: [expect.objectContaining({ code: 'workload/list', message: expect.stringMatching(new RegExp(`${inside.join('.*')}.*documents of their own`)) as string })],
  });

  test('is refused where one of its items is meant, with how it has to be written', () => {
    const chart = newChart();
    const identity = new WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue });
    const include = list(chart, 'checkout', 'other');
    expect(() => identity.attachTo(include)).toThrow(refused('Deployment/web-0', 'Deployment/web-1') as Error);
    expect(() => identity.attachTo(include, { workload: 'Deployment/web-1' })).toThrow(refused('Deployment/web-1') as Error);
    expect(() => identity.attachToAll(include)).toThrow(refused('Deployment/web-0') as Error);
    expect(() => identity.attachToAll(chart)).toThrow(refused('Deployment/web-0') as Error);
  });

  test('is in nobody\'s way where none is', () => {
    const chart = newChart();
    const identity = new WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue });
    list(chart, 'other');
    new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template: as('checkout') } });
    identity.attachToAll(chart);
    identity.attachTo(chart, { workload: 'Deployment/web' });
    expectCheckout(workloadIn(chart, 'Deployment'), ['app']);
  });
});

test.each<[unknown]>([[undefined], [null], ['Deployment/web'], [{ apiVersion: 'v1', kind: 'Pod' }]])('%j is no construct: an error with a code', value => {
  const chart = newChart();
  const identity = new WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue });
  const tokens = new ProjectedTokens(chart, 'tokens', { tokens: { payments: { audience: 'https://payments.example.com' } } });
  const refused = expect.objectContaining({ code: 'ERR_INVALID_DEFINITION', message: expect.stringContaining('expected a construct') as string }) as Error;
  expect(() => identity.attachTo(value as never)).toThrow(refused);
  expect(() => identity.attachToAll(value as never)).toThrow(refused);
  expect(() => tokens.attachTo(value as never)).toThrow(refused);
});

test('an object without a pod template is found when it is rendered, and in the way of nobody before', () => {
  const chart = newChart();
  const identity = new WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue });
  const object = new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } });
  expect(() => identity.attachToAll(chart)).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ code: 'workload/nobody' })] }));
  identity.attachTo(object);
  expect(() => chart.toJson()).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ code: 'workload/structure', path: 'shop/web: spec' })] }));
});
