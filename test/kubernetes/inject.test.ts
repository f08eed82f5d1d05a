import fc from 'fast-check';
import { Findings, type Issue } from '../../src/core/issues';
import { inject } from '../../src/kubernetes/inject';
import type { PodInjection, PodRule } from '../../src/kubernetes/injection';
import { identityArb } from '../support/arbitraries';
import { SENTENCE } from '../support/definitions';
import { defineWorkloadIdentity, inject as injectOrThrow, planWorkloadIdentities, type PlannedInjection } from 'symbolon';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Data = { readonly [key: string]: any };

const volume = { name: 'token-payments', projected: { sources: [{ serviceAccountToken: { audience: 'payments', expirationSeconds: 900, path: 'token' } }] } };
const injection: PodInjection = {
  namespace: 'shop',
  serviceAccountName: 'checkout',
  labels: { 'azure.workload.identity/use': 'true' },
  annotations: { 'example.com/a': 'b' },
  volumes: [volume],
  mounts: [{ name: 'token-payments', mountPath: '/tokens/payments', readOnly: true }],
  env: [{ name: 'PAYMENTS', value: '/tokens/payments/token' }],
};
const env = { name: 'PAYMENTS', value: '/tokens/payments/token' };
const mount = { name: 'token-payments', mountPath: '/tokens/payments', readOnly: true };

function run(manifest: unknown, what: PodInjection = injection): { out: Data; found: readonly Issue[] } {
  const findings = new Findings();
  return { out: inject(manifest as object, what, findings.report) as Data, found: findings.all };
}
const pod = (spec: object, metadata?: object): Data => ({ apiVersion: 'v1', kind: 'Pod', ...(metadata && { metadata }), spec });
/** With a volume for each of its mounts that are not ours. */
const app = (fields: Data = {}): Data =>
  pod({ ...(fields.volumeMounts?.[0].name === 'x' && { volumes: [{ name: 'x', emptyDir: {} }] }), containers: [{ name: 'app', ...fields }] });
/** Whether all of the user's is in there, its lists at their beginnings. A key without a value holds nothing. */
function holds(out: unknown, user: unknown): boolean {
  if (typeof user !== 'object' || user === null) return user === null || out === user;
  if (Array.isArray(user)) return Array.isArray(out) && user.every((item, i) => holds(out[i], item));
  return Object.entries(user).every(([key, value]) => holds((out as Data | undefined)?.[key], value));
}
const codesOf = (manifest: unknown): readonly string[] => run(manifest).found.map(({ code, path }) => `${code} ${path}`);

test.each<[string, (template: Data) => Data, (out: Data) => Data]>([
  ['Pod', template => ({ kind: 'Pod', ...template }), out => out],
  ['PodTemplate', template => ({ kind: 'PodTemplate', template }), out => out.template as Data],
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job'].map((kind): [string, (template: Data) => Data, (out: Data) => Data] => [kind, template => ({ kind, spec: { template } }), out => out.spec.template as Data]),
  ['CronJob', template => ({ kind: 'CronJob', spec: { jobTemplate: { spec: { template } } } }), out => out.spec.jobTemplate.spec.template as Data],
])('a %s gets everything in its pod template, in every container, and its namespace', (_kind, wrap, templateOf) => {
  const { out, found } = run(wrap({ spec: { containers: [{ name: 'app', image: 'a' }, { name: 'sidecar' }], initContainers: [{ name: 'init' }] } }));
  expect(found).toEqual([]);
  expect(out.metadata).toMatchObject({ namespace: 'shop' });
  expect(templateOf(out).metadata).toMatchObject({ labels: injection.labels, annotations: injection.annotations });
  expect(templateOf(out).spec).toEqual({
    serviceAccountName: 'checkout',
    volumes: [volume],
    containers: [{ name: 'app', image: 'a', env: [env], volumeMounts: [mount] }, { name: 'sidecar', env: [env], volumeMounts: [mount] }],
    initContainers: [{ name: 'init', env: [env], volumeMounts: [mount] }],
  });
});

