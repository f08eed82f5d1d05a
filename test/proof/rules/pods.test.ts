/** What becomes of a manifest: the pod as the kubelet sees it. */
import type { KubernetesObject } from '../../../src/kubernetes/manifest';
import { podsIn, shown, text, type PodView } from '../../../src/proof/pods';

const of = (object: object, ...beside: readonly object[]): PodView => {
  const pods = [...podsIn([{ name: 'blue', objects: [...beside, object] as readonly KubernetesObject[] }])];
  expect(pods).toHaveLength(1);
  return pods[0] as PodView;
};
const spec = { serviceAccountName: 'web', containers: [{ name: 'app' }] };
const pod = (more: object = {}, metadata: object = {}): PodView => of({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop', ...metadata }, spec: { ...spec, ...more } });
const beside = (kind: string, name: string, more: object, namespace?: string): object => ({ apiVersion: 'v1', kind, metadata: { name, ...(namespace !== undefined && { namespace }), ...('metadata' in more ? more.metadata as object : {}) }, ...('data' in more && { data: more.data }) });

test.each<[string, object]>([
  ['a Pod', { kind: 'Pod', spec }],
  ['a Deployment', { kind: 'Deployment', spec: { template: { spec } } }],
  ['a CronJob', { kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec } } } } }],
  ['a PodTemplate', { kind: 'PodTemplate', template: { spec } }],
])('%s has a pod', (_what, object) => {
  expect(of({ apiVersion: 'v1', metadata: { name: 'x', namespace: 'shop' }, ...object })).toMatchObject({ workload: `${(object as { kind: string }).kind} shop/x`, namespace: 'shop', serviceAccount: 'web', containers: [{ name: 'app' }] });
});

test.each<[string, object]>([['nothing', {}], ['a spec without containers', { spec: { template: { spec: {} } } }], ['containers that are no list', { spec: { containers: { name: 'app' } } }]])('%s has none', (_what, object) => {
  expect([...podsIn([{ name: 'blue', objects: [{ apiVersion: 'v1', kind: 'X', metadata: { name: 'x' }, ...object }] }])]).toEqual([]);
});

test.each<[string, object, string]>([
  ['its name', { serviceAccountName: 'a' }, 'a'],
  ['the field of before', { serviceAccountName: undefined, serviceAccount: 'b' }, 'b'],
  ['both, the name', { serviceAccountName: 'a', serviceAccount: 'b' }, 'a'],
  ['an empty name, the field of before', { serviceAccountName: '', serviceAccount: 'b' }, 'b'],
  ['neither', { serviceAccountName: undefined }, 'default'],
  ['empty texts', { serviceAccountName: '', serviceAccount: '' }, 'default'],
])('the service account by %s', (_what, more, account) => {
  expect(pod(more).serviceAccount).toBe(account);
});

test('without a namespace it is default, and what stands beside it is looked for there', () => {
  const found = of({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec },
    beside('ServiceAccount', 'web', { metadata: { annotations: { a: '1' } } }), beside('Namespace', 'default', { metadata: { labels: { l: '2' } } }), beside('ConfigMap', 'c', { data: { k: 'v', n: 1 } }));
  expect(found).toMatchObject({ workload: 'Pod default/p', namespace: 'default', accountAnnotations: { a: '1' }, namespaceLabels: { l: '2' } });
  expect([found.configMap('c', 'k'), found.configMap('c', 'n'), found.configMap('c', 'x'), found.configMap('x', 'k'), found.configKeys('c'), found.configKeys('x')]).toEqual(['v', undefined, undefined, undefined, ['k', 'n'], []]);
});

