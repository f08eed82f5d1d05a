/** Workloads and service accounts that others made: inside Helm charts and Includes, and classes of `cdk8s import`. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Chart, Helm, Include, Testing, type App } from 'cdk8s';
import * as plus from 'cdk8s-plus-34';
import { Construct } from 'constructs';
import { blue, checkout, containersOf, deployment, expectCheckout, podOf, render, west, workloadIn, type Manifest } from './support';
import { defineWorkloadIdentity, type WorkloadIdentityDefinition } from 'symbolon';
import { WorkloadIdentity, type AttachOptions } from 'symbolon/cdk8s';

const template = (serviceAccountName?: string) => ({ metadata: { labels: { app: 'web' } }, spec: { ...(serviceAccountName !== undefined && { serviceAccountName }), containers: [{ name: 'app', image: 'web:1' }] } });
const workload = (kind: string, name: string, serviceAccountName?: string, metadata: object = {}) =>
  ({ apiVersion: kind.endsWith('Job') ? 'batch/v1' : 'apps/v1', kind, metadata: { name, ...metadata }, spec: kind === 'CronJob' ? { jobTemplate: { spec: { template: template(serviceAccountName) } } } : { template: template(serviceAccountName) } });
const serviceAccount = (name: string, metadata: object = {}, fields: object = {}) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, ...metadata }, ...fields });

const newChart = (app: App = Testing.app()): Chart => new Chart(app, 'shop');

/** A chart as `helm template` prints it, by a program that stands in for helm. */
function helm(chart: Construct, documents: readonly object[], id = 'release'): Helm {
  const program = join(Testing.app().outdir, 'helm');
  writeFileSync(program, `#!/bin/sh\ncat <<'END'\n${documents.map(document => JSON.stringify(document)).join('\n---\n')}\nEND\n`);
  chmodSync(program, 0o755);
  return new Helm(chart, id, { chart: './chart', helmExecutable: program });
}

function include(chart: Construct, documents: readonly object[], id = 'release'): Include {
  const file = join(Testing.app().outdir, 'release.yaml');
  writeFileSync(file, documents.map(document => JSON.stringify(document)).join('\n---\n'));
  return new Include(chart, id, { url: file });
}

const identityIn = (chart: Chart, definition: WorkloadIdentityDefinition = checkout, cluster = blue): WorkloadIdentity => new WorkloadIdentity(chart, 'identity', { definition, cluster });
const untouched = (manifest: Manifest | undefined): void => expect(containersOf(podOf(manifest ?? {}))).toEqual([{ name: 'app', image: 'web:1' }]);
const named = (chart: Chart, kind: string, name: string): Manifest | undefined =>
  render(chart).find(manifest => manifest.kind === kind && manifest.metadata.name === name);

const RELEASE = [
  workload('Deployment', 'web', 'checkout'), workload('Deployment', 'worker', 'other'), workload('StatefulSet', 'web'), workload('CronJob', 'report', 'checkout', { labels: { part: 'batch' } }),
  workload('Job', 'migrate', 'checkout', { namespace: 'back' }),
];

