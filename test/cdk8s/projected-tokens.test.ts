/** Tokens without an identity, in cdk8s; and warnings, which cdk8s has none of. */
import { ApiObject, Chart, Testing, YamlOutputType, App } from 'cdk8s';
import * as kplus from 'cdk8s-plus-34';
import { Construct } from 'constructs';
import { blue, checkout, deployment, podOf, render } from './support';
import { defineProjectedTokens } from 'symbolon';
import { ProjectedTokens, WorkloadIdentity } from 'symbolon/cdk8s';

const PAYMENTS = { audience: 'https://payments.example.com' };
const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
beforeEach(() => warned.mockClear());
const codes = (): readonly unknown[] => warned.mock.calls.map(([, options]) => (options as { readonly code?: string }).code);

const newChart = (): Chart => new Chart(Testing.app(), 'shop', { namespace: 'shop' });

test('the pods get the tokens, keep their service account, and no object is made', () => {
  const chart = newChart();
  const account = kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'somebody');
  const workload = new kplus.Deployment(chart, 'web', { containers: [{ image: 'web:1', securityContext: { ensureNonRoot: false } }], serviceAccount: account });
  new ProjectedTokens(chart, 'tokens', { tokens: { payments: PAYMENTS } }).attachTo(workload);
  workload.addContainer({ name: 'late', image: 'late:1' });
  const manifests = render(chart);
  expect(manifests.map(({ kind }) => kind)).toEqual(['Deployment']);
  const { spec } = podOf(manifests[0] ?? {});
  expect(spec.serviceAccountName).toBe('somebody');
  expect(spec.volumes).toContainEqual({ name: 'token-payments', projected: { sources: [{ serviceAccountToken: { audience: PAYMENTS.audience, expirationSeconds: 3600, path: 'token' } }] } });
  expect(spec.containers.map(({ env = [] }) => env.map(({ name }) => name))).toEqual([['PAYMENTS_TOKEN_FILE'], ['PAYMENTS_TOKEN_FILE']]);
  expect(codes()).toEqual([]);
});

test('what was defined before is taken as it is', () => {
  const definition = defineProjectedTokens({ tokens: { payments: PAYMENTS } });
  expect(new ProjectedTokens(newChart(), 'tokens', definition).definition).toBe(definition);
});

test('of several workloads in one construct the one that is named gets them, and no other', () => {
  const chart = newChart();
  const release = new Construct(chart, 'release');
  for (const name of ['web', 'worker']) {
    new ApiObject(release, name, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec: { template: { spec: { containers: [{ name: 'app', image: 'app:1' }] } } } });
  }
  const tokens = new ProjectedTokens(chart, 'tokens', { tokens: { payments: PAYMENTS } });
  expect(() => tokens.attachTo(release)).toThrow(/\{ workload: "<kind>\/<name>" \}/);
  expect(() => tokens.attachTo(release, { workloads: 'Deployment/web' } as never)).toThrow(/workloads: .*did you mean workload\?/);
  tokens.attachTo(release, { workload: 'Deployment/web' });
  expect(render(chart).map(manifest => podOf(manifest).spec.volumes?.length ?? 0)).toEqual([1, 0]);
});