test('objects of other namespaces, kinds and groups are not beside it', () => {
  const found = of({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop' }, spec },
    beside('ServiceAccount', 'web', { metadata: { annotations: { a: '1' } } }, 'other'),
    { ...beside('ServiceAccount', 'web', { metadata: { annotations: { a: '2' } } }, 'shop'), apiVersion: 'v2' },
    beside('Namespace', 'other', { metadata: { labels: { l: '2' } } }),
    beside('Secret', 'c', { data: { k: 'v' } }, 'shop'));
  expect(found).toMatchObject({ accountAnnotations: {}, namespaceLabels: {} });
  expect(found.configKeys('c')).toEqual([]);
});

test('labels and annotations are texts: what is empty is an empty one, and what is none no API server takes', () => {
  const found = of({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd', namespace: 'shop' }, spec: { template: { metadata: { labels: { a: 'x', b: null, c: 1 }, annotations: { d: true } }, spec } } });
  expect([found.labels, found.annotations]).toEqual([{ a: 'x', b: '' }, {}]);
});

const affinity = (...terms: readonly object[]): object => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } } },
});
const term = (operator: string, ...values: readonly string[]): object => ({ matchExpressions: [{ key: 'os', operator, values }] });
test.each<[string, object, boolean]>([
  ['its node selector', { nodeSelector: { os: 'windows' } }, true],
  ['another value', { nodeSelector: { os: 'linux' } }, false],
  ['a term', affinity(term('In', 'linux', 'windows')), true],
  ['the second term', affinity(term('In', 'linux'), term('In', 'windows')), true],
  ['a term that leaves it out', affinity(term('NotIn', 'windows')), false],
  ['a term of another label', affinity({ matchExpressions: [{ key: 'arch', operator: 'In', values: ['windows'] }] }), false],
  ['a term whose values are no list', affinity({ matchExpressions: [{ key: 'os', operator: 'In', values: 'windows' }] }), false],
  ['nothing', {}, false],
])('it may be on a node by %s: %s', (_what, more, may) => {
  expect(pod(more).mayBeOn('os', 'windows')).toBe(may);
});

test.each<[string, object, boolean]>([
  ['its field', { os: { name: 'windows' } }, true],
  ['its selector', { nodeSelector: { 'kubernetes.io/os': 'windows' } }, true],
  ['the selector of before', { nodeSelector: { 'beta.kubernetes.io/os': 'windows' } }, true],
  ['linux', { os: { name: 'linux' }, nodeSelector: { 'kubernetes.io/os': 'linux' } }, false],
  ['nothing', {}, false],
])('it is for Windows by %s: %s', (_what, more, windows) => {
  expect(pod(more).windows).toBe(windows);
});

test('the host\'s network, groups, and who runs it', () => {
  expect(pod()).toMatchObject({ hostNetwork: false, groups: [] });
  expect(pod()).not.toHaveProperty('fsGroup');
  expect(pod({ hostNetwork: true, securityContext: { fsGroup: 0, supplementalGroups: [1, 2] } }))
    .toMatchObject({ hostNetwork: true, fsGroup: 0, groups: [1, 2] });
  expect(pod({ hostNetwork: 'true', securityContext: { fsGroup: '1', supplementalGroups: 3 } })).toMatchObject({ hostNetwork: false, groups: [] });
  const one = (security: object, own?: object): object => pod({ securityContext: security, containers: [{ name: 'app', ...(own !== undefined && { securityContext: own }) }] }).containers[0] as object;
  expect(one({ runAsUser: 1, runAsGroup: 2, runAsNonRoot: true })).toMatchObject({ uid: 1, gid: 2, nonRoot: true });
  expect(one({ runAsUser: 1, runAsGroup: 2, runAsNonRoot: true }, { runAsUser: 3, runAsGroup: 4, runAsNonRoot: false }))
    .toMatchObject({ uid: 3, gid: 4, nonRoot: false });
  for (const field of ['uid', 'gid']) expect(one({ runAsUser: '1', runAsGroup: '2' })).not.toHaveProperty(field);
});