describe.each([['a Helm chart', helm], ['an Include', include]])('inside %s', (_what, make) => {
  test.each<[string, NonNullable<AttachOptions['workload']>, string, string]>([
    ['kind and name', 'Deployment/web', 'Deployment', 'web'],
    ['another kind of the name', 'StatefulSet/web', 'StatefulSet', 'web'],
    ['kind and name as fields', { kind: 'CronJob', name: 'report' }, 'CronJob', 'report'],
    ['a kind that is there once', { kind: 'CronJob' }, 'CronJob', 'report'],
    ['labels', { labels: { part: 'batch' } }, 'CronJob', 'report'],
  ])('a workload is found by %s, and no other is touched', (_how, choice, kind, name) => {
    const chart = newChart();
    identityIn(chart).attachTo(make(chart, RELEASE), { workload: choice });
    expectCheckout(podOf(named(chart, kind, name) ?? {}), ['app']);
    const others = RELEASE.filter(each => each.kind !== kind || each.metadata.name !== name);
    for (const other of others) untouched(named(chart, other.kind, other.metadata.name));
  });

  test.each<[string, NonNullable<AttachOptions['workload']> | undefined, string, RegExp]>([
    ['of several none is named', undefined, 'workload/kind', /got \["Deployment\/web \(shop\/release\/web-deployment\).*say which one/],
    ['nothing is called so', 'Deployment/wep', 'workload/kind', /expected one of Deployment\/web .*, Deployment\/worker .*got "Deployment\/wep"/],
    ['two are', { kind: 'Deployment' }, 'workload/kind', /got \["shop\/release\/web-deployment","shop\/release\/worker-deployment"\]; say more/],
    ['a name without its kind', 'web', 'workload/selector', /"<kind>\/<name>"/],
    ['a kind that is none', 'Deploiment/web', 'workload/selector', /did you mean Deployment/],
    ['nothing at all', {}, 'workload/selector', /kind, name, namespace or labels/],
    ['of a namespace that has none', { kind: 'Job', namespace: 'front' }, 'workload/kind', /expected one of/],
  ])('where %s, the finding lists what is there', (_how, choice, code, says) => {
    const chart = newChart();
    const release = make(chart, RELEASE);
    expect(() => identityIn(chart).attachTo(release, choice === undefined ? {} : { workload: choice })).toThrow(expect.objectContaining({
      code: 'ERR_INVALID_DEFINITION', issues: [expect.objectContaining({ code, message: expect.stringMatching(says) as string })],
    }));
  });

  test('all that run as the service account get the identity, those of another namespace and name do not', () => {
    const chart = newChart();
    identityIn(chart).attachToAll(make(chart, RELEASE));
    expectCheckout(podOf(named(chart, 'Deployment', 'web') ?? {}), ['app']);
    expectCheckout(podOf(named(chart, 'CronJob', 'report') ?? {}), ['app']);
    for (const [kind, name] of [['Deployment', 'worker'], ['StatefulSet', 'web'], ['Job', 'migrate']] as const) untouched(named(chart, kind, name));
  });

  test('where nobody runs as it, the finding says as whom they run', () => {
    const chart = newChart();
    const release = make(chart, [workload('Deployment', 'worker', 'other'), workload('StatefulSet', 'web')]);
    expect(() => identityIn(chart).attachToAll(release)).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ code: 'workload/nobody', message: expect.stringMatching(/shop\/checkout.*Deployment\/worker as other","StatefulSet\/web as default/) as string })] }));
  });

  test('the service account comes before the workload', () => {
    const chart = newChart();
    const release = make(chart, RELEASE);
    identityIn(chart).attachTo(release, { workload: 'Deployment/web' });
    const kinds = render(chart).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(kinds.indexOf('ServiceAccount/checkout')).toBeLessThan(kinds.indexOf('Deployment/web'));
  });
});

const elsewhere = defineWorkloadIdentity({ name: 'checkout', runsAs: [{ namespace: 'shop', create: false }], clusters: [blue], trustedBy: { aws: {} }, labels: { team: 'shop' } });
const ROLE = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/checkout' };