describe('all in one construct', () => {
  const put = (scope: Construct, kind: string, name: string, spec: object): ApiObject => new ApiObject(scope, `${kind}-${name}`, { apiVersion: 'x/v1', kind, metadata: { name }, ...spec });
  const template = { spec: { serviceAccountName: 'web', containers: [{ name: 'app', image: 'app:1' }] } };
  const tokensIn = (chart: Chart) => new ProjectedTokens(chart, 'tokens', { tokens: { payments: PAYMENTS } });

  test('get them, whoever they run as, and nothing else does', () => {
    const chart = newChart();
    const release = new Construct(chart, 'release');
    put(release, 'Deployment', 'web', { spec: { template } });
    put(new Construct(release, 'inner'), 'CronJob', 'report', { spec: { jobTemplate: { spec: { template: { spec: { ...template.spec, serviceAccountName: 'other' } } } } } });
    put(release, 'ConfigMap', 'web', { data: {} });
    put(chart, 'Deployment', 'outside', { spec: { template } });
    const tokens = tokensIn(chart);
    expect(tokens.attachToAll(release)).toBe(tokens);
    const byName = Object.fromEntries(render(chart).map(manifest => [`${manifest.kind}/${manifest.metadata.name}`, manifest]));
    for (const name of ['Deployment/web', 'CronJob/report']) expect(podOf(byName[name] ?? {}).spec.volumes).toMatchObject([{ name: 'token-payments' }]);
    expect(podOf(byName['Deployment/outside'] ?? {}).spec).toEqual(template.spec);
    expect(byName['ConfigMap/web']).not.toHaveProperty('spec');
    expect(codes()).toEqual([]);
  });

  test('are at least one, and objects of their own', () => {
    const chart = newChart();
    put(chart, 'ConfigMap', 'web', { data: {} });
    const tokens = tokensIn(chart);
    expect(() => tokens.attachToAll(chart)).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ code: 'workload/kind', message: expect.stringMatching(/expected an object with pods.*got \["ConfigMap"\]/) as string })] }));
    put(chart, 'Deployment', 'web', { spec: { template } });
    new ApiObject(chart, 'list', { apiVersion: 'v1', kind: 'List', items: [{ kind: 'Job', metadata: { name: 'once' }, spec: { template } }] } as never);
    expect(() => tokens.attachToAll(chart)).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ code: 'workload/list' })] }));
  });
});

test('a mistake names the construct', () => {
  expect(() => new ProjectedTokens(newChart(), 'tokens', { tokens: { payments: { audience: '' } } })).toThrow(/^shop\/tokens: projected tokens: 1 error\n.*tokens\.payments\.audience/);
});

test.each([['before', true], ['after', false]])('%s an identity, of which they have the service account then', (_when, before) => {
  const chart = newChart();
  const workload = deployment(chart, 'web');
  const tokens = new ProjectedTokens(chart, 'tokens', { tokens: { audit: { audience: 'https://audit.example.com' } } });
  const identity = new WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue });
  if (before) tokens.attachTo(workload);
  identity.attachTo(workload);
  if (!before) tokens.attachTo(workload);
  const found = render(chart).find(({ kind }) => kind === 'Deployment');
  expect(podOf(found ?? {}).spec).toMatchObject({ serviceAccountName: 'checkout' });
  expect(podOf(found ?? {}).spec.volumes?.map(({ name }) => name)).toContain('token-audit');
  expect(codes()).toEqual([]);
});

test('two that want one name contradict each other', () => {
  const chart = newChart();
  const workload = deployment(chart, 'web');
  for (const id of ['one', 'two']) new ProjectedTokens(chart, id, { tokens: { payments: { audience: `https://${id}.example.com` } } }).attachTo(workload);
  expect(() => render(chart)).toThrow(/shop\/web: spec\.template\.spec\.volumes\[0\]: .*\[workload\/collision\]/);
});

test.each([[YamlOutputType.FILE_PER_CHART], [YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE]])('a warning is given once, whatever is written and how often (%s)', yamlOutputType => {
  const app = new App({ outdir: Testing.app().outdir, yamlOutputType });
  const chart = new Chart(app, 'shop');
  new ProjectedTokens(chart, 'tokens', { tokens: { payments: { ...PAYMENTS, containers: ['ap'] } } }).attachTo(deployment(chart, 'web', 'shop'));
  app.synth();
  app.synth();
  expect([...codes()].sort()).toEqual(['workload/default-account', 'workload/no-container']);
  expect(warned.mock.calls.map(([message]) => message)).toContainEqual(expect.stringMatching(/^shop\/web: .*expected a container named ap.*did you mean app\?$/));
});