describe('variables', () => {
  const config = beside('ConfigMap', 'c', { data: { A: 'from-config', B: 'b' } }, 'shop');
  const container = (more: object, ...others: readonly object[]) => {
    const [first] = of({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop' }, spec: { ...spec, containers: [{ name: 'app', ...more }] } }, config, ...others).containers;
    return first as NonNullable<typeof first>;
  };
  const env = (...variables: readonly object[]): object => Object.fromEntries(container({ env: variables }).env);

  test.each<[string, readonly object[], object]>([
    ['are what they say', [{ name: 'X', value: 'x' }], { X: 'x' }],
    ['are what a ConfigMap says', [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'c', key: 'A' } } }], { X: 'from-config' }],
    ['of a key that is not there are not known', [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'c', key: 'Z' } } }], { X: undefined }],
    ['of Secrets are not known', [{ name: 'X', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }], { X: undefined }],
    ['take those of before', [{ name: 'X', value: 'x' }, { name: 'Y', value: '$(X)/$(X)' }], { X: 'x', Y: 'x/x' }],
    ['do not take those that come later', [{ name: 'Y', value: '$(X)' }, { name: 'X', value: 'x' }], { Y: '$(X)', X: 'x' }],
    ['keep two dollars as one', [{ name: 'X', value: 'x' }, { name: 'Y', value: '$$(X) $5 $$' }], { X: 'x', Y: '$(X) $5 $' }],
    ['are not known where a part is not', [{ name: 'X', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }, { name: 'Y', value: 'a$(X)' }], { X: undefined, Y: undefined }],
    ['are the last of their name', [{ name: 'X', value: 'x' }, { name: 'X', value: 'y' }], { X: 'y' }],
    ['may be empty', [{ name: 'X', value: '' }], { X: '' }],
  ])('%s', (_what, variables, wanted) => {
    expect(env(...variables)).toEqual(wanted);
  });

  test('come as a whole from a ConfigMap, under a prefix too, and before the container\'s own', () => {
    expect(Object.fromEntries(container({ envFrom: [{ configMapRef: { name: 'c' } }, { prefix: 'P_', configMapRef: { name: 'c' } }], env: [{ name: 'B', value: 'own' }] }).env)).toEqual({ A: 'from-config', B: 'own', P_A: 'from-config', P_B: 'b' });
  });

  test('that nobody can read are named', () => {
    expect(container({ envFrom: [{ secretRef: { name: 's' } }, { configMapRef: { name: 'gone' } }, { configMapRef: { name: 'c' } }] }).unread).toEqual(['Secret s', 'ConfigMap gone']);
  });
});

test('mounts, whichever way they end', () => {
  const [first] = pod({ containers: [{ name: 'app', volumeMounts: [{ name: 'a', mountPath: '/a//' }, { name: 'b', mountPath: '/b/c', subPath: 'x' }, { name: 'd', mountPath: '/d', subPathExpr: 'x' }] }] }).containers;
  expect(first?.mounts).toEqual([{ volume: 'a', path: '/a', subPath: false }, { volume: 'b', path: '/b/c', subPath: true }, { volume: 'd', path: '/d', subPath: true }]);
  expect(pod({ initContainers: [{ name: 'init' }] }).containers.map(({ name }) => name)).toEqual(['init', 'app']);
  expect([...pod({ volumes: [{ name: 'v', emptyDir: {} }] }).volumes]).toEqual([['v', { name: 'v', emptyDir: {} }]]);
});

test.each<[string, object, string | undefined]>([
  ['nothing twice', {}, undefined],
  ['two volumes of one name', { volumes: [{ name: 'u' }, { name: 'v' }, { name: 'v' }] }, 'it has two volumes of the name v'],
  ['two containers of one name', { initContainers: [{ name: 'app' }] }, 'it has two containers of the name app'],
  ['two mounts in one place', { containers: [{ name: 'app', volumeMounts: [{ name: 'a', mountPath: '/x' }, { name: 'b', mountPath: '/x' }] }] }, 'its container app mounts two volumes at /x'],
  ['one place in two containers', { containers: ['a', 'b'].map(name => ({ name, volumeMounts: [{ name: 'v', mountPath: '/x' }] })) }, undefined],
])('%s', (_what, more, why) => {
  expect(pod(more).impossible).toBe(why);
});

test('whatever it is, it can be shown', () => {
  expect([shown({ toString: 1 }), shown([1]), shown(null), shown(undefined), shown('x'), shown(3)]).toEqual(['{"toString":1}', '[1]', 'null', 'undefined', 'x', '3']);
  expect([text('x'), text(1), text(undefined)]).toEqual(['x', undefined, undefined]);
});