describe('a service account that somebody else makes', () => {
  test.each<[string, (chart: Chart) => Construct]>([
    ['a Helm chart', chart => helm(chart, [serviceAccount('checkout', { annotations: { note: 'x' } }, { automountServiceAccountToken: true }), workload('Deployment', 'web', 'checkout')])],
    ['an Include', chart => include(chart, [workload('Deployment', 'web', 'checkout'), serviceAccount('checkout', { namespace: 'shop', annotations: { note: 'x' } }, { automountServiceAccountToken: true })])],
    ['cdk8s import', chart => {
      const scope = new Construct(chart, 'scope');
      new plus.k8s.KubeDeployment(scope, 'web', { metadata: { name: 'web' }, spec: { selector: {}, template: template('checkout') } });
      new plus.k8s.KubeServiceAccount(scope, 'account', { metadata: { name: 'checkout', annotations: { note: 'x' } }, automountServiceAccountToken: true });
      return scope;
    }],
  ])('by %s gets what its pods need, keeps its own, and comes before them', (_who, make) => {
    const chart = newChart();
    identityIn(chart, elsewhere).attachToAll(make(chart));
    for (let i = 0; i < 2; i++) {
      const accounts = render(chart).filter(({ kind }) => kind === 'ServiceAccount');
      expect(accounts).toEqual([expect.objectContaining({
        automountServiceAccountToken: true, metadata: expect.objectContaining({ name: 'checkout', namespace: 'shop', labels: { team: 'shop' }, annotations: expect.objectContaining({ note: 'x', ...ROLE }) as object }) as object,
      })]);
      const kinds = render(chart).map(({ kind }) => kind);
      expect(kinds.indexOf('ServiceAccount')).toBeLessThan(kinds.indexOf('Deployment'));
    }
  });

  test('is found without a workload, and where the workload is in a chart of its own', () => {
    const alone = newChart();
    identityIn(alone, elsewhere);
    new ApiObject(alone, 'account', serviceAccount('checkout'));
    expect(named(alone, 'ServiceAccount', 'checkout')?.metadata.annotations).toMatchObject(ROLE);

    const app = Testing.app();
    const [chart, other, third] = [newChart(app), new Chart(app, 'release'), new Chart(app, 'stranger')] as [Chart, Chart, Chart];
    for (const each of [other, third]) new ApiObject(each, 'account', serviceAccount('checkout'));
    identityIn(chart, elsewhere).attachTo(deployment(other, 'web'));
    app.synth();
    expect(named(other, 'ServiceAccount', 'checkout')?.metadata.annotations).toMatchObject(ROLE);
    expect(named(third, 'ServiceAccount', 'checkout')?.metadata.annotations).toBeUndefined();
  });

  test.each<[string, object]>([
    ['another name', serviceAccount('other')], ['another namespace', serviceAccount('checkout', { namespace: 'back' })],
  ])('of %s is left alone', (_what, account) => {
    const chart = newChart();
    identityIn(chart, elsewhere);
    include(chart, [account]);
    expect(render(chart).filter(({ kind }) => kind === 'ServiceAccount')).toEqual([account]);
  });

  test('that says something else contradicts the identity: a finding, whatever is rendered', () => {
    const chart = newChart();
    identityIn(chart, elsewhere);
    helm(chart, [serviceAccount('checkout', { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/other' } })]);
    expect(() => render(chart)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION', issues: [expect.objectContaining({ code: 'account/collision', message: expect.stringContaining('role/checkout') as string })] }));
  });

  test('that the identity makes too would be there twice: a finding that says who', () => {
    const chart = newChart();
    identityIn(chart);
    helm(chart, [serviceAccount('checkout')]);
    expect(() => render(chart)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION', issues: [expect.objectContaining({ code: 'identity/owned-twice', message: expect.stringMatching(/shop\/release\/checkout-serviceaccount.*create: false/) as string })] }));
  });

  test('whose annotation waits for a fact that nobody gives: the fact is named, but only where the account is here', () => {
    const definition = defineWorkloadIdentity({ name: 'checkout', runsAs: [{ namespace: 'shop', create: false }], clusters: [west], trustedBy: { azure: { resourceGroup: 'shop', location: 'westeurope', subscriptionId: '0f1e2d3c-4b5a-4978-8899-aabbccddeeff' } } });
    const chart = newChart();
    identityIn(chart, definition, west);
    expect(render(chart)).toEqual([]);
    const other = newChart();
    identityIn(other, definition, west);
    include(other, [serviceAccount('checkout')]);
    expect(() => render(other)).toThrow(expect.objectContaining({ code: 'ERR_MISSING_FACT' }));
  });
});

test('two identities that want the same place in one pod are a finding', () => {
  const tokens = (audience: string) => ({ payments: { audience } });
  const first = defineWorkloadIdentity({ name: 'checkout', namespace: 'shop', clusters: [blue], tokens: tokens('https://a.example.com') });
  const second = defineWorkloadIdentity({ name: 'ledger', runsAs: [{ namespace: 'shop', serviceAccount: 'checkout', create: false }], clusters: [blue], tokens: tokens('https://b.example.com') });
  const chart = newChart();
  const web = deployment(chart, 'web');
  new WorkloadIdentity(chart, 'first', { definition: first, cluster: blue }).attachTo(web);
  new WorkloadIdentity(chart, 'second', { definition: second, cluster: blue }).attachTo(web);
  expect(() => workloadIn(chart, 'Deployment')).toThrow(expect.objectContaining({ issues: expect.arrayContaining([expect.objectContaining({ code: 'workload/collision' })]) as unknown[] }));
});

describe('an object that an identity and somebody else make', () => {
  const rbac = [{ read: ['pods'] }, { read: ['nodes'], clusterWide: true }] as const;
  const definition = defineWorkloadIdentity({ name: 'checkout', namespace: 'shop', clusters: [blue], rbac });
  const role = (kind: string, metadata: object, version = 'v1') => ({ apiVersion: `rbac.authorization.k8s.io/${version}`, kind, metadata: { name: 'checkout', ...metadata } });
  const ofIdentity = (kind: string): string => {
    const chart = newChart();
    identityIn(chart, definition);
    return render(chart).find(manifest => manifest.kind === kind)?.metadata.name ?? '';
  };

  test.each([
    ['Role', { namespace: 'shop' }, 'v1'], ['RoleBinding', { namespace: 'shop' }, 'v1'], ['Role', {}, 'v1'], ['Role', { namespace: 'shop' }, 'v1beta1'],
    ['ClusterRole', {}, 'v1'], ['ClusterRoleBinding', {}, 'v1'],
  ])('a %s with %j of %s is a finding that says who, before or after', (kind, metadata, version) => {
    for (const first of [true, false]) {
      const chart = newChart();
      if (first) identityIn(chart, definition);
      include(chart, [role(kind, { ...metadata, name: ofIdentity(kind) }, version)]);
      if (!first) identityIn(chart, definition);
      expect(() => render(chart)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION', issues: [expect.objectContaining({ code: 'identity/owned-twice', message: expect.stringMatching(/shop\/release\//) as string })] }));
    }
  });

  test('all of them at once', () => {
    const chart = newChart();
    identityIn(chart, definition);
    include(chart, ['Role', 'RoleBinding'].map(kind => role(kind, { namespace: 'shop' })));
    expect(() => render(chart)).toThrow(expect.objectContaining({ issues: [expect.anything(), expect.anything()] }));
  });

  test.each([
    ['in another namespace', role('Role', { namespace: 'back' })], ['of another name', role('Role', { name: 'other', namespace: 'shop' })],
    ['of another group', { apiVersion: 'example.com/v1', kind: 'Role', metadata: { name: 'checkout', namespace: 'shop' } }],
  ])('one %s is none of ours', (_what, manifest) => {
    const chart = newChart();
    identityIn(chart, definition);
    include(chart, [manifest]);
    expect(render(chart)).toContainEqual(manifest);
  });

  test('in another chart, which may be for another cluster, it is none of ours', () => {
    const app = Testing.app();
    identityIn(newChart(app), definition);
    const other = new Chart(app, 'other');
    include(other, [role('Role', { namespace: 'shop' })]);
    expect(render(other)).toHaveLength(1);
  });
});