test('what the pod has already stays, in its order, and ours comes after it', () => {
  const own = pod({
    restartPolicy: 'Never',
    volumes: [{ name: 'data', emptyDir: {} }],
    containers: [{ name: 'app', env: [{ name: 'A', value: '1' }], volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
  }, { name: 'web', labels: { app: 'web' }, annotations: { note: 'x' } });
  expect(run(own).out).toEqual(pod({
    restartPolicy: 'Never',
    serviceAccountName: 'checkout',
    volumes: [{ name: 'data', emptyDir: {} }, volume],
    containers: [{ name: 'app', env: [{ name: 'A', value: '1' }, env], volumeMounts: [{ name: 'data', mountPath: '/data' }, mount] }],
  }, { name: 'web', namespace: 'shop', labels: { app: 'web', ...injection.labels }, annotations: { note: 'x', ...injection.annotations } }));
});

test('an injection of nothing but a service account adds nothing else', () => {
  const bare: PodInjection = { namespace: 'shop', serviceAccountName: 'checkout', labels: {}, annotations: {}, volumes: [], mounts: [], env: [] };
  expect(run(app(), bare).out).toEqual({ apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'shop' }, spec: { serviceAccountName: 'checkout', containers: [{ name: 'app' }] } });
});

test('a mount for containers that the pod does not have is a warning, with the name that is most likely meant', () => {
  const scoped = (...containers: string[]): PodInjection => ({ ...injection, mounts: [{ name: 'token-payments', mountPath: '/tokens/payments', readOnly: true, containers }] });
  const { found } = run(app(), scoped('ap'));
  expect(found).toEqual([expect.objectContaining({ code: 'workload/no-container', severity: 'warning', message: expect.stringMatching(/named ap, .*got \["app"\]; did you mean app\?$/) as string })]);
  expect(run(app(), scoped('sidecar')).found).toEqual([expect.objectContaining({ message: expect.stringContaining('correct the name') as string })]);
  expect(run(app(), scoped('sidecar', 'app')).found).toEqual([expect.objectContaining({ code: 'workload/no-container', message: expect.stringMatching(/named sidecar, /) as string })]);
  expect(run(app(), scoped('app')).found).toEqual([]);
  expect(run(pod({ initContainers: [{ name: 'init' }], containers: [{ name: 'app' }] }), scoped('init')).found).toEqual([]);
});

test('a part for some containers goes to these only', () => {
  const { out } = run(pod({ containers: [{ name: 'app' }, { name: 'sidecar' }] }), { ...injection, mounts: injection.mounts.map(each => ({ ...each, containers: ['sidecar'] })), env: [{ ...env, containers: ['app', 'other'] }] });
  expect(out.spec.containers).toEqual([{ name: 'app', env: [env] }, { name: 'sidecar', volumeMounts: [mount] }]);
});

test.each<[string, Data, string]>([
  ['another service account', pod({ serviceAccountName: 'other', containers: [{ name: 'app' }] }), 'workload/service-account spec.serviceAccountName'],
  ['another service account under the old name of the field', pod({ serviceAccount: 'other', containers: [{ name: 'app' }] }), 'workload/service-account spec.serviceAccount'],
  ['another namespace', pod({ containers: [{ name: 'app' }] }, { namespace: 'other' }), 'workload/namespace metadata.namespace'],
  ['another value of our label', pod({ containers: [{ name: 'app' }] }, { labels: { 'azure.workload.identity/use': 'false' } }), 'workload/collision metadata.labels["azure.workload.identity/use"]'],
  ['our label without quotes, which is a truth value', pod({ containers: [{ name: 'app' }] }, { labels: { 'azure.workload.identity/use': true } }), 'workload/collision metadata.labels["azure.workload.identity/use"]'],
  ['our label without a value', pod({ containers: [{ name: 'app' }] }, { labels: { 'azure.workload.identity/use': '' } }), 'workload/collision metadata.labels["azure.workload.identity/use"]'],
  ['another value of our annotation', pod({ containers: [{ name: 'app' }] }, { annotations: { 'example.com/a': 'c' } }), 'workload/collision metadata.annotations["example.com/a"]'],
  ['another volume of our name', pod({ volumes: [{ name: 'token-payments', emptyDir: {} }], containers: [{ name: 'app' }] }), 'workload/collision spec.volumes[0]'],
  ['another value of our variable', app({ env: [{ name: 'A' }, { name: 'PAYMENTS', value: 'x' }] }), 'workload/collision spec.containers[0].env[1]'],
  ['our variable from elsewhere', app({ env: [{ name: 'PAYMENTS', valueFrom: { fieldRef: {} } }] }), 'workload/collision spec.containers[0].env[0]'],
  ['another mount in our place', app({ volumeMounts: [{ name: 'x', mountPath: '/tokens/payments' }] }), 'workload/collision spec.containers[0].volumeMounts[0]'],
  ['another mount in our place, written otherwise', app({ volumeMounts: [{ name: 'x', mountPath: '/tokens//payments/' }] }), 'workload/collision spec.containers[0].volumeMounts[0]'],
  ['a mount inside ours, which is read-only', app({ volumeMounts: [{ name: 'x', mountPath: '/tokens/payments/more' }] }), 'workload/collision spec.containers[0].volumeMounts[0]'],
  ['a read-only mount around ours', app({ volumeMounts: [{ name: 'x', mountPath: '/tokens', readOnly: true }] }), 'workload/collision spec.containers[0].volumeMounts[0]'],
  ['our mount, writable', app({ volumeMounts: [{ ...mount, readOnly: false }] }), 'workload/collision spec.containers[0].volumeMounts[0]'],
  ['our mount at a sub-path, where it would never be renewed', app({ volumeMounts: [{ ...mount, subPath: 'token' }] }), 'workload/collision spec.containers[0].volumeMounts[0]'],
  ['a collision in an init container', pod({ containers: [{ name: 'app' }], initContainers: [{ name: 'i', env: [{ name: 'PAYMENTS', value: 'x' }] }] }), 'workload/collision spec.initContainers[0].env[0]'],
])('%s is a finding, and stays', (_what, manifest, finding) => {
  const { out, found } = run(manifest);
  expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual([finding]);
  expect(found[0]).toMatchObject({ severity: 'error', message: expect.stringMatching(/: expected .+, got .+; \S/) as string });
  expect(holds(out, manifest)).toBe(true);
  expect(() => injectOrThrow(manifest, injection)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION' }));
});

test.each<[string, Data]>([
  ['everything of ours already', run(app()).out],
  ['our service account, our namespace', pod({ serviceAccountName: 'checkout', containers: [{ name: 'app' }] }, { namespace: 'shop' })],
  ['keys without a value, as YAML gives them', pod({ serviceAccountName: null, volumes: null, containers: [{ name: 'app', env: null, volumeMounts: null }] }, { namespace: null, labels: null, annotations: null })],
  ['a mount whose path only begins like ours', app({ volumeMounts: [{ name: 'x', mountPath: '/tokens/payments-2' }] })],
  ['a writable mount around ours', app({ volumeMounts: [{ name: 'x', mountPath: '/tokens' }] })],
  ['our mount with its keys in another order', app({ volumeMounts: [{ readOnly: true, mountPath: '/tokens/payments', name: 'token-payments' }] })],
])('a pod with %s passes', (_what, manifest) => {
  expect(codesOf(manifest)).toEqual([]);
});

test.each<[unknown]>([[{ kind: 'Service' }], [{ kind: 'List', items: [] }], [{ kind: 'toString' }], [{}], [null], [undefined], ['x'], [[]]])('%j has no pods: a finding, and it is given back as it is', manifest => {
  const { out, found } = run(manifest);
  expect(out).toBe(manifest);
  expect(found).toEqual([expect.objectContaining({ code: 'workload/kind', message: expect.stringContaining('CronJob') as string })]);
});

describe('a manifest of the wrong shape', () => {
  const deployment = (spec: unknown, metadata?: unknown): Data => ({ kind: 'Deployment', metadata: { name: 'web' }, spec: { template: { ...(metadata !== undefined && { metadata }), spec } } });
  const T = 'spec.template.spec';
  const two = (...more: object[]): Data => deployment({ containers: [{ name: 'app' }, ...more] });

  test.each<[string, unknown, string, string]>([
    ['containers that are text', deployment({ containers: 'oops' }), `${T}.containers`, '"oops"'],
    ['containers that are a map', deployment({ containers: { app: {} } }), `${T}.containers`, '{"app":{}}'],
    ['a container that is nothing', two(null as never), `${T}.containers[1]`, 'null'],
    ['variables that are text', two({ name: 'b', env: 'X' }), `${T}.containers[1].env`, '"X"'],
    ['variables as a map', two({ name: 'b', env: { X: '1' } }), `${T}.containers[1].env`, '{"X":"1"}'],
    ['a variable that is text', two({ name: 'b', env: ['X=1'] }), `${T}.containers[1].env[0]`, '"X=1"'],
    ['mounts of nothing', two({ name: 'b', volumeMounts: [null] }), `${T}.containers[1].volumeMounts[0]`, 'null'],
    ['mounts of an init container as a map', deployment({ containers: [{ name: 'app' }], initContainers: [{ name: 'i', volumeMounts: {} }] }), `${T}.initContainers[0].volumeMounts`, '{}'],
    ['volumes as a map', deployment({ containers: [{ name: 'app' }], volumes: {} }), `${T}.volumes`, '{}'],
    ['a volume that is a list', deployment({ containers: [{ name: 'app' }], volumes: [[]] }), `${T}.volumes[0]`, '[]'],
    ['a security context that is text', deployment({ containers: [{ name: 'app' }], securityContext: 'root' }), `${T}.securityContext`, '"root"'],
    ['labels as a list', deployment({ containers: [{ name: 'app' }] }, { labels: ['a=b'] }), 'spec.template.metadata.labels', '["a=b"]'],
    ['metadata of the pods that are text', deployment({ containers: [{ name: 'app' }] }, 'web'), 'spec.template.metadata', '"web"'],
    ['metadata that are text', { ...deployment({ containers: [{ name: 'app' }] }), metadata: 'web' }, 'metadata', '"web"'],
    ['a pod template without a spec', deployment(undefined), T, 'nothing'],
    ['no pod template', { kind: 'Deployment', spec: {} }, 'spec.template', 'nothing'],
    ['a spec that is a list', { kind: 'CronJob', spec: [] }, 'spec', '[]'],
    ['a pod without a spec', { kind: 'Pod' }, 'spec', 'nothing'],
    ['a pod whose spec is text', { kind: 'Pod', spec: 'x' }, 'spec', '"x"'],
  ])('%s is found where it stands, and nothing takes its place', (_what, manifest, path, got) => {
    const { out, found } = run(manifest);
    expect(out).toBe(manifest);
    expect(found).toMatchObject([{ code: 'workload/structure', severity: 'error', path }]);
    expect(found[0]?.message).toMatch(SENTENCE);
    expect(found[0]?.message).toContain(`, got ${got};`);
    expect(() => injectOrThrow(manifest as object, injection)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION' }));
  });

  test.each<[string, Data, string]>([
    ['no containers', pod({}), 'workload/containers spec.containers'],
    ['an empty list of them', deployment({ containers: [] }), `workload/containers ${T}.containers`],
    ['a key for them without a value', pod({ containers: null }), 'workload/containers spec.containers'],
    ['two containers of one name', two({ name: 'b' }, { name: 'app' }), `workload/container-twice ${T}.containers[2].name`],
    ['a container with the name of an init container', deployment({ initContainers: [{ name: 'app' }], containers: [{ name: 'b' }, { name: 'app' }] }), `workload/container-twice ${T}.containers[1].name`],
    ['a container without a name', two({ image: 'x' }), `workload/container-name ${T}.containers[1].name`],
    ['a container whose name is a number', two({ name: 1 }), `workload/container-name ${T}.containers[1].name`],
  ])('%s: a finding', (_what, manifest, finding) => {
    expect(codesOf(manifest)).toEqual([finding]);
    expect(run(manifest).found[0]).toMatchObject({ severity: 'error', message: expect.stringMatching(SENTENCE) as string });
    expect(holds(run(manifest).out, manifest)).toBe(true);
  });

  test('everything that is wrong is told at once', () => {
    const { found } = run({ kind: 'Deployment', metadata: [], spec: { template: { spec: { volumes: 'x', containers: [{ name: 'a', env: 'X' }, null] } } } });
    expect(found.map(({ path }) => path)).toEqual(['metadata', `${T}.volumes`, `${T}.containers[1]`, `${T}.containers[0].env`]);
  });

  test('whatever JSON stands anywhere in it, nothing is thrown, nothing of it is lost, and what is not refused carries everything', () => {
    const odd = fc.oneof(fc.jsonValue(), fc.array(container, { maxLength: 2 }));
    const spec = fc.oneof(odd, fc.record({ containers: odd, initContainers: odd, volumes: odd, securityContext: odd }, { requiredKeys: [] }));
    fc.assert(fc.property(fc.record({ metadata: odd, spec }), each => {
      for (const manifest of [{ kind: 'Pod', ...each }, { kind: 'Job', spec: { template: each } }]) {
        const { out, found } = run(manifest);
        expect(holds(out, manifest)).toBe(true);
        if (found.length > 0) return;
        const { containers } = (out.kind === 'Job' ? out.spec.template.spec : out.spec) as Data;
        for (const own of containers as Data[]) expect(own.volumeMounts).toContainEqual(mount);
      }
    }), { numRuns: 500 });
  });
});

test.each(['List', 'DeploymentList'])('a %s is several objects: its items are to be taken one by one', kind => {
  const list = { apiVersion: 'v1', kind, items: [app()] };
  const { out, found } = run(list);
  expect(out).toBe(list);
  expect(found).toMatchObject([{ code: 'workload/kind', path: 'kind', message: expect.stringContaining('take each of its items') as string }]);
});

/** Pods of every shape, with and without what injections are about. */
const name = fc.constantFrom('app', 'sidecar', 'data', 'token-payments', 'PAYMENTS');
const container = fc.record({
  name,
  env: fc.array(fc.record({ name, value: fc.constantFrom('x', env.value) }), { maxLength: 2 }),
  volumeMounts: fc.array(fc.record({ name, mountPath: fc.constantFrom('/tokens/payments', '/data', '/tokens'), readOnly: fc.constant(true as const) }, { requiredKeys: ['name', 'mountPath'] }), { maxLength: 2 }),
}, { requiredKeys: ['name'] });
const template = fc.record({
  metadata: fc.record({ labels: fc.dictionary(fc.constantFrom('app', 'azure.workload.identity/use'), fc.constantFrom('true', 'x')), namespace: fc.constantFrom('shop', 'other') }, { requiredKeys: [] }),
  spec: fc.record({ containers: fc.uniqueArray(container, { maxLength: 2, selector: each => each.name }), initContainers: fc.array(container, { maxLength: 1 }), volumes: fc.array(fc.constantFrom<object>(volume, { name: 'data' }), { maxLength: 2 }), serviceAccountName: fc.constantFrom('checkout', 'other') }, { requiredKeys: [] }),
}, { requiredKeys: [] });
const workload = fc.oneof(template.map(each => ({ kind: 'Pod', ...each })), template.map(each => ({ kind: 'Deployment', spec: { template: each } })));
const planned = identityArb.map(input => planWorkloadIdentities(defineWorkloadIdentity(input)).clusters[0]?.injections[0] as PlannedInjection | undefined);
const injections = fc.oneof(fc.constant(injection), planned.map(each => each ?? injection));

test('injecting changes nothing that was given, and injecting twice changes nothing more', () => {
  fc.assert(fc.property(workload, injections, (manifest, what) => {
    const before = JSON.stringify(manifest);
    const once = run(manifest, what);
    expect(JSON.stringify(manifest)).toBe(before);
    const twice = run(once.out, what);
    expect(twice.out).toEqual(once.out);
    expect(twice.found).toEqual(once.found);
  }), { numRuns: 300 });
});

test('whatever the user wrote is still there', () => {
  fc.assert(fc.property(workload, injections, (manifest, what) => {
    expect(holds(run(manifest, what).out, manifest)).toBe(true);
  }), { numRuns: 300 });
});

test('without a finding, everything of the injection is there', () => {
  fc.assert(fc.property(workload, manifest => {
    const { out, found } = run(manifest);
    if (found.length > 0) return;
    const { spec } = (out.kind === 'Pod' ? out : out.spec.template) as Data;
    expect(spec.serviceAccountName).toBe('checkout');
    expect(spec.volumes).toContainEqual(volume);
    for (const each of [...(spec.containers ?? []) as Data[], ...(spec.initContainers ?? []) as Data[]]) {
      expect(each.env).toContainEqual(env);
      expect(each.volumeMounts).toContainEqual(mount);
    }
  }), { numRuns: 300 });
});

test('two identities in one pod: both are there, and what they share is there once', () => {
  const second: PodInjection = { ...injection, labels: {}, annotations: {}, volumes: [volume, { ...volume, name: 'token-audit' }], mounts: [{ ...mount, readOnly: true, mountPath: '/tokens/audit', name: 'token-audit' }], env: [] };
  const { out, found } = run(run(app()).out, second);
  expect(found).toEqual([]);
  expect((out.spec.volumes as Data[]).map(each => each.name as string)).toEqual(['token-payments', 'token-audit']);
  expect(run(run(app()).out, { ...second, serviceAccountName: 'audit' }).found.map(({ code }) => code)).toEqual(['workload/service-account']);
});

describe('what a container has, and what pods must not have', () => {
  const region = [{ name: 'AWS_DEFAULT_REGION', value: 'eu-west-1', yieldsTo: ['AWS_REGION', 'AWS_DEFAULT_REGION'] }, { name: 'AWS_REGION', value: 'eu-west-1', yieldsTo: ['AWS_REGION', 'AWS_DEFAULT_REGION'] }];

  test('variables that yield are left out where one of the group is there, and come together where none is', () => {
    const { out, found } = run(pod({ containers: [{ name: 'own', env: [{ name: 'AWS_REGION', value: 'us-east-1' }] }, { name: 'app' }] }), { ...injection, env: region });
    expect(found).toEqual([]);
    expect(out.spec.containers.map((each: Data) => each.env)).toEqual([
      [{ name: 'AWS_REGION', value: 'us-east-1' }],
      [{ name: 'AWS_DEFAULT_REGION', value: 'eu-west-1' }, { name: 'AWS_REGION', value: 'eu-west-1' }],
    ]);
    expect(run(out, { ...injection, env: region }).out).toEqual(out);
  });

  test.each(['kubernetes.io/os', 'beta.kubernetes.io/os'])('paths are those of Windows in pods that select it by %s', key => {
    const windows = { ...injection, env: [{ ...env, windowsValue: 'C:\\tokens\\payments\\token' }] };
    const valueFor = (nodeSelector: object): unknown => run(pod({ nodeSelector, containers: [{ name: 'app' }] }), windows).out.spec.containers[0].env[0];
    expect(valueFor({ [key]: 'windows' })).toEqual({ name: 'PAYMENTS', value: 'C:\\tokens\\payments\\token' });
    expect(valueFor({ [key]: 'linux' })).toEqual(env);
  });

  test('a skipped container gets neither mount nor variable, an init container of that name neither', () => {
    const skipContainers = ['proxy'];
    const skipping = { ...injection, mounts: [{ ...mount, readOnly: true as const, skipContainers }], env: [{ ...env, skipContainers }] };
    const { out } = run(pod({ initContainers: [{ name: 'proxy' }], containers: [{ name: 'proxy' }, { name: 'app' }] }), skipping);
    expect(out.spec.initContainers).toEqual([{ name: 'proxy' }]);
    expect(out.spec.containers).toEqual([{ name: 'proxy' }, { name: 'app', env: [env], volumeMounts: [mount] }]);
  });

  test('a field that keeps the identity away is found by its value alone', () => {
    const rule = { field: 'hostNetwork', value: true, code: 'gcp/host-network', expected: 'a pod with a network of its own', fix: 'leave hostNetwork out' };
    const found = (spec: object): readonly Issue[] => run(pod({ containers: [{ name: 'app' }], ...spec }), { ...injection, rules: [rule] }).found;
    expect(found({ hostNetwork: true })).toMatchObject([{ code: 'gcp/host-network', severity: 'error', path: 'spec.hostNetwork' }]);
    expect(found({ hostNetwork: false })).toEqual([]);
    expect(found({})).toEqual([]);
  });

  test('a label or an annotation is found where the pod template has it, by its value or by being there, alone or with something else', () => {
    const rule = { of: 'annotations' as const, field: 'example.com/proxy', code: 'x/proxy', expected: 'no proxy', fix: 'take it out' };
    const found = (rules: PodInjection['rules'], metadata: object, spec: object = {}): readonly string[] =>
      run({ apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'app' }], ...spec } }, { ...injection, rules: rules ?? [] }).found.map(({ code, path }) => `${code} ${path}`);
    const annotated = { annotations: { 'example.com/proxy': '' } };
    expect(found([rule], annotated)).toEqual(['x/proxy metadata.annotations["example.com/proxy"]']);
    expect(found([rule], { labels: annotated.annotations })).toEqual([]);
    expect(found([{ ...rule, value: 'false' }], annotated)).toEqual([]);
    expect(found([{ ...rule, of: 'labels', value: '' }], { labels: annotated.annotations })).toEqual(['x/proxy metadata.labels["example.com/proxy"]']);
    const both = [{ ...rule, also: { field: 'hostNetwork', value: true } }];
    expect(found(both, annotated)).toEqual([]);
    expect(found(both, annotated, { hostNetwork: true })).toEqual(['x/proxy metadata.annotations["example.com/proxy"]']);
  });

  test('what is in a container\'s way says how to leave the container out', () => {
    const { found } = run(pod({ containers: [{ name: 'app', env: [{ ...env, value: 'other' }] }] }), { ...injection, env: [env] });
    expect(found).toMatchObject([{ code: 'workload/collision', path: 'spec.containers[0].env[0]', message: expect.stringContaining('skipContainers') as string }]);
  });

  test('a rule looks where it says, at any value where it names none, and only in the containers that it is for', () => {
    const rule = { code: 'a/b', expected: 'x', fix: 'put it right' };
    const at = (more: Pick<PodRule, 'of' | 'field' | 'value' | 'skipContainers'>, spec: object, metadata: object = {}): readonly string[] =>
      run(pod({ containers: [{ name: 'app' }], ...spec }, metadata), { ...injection, rules: [{ ...rule, ...more }] }).found.map(({ path }) => path);
    const label = { of: 'labels', field: 'example.com/skip' } as const;
    expect(['', 'no', 'yes'].map(value => at(label, {}, { labels: { 'example.com/skip': value } }))).toEqual(Array(3).fill(['metadata.labels["example.com/skip"]']));
    expect([at(label, {}), at(label, {}, { annotations: { 'example.com/skip': 'yes' } })]).toEqual([[], []]);
    const node = { of: 'nodeSelector', field: 'kubernetes.io/os', value: 'windows' } as const;
    expect([at(node, { nodeSelector: { 'kubernetes.io/os': 'windows' } }), at(node, { nodeSelector: { 'kubernetes.io/os': 'linux' } })]).toEqual([['spec.nodeSelector["kubernetes.io/os"]'], []]);
    const variable = { of: 'env', field: 'ROLE' } as const;
    const containers = ['app', 'proxy'].map(called => ({ name: called, env: [{ name: 'OTHER', value: 'x' }, { name: 'ROLE', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] }));
    expect(at(variable, { containers, initContainers: containers.map(each => ({ ...each, name: `${each.name}-init` })) })).toEqual(['spec.initContainers[0].env[1]', 'spec.initContainers[1].env[1]', 'spec.containers[0].env[1]', 'spec.containers[1].env[1]']);
    expect(at({ ...variable, skipContainers: ['proxy'] }, { containers })).toEqual(['spec.containers[0].env[1]']);
  });
});
