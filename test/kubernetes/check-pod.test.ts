/** What keeps tokens from a pod although everything is in it, and what a pod gets only where its author agreed. */
import { Findings, type Issue } from '../../src/core/issues';
import { inject } from '../../src/kubernetes/inject';
import { SENTENCE } from '../support/definitions';
import { defineProjectedTokens, inject as injectOrThrow, type PodParts } from 'symbolon';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Data = { readonly [key: string]: any };

const tokens = defineProjectedTokens({ tokens: { payments: { audience: 'https://payments.example.com', mountPath: '/tokens' } } }).injection;
const tight = defineProjectedTokens({
  tokens: { payments: { audience: 'https://payments.example.com', volume: 'files' } },
  volumes: { files: { defaultMode: '0440', sources: [{ secret: { name: 'keys', items: [{ key: 'k', path: 'k' }] } }] } },
}).injection;
const labelled: PodParts = { ...tokens, labels: { 'azure.workload.identity/use': 'true' }, annotations: {} };

function run(manifest: object, injection: PodParts): { readonly out: Data; readonly found: readonly Issue[] } {
  const findings = new Findings();
  return { out: inject(manifest, injection, findings.report) as Data, found: findings.all };
}
const pod = (spec: object): Data => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { serviceAccountName: 'web', containers: [{ name: 'app' }], ...spec } });
const deployment = (labels: object, template: object = {}, annotations: object = {}): Data => ({ kind: 'Deployment', metadata: { labels, annotations }, spec: { template: { metadata: { labels: template }, spec: pod({}).spec } } });
const app = (fields: object, spec: object = {}): Data => pod({ containers: [{ name: 'app', ...fields }], ...spec });

test('no service account and no namespace is asked for, and the pod keeps its own', () => {
  const own = { ...pod({}), metadata: { name: 'web', namespace: 'anywhere' } };
  const { out, found } = run(own, tokens);
  expect(found).toEqual([]);
  expect(out.metadata).toEqual(own.metadata);
  expect(out.spec).toMatchObject({ serviceAccountName: 'web', volumes: [{ name: 'token-payments' }] });
  expect(run({ kind: 'Pod', spec: { containers: [] } }, tokens).out.spec).not.toHaveProperty('serviceAccountName');
});

test.each<[string, Data, PodParts, string, string, Issue['severity']]>([
  ['no service account of its own', pod({ serviceAccountName: undefined }), tokens, 'workload/default-account', 'spec.serviceAccountName', 'warning'],
  ['the service account of everybody', pod({ serviceAccountName: 'default' }), tokens, 'workload/default-account', 'spec.serviceAccountName', 'warning'],
  ['our volume mounted once more, by subPath', app({ volumeMounts: [{ name: 'token-payments', mountPath: '/etc/token', subPath: 'token' }] }), tokens, 'workload/sub-path', 'spec.containers[0].volumeMounts[0].subPath', 'error'],
  ['our volume mounted once more, by an expression', app({ volumeMounts: [{ name: 'token-payments', mountPath: '/etc/token', subPathExpr: '$(X)' }] }), tokens, 'workload/sub-path', 'spec.containers[0].volumeMounts[0].subPath', 'error'],
  ['a token of its own mounted by subPath', app({ volumeMounts: [{ name: 'own', mountPath: '/own', subPath: 'token' }] }, { volumes: [{ name: 'own', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }] }), tokens, 'workload/sub-path', 'spec.containers[0].volumeMounts[0].subPath', 'warning'],
  ['a user on Windows nodes', pod({ nodeSelector: { 'kubernetes.io/os': 'windows' }, securityContext: { runAsUser: 1000 } }), tokens, 'workload/windows-user', 'spec.securityContext.runAsUser', 'error'],
  ['a user in a container on Windows', app({ securityContext: { runAsUser: 0 } }, { os: { name: 'windows' } }), tokens, 'workload/windows-user', 'spec.containers[0].securityContext.runAsUser', 'error'],
  ['a user who cannot read what is root\'s', app({ securityContext: { runAsNonRoot: true } }), tight, 'workload/unreadable', 'spec.containers[0]', 'error'],
  ['nothing said of the user', app({}), tight, 'workload/unreadable', 'spec.containers[0]', 'warning'],
  ['one user, who is given the token and not the key beside it', app({ securityContext: { runAsUser: 1000 } }), tight, 'workload/unreadable', 'spec.containers[0]', 'error'],
  ['another group than the one that was agreed on', pod({ securityContext: { fsGroup: 1 } }), { ...tokens, fsGroup: 2000 }, 'workload/collision', 'spec.securityContext.fsGroup', 'error'],
])('a pod with %s is a finding', (_what, manifest, injection, code, path, severity) => {
  const { out, found } = run(manifest, injection);
  expect(found).toEqual([expect.objectContaining({ code, path, severity, message: expect.stringMatching(SENTENCE) as string })]);
  // Injecting once more finds the same, and what the author wrote is still there.
  expect(run(out, injection).found).toEqual(found);
  expect(out.spec.securityContext).toEqual(manifest.spec.securityContext);
});

test.each<[string, Data, PodParts]>([
  ['another volume by subPath', app({ volumeMounts: [{ name: 'data', mountPath: '/data', subPath: 'a' }] }, { volumes: [{ name: 'data', emptyDir: {} }] }), tokens],
  ['our volume once more, as a folder', app({ volumeMounts: [{ name: 'token-payments', mountPath: '/again', readOnly: true }] }), tokens],
  ['an empty subPath, which is none', app({ volumeMounts: [{ name: 'token-payments', mountPath: '/again', subPath: '' }] }), tokens],
  ['a user of Windows\' own', pod({ os: { name: 'windows' }, securityContext: { windowsOptions: { runAsUserName: 'ContainerUser' } } }), tokens],
  ['files for a group, on Windows, which has no modes', app({}, { nodeSelector: { 'kubernetes.io/os': 'windows' } }), tight],
  ['files for a group that it is in', pod({ securityContext: { fsGroup: 1, runAsNonRoot: true } }), tight],
  ['files for the group of root, which is its own', pod({ securityContext: { runAsUser: 5, runAsGroup: 0 } }), tight],
  ['files for root, who it is', app({ securityContext: { runAsUser: 0 } }), tight],
  ['the old name of the service account\'s field', pod({ serviceAccountName: undefined, serviceAccount: 'web' }), tokens],
])('a pod with %s passes', (_what, manifest, injection) => {
  expect(run(manifest, injection).found).toEqual([]);
});

test('a container that does not get the volume need not read it', () => {
  const skipping = { ...tight, mounts: tight.mounts.map(mount => ({ ...mount, skipContainers: ['app'] })) };
  expect(run(pod({ containers: [{ name: 'app', securityContext: { runAsNonRoot: true } }, { name: 'root', securityContext: { runAsUser: 0 } }] }), skipping).found).toEqual([]);
});

describe('the group that the author agreed to', () => {
  const grouped = { ...tight, fsGroup: 2000 };

  test('is set where the pod names none, beside what it says, and then everybody can read', () => {
    const { out, found } = run(pod({ securityContext: { runAsNonRoot: true } }), grouped);
    expect(found).toEqual([]);
    expect(out.spec.securityContext).toEqual({ runAsNonRoot: true, fsGroup: 2000 });
    expect(run(out, grouped)).toEqual({ out, found: [] });
  });

  test('is not set on Windows, where the API server refuses it', () => {
    const { out } = run(pod({ os: { name: 'windows' } }), grouped);
    expect(out.spec).not.toHaveProperty('securityContext');
  });

  test('is not set where nobody agreed', () => {
    expect(run(pod({}), tight).out.spec).not.toHaveProperty('securityContext');
  });
});

describe('labels and annotations for webhooks, which look at pods only', () => {
  test.each<[string, Data, string]>([
    ['on the Deployment alone', deployment({ 'azure.workload.identity/use': 'true' }), 'metadata.labels["azure.workload.identity/use"]'],
    ['on the Deployment alone, with another value', deployment({ 'azure.workload.identity/use': 'false' }), 'metadata.labels["azure.workload.identity/use"]'],
    ['a sibling of ours on the Deployment alone', deployment({ 'azure.workload.identity/other': '' }), 'metadata.labels["azure.workload.identity/other"]'],
  ])('%s: a warning, and the pods get ours', (_what, manifest, path) => {
    const { out, found } = run(manifest, labelled);
    expect(found).toEqual([expect.objectContaining({ code: 'workload/label-misplaced', severity: 'warning', path, message: expect.stringMatching(SENTENCE) as string })]);
    expect(out.spec.template.metadata.labels).toEqual({ 'azure.workload.identity/use': 'true' });
    expect(out.metadata).toEqual(manifest.metadata);
  });

  test.each<[string, Data]>([
    ['in both places', deployment({ 'azure.workload.identity/use': 'true' }, { 'azure.workload.identity/use': 'true' })],
    ['others on the Deployment', deployment({ 'app': 'web', 'app.kubernetes.io/name': 'web' })],
    ['on a pod itself', { ...pod({}), metadata: { labels: { 'azure.workload.identity/use': 'true' } } }],
  ])('%s: nothing', (_what, manifest) => {
    expect(run(manifest, labelled).found).toEqual([]);
  });
});

describe('pods for Windows by affinity alone, which webhooks do not see', () => {
  const nodes = (key: string, value: string, operator = 'In'): object =>
    ({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'Exists' }, { key, operator, values: ['other', value] }] }] } } } });

  test.each([['kubernetes.io/os', tokens], ['beta.kubernetes.io/os', labelled]])('%s: a warning', (key, injection) => {
    expect(run(pod(nodes(key, 'windows')), injection).found).toEqual([expect.objectContaining({
      code: 'workload/windows-affinity',
      severity: 'warning',
      path: 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[1].values[1]',
      message: expect.stringMatching(SENTENCE) as string,
    })]);
  });

  test.each<[string, object, PodParts]>([
    ['that say it by the node selector too', { ...nodes('kubernetes.io/os', 'windows'), nodeSelector: { 'kubernetes.io/os': 'windows' } }, tokens],
    ['for Linux', nodes('kubernetes.io/os', 'linux'), tokens],
    ['kept away from Windows', nodes('kubernetes.io/os', 'windows', 'NotIn'), tokens],
    ['that carry nothing', nodes('kubernetes.io/os', 'windows'), { ...tokens, volumes: [], mounts: [], env: [] }],
    ['whose affinity is something else', { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [null, { matchExpressions: 'x' }, { matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: 'windows' }] }] } } } }, tokens],
  ])('pods %s: nothing', (_what, spec, injection) => {
    expect(run(pod(spec), injection).found).toEqual([]);
  });
});

describe('containers that the definition names', () => {
  const skipping = (fields: object): PodParts => defineProjectedTokens({ tokens: { payments: { audience: 'https://payments.example.com', ...fields } } }).injection;
  const both = pod({ initContainers: [{ name: 'init' }], containers: [{ name: 'app' }, { name: 'proxy' }] });

  test.each<[string, object, Data, RegExp]>([
    ['the only one of the pod', { skipContainers: ['app'] }, pod({}), /a container that is not skipped, .*got \["app"\]; take its name out of skipContainers/],
    ['all of the pod, init containers among them', { skipContainers: ['app', 'proxy', 'init'] }, both, /that is not skipped/],
    ['the only one that is named and there', { containers: ['app', 'other'], skipContainers: ['app'] }, pod({}), /a container named other,/],
  ])('a token that skips %s is in nobody\'s hands: a warning', (_what, fields, manifest, message) => {
    const { found } = run(manifest, skipping(fields));
    expect(found).toEqual([expect.objectContaining({ code: 'workload/no-container', severity: 'warning', path: 'spec.containers', message: expect.stringMatching(message) as string })]);
    expect(found[0]?.message).toMatch(SENTENCE);
  });

  test('a token that skips all but an init container is in its hands', () => {
    expect(run(both, skipping({ skipContainers: ['app', 'proxy'] })).found).toEqual([]);
  });

  const injecting = (parts: Partial<PodParts>): PodParts => ({ labels: {}, annotations: {}, volumes: [], mounts: [], env: [], ...parts });
  test.each<[string, PodParts, readonly string[]]>([
    ['skipped by a token, mistyped', skipping({ skipContainers: ['prxy'] }), ['prxy']],
    ['named beside one that is there', skipping({ containers: ['app', 'nope'] }), ['nope']],
    ['of both lists', skipping({ containers: ['app', 'nope'], skipContainers: ['other'] }), ['nope', 'other']],
    ['kept from a variable', injecting({ env: [{ name: 'A', value: 'b', skipContainers: ['nope'] }] }), ['nope']],
    ['in a rule', injecting({ rules: [{ of: 'env', field: 'A', code: 'x/y', expected: 'x', fix: 'y', skipContainers: ['nope'] }] }), ['nope']],
    ['in what one webhook reads', injecting({ annotations: { 'example.com/skip-containers': 'app;nope;other' } }), ['nope', 'other']],
    ['in what another webhook reads', injecting({ annotations: { 'example.com/only-containers': 'init,nope' } }), ['nope']],
  ])('a name %s is one that the pod does not have: a warning for each', (_what, parts, names) => {
    const { found } = run(both, parts);
    expect(found.map(({ code, severity, path }) => ({ code, severity, path }))).toEqual(names.map(() => ({ code: 'workload/no-container', severity: 'warning', path: 'spec.containers' })));
    names.forEach((name, i) => expect(found[i]?.message).toContain(`a container named ${name}, `));
    for (const { message } of found) expect(message).toMatch(SENTENCE);
    if (names[0] === 'prxy') expect(found[0]?.message).toContain('did you mean proxy?');
  });

  test.each(['istio-*', 'a,b', '', 'App'])('%j can be no container: an error where it is written', name => {
    for (const field of ['containers', 'skipContainers']) {
      expect(() => skipping({ [field]: ['app-1', name] })).toThrow(`tokens.payments.${field}[1]: expected the name of a container`);
    }
  });

  test.each(['PATH', 'HOME', 'LD_PRELOAD', 'NODE_OPTIONS', 'KUBERNETES_SERVICE_HOST'])('the variable %s would break the container: an error', name => {
    expect(() => skipping({ env: name })).toThrow(`tokens.payments.env: expected a variable of its own, got "${name}"`);
  });

  const limits = (containerName: string): PodParts => defineProjectedTokens({
    volumes: { info: { sources: [{ downwardAPI: { items: [{ path: 'cpu', resourceFieldRef: { containerName, resource: 'limits.cpu' } }, { path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] } }] } },
  }).injection;

  test.each(['ap', 'istio-proxy'])('a limit of the container %j, which the pod does not have, would keep it from starting', name => {
    const { found } = run(both, limits(name));
    expect(found).toEqual([expect.objectContaining({ code: 'workload/resource-container', severity: 'error', path: 'spec.containers', message: expect.stringMatching(SENTENCE) as string })]);
    expect(found[0]?.message).toContain(`a container named ${name}, whose limits.cpu is to be the file cpu of the volume info, got ["init","app","proxy"]`);
    expect(found[0]?.message.includes('did you mean app?')).toBe(name === 'ap');
    expect(() => injectOrThrow(both, limits(name))).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION' }));
  });

  test.each(['app', 'init'])('a limit of the container %j, which it has, is fine', name => {
    expect(run(both, limits(name)).found).toEqual([]);
  });
});

describe('/var/run, which nearly every image has as a link to /run', () => {
  const at = (mountPath: string): PodParts => defineProjectedTokens({ tokens: { payments: { audience: 'https://payments.example.com', mountPath } } }).injection;
  const volumes = [{ name: 'own', emptyDir: {} }];
  const own = (mountPath: string, more: object = {}): Data => app({ volumeMounts: [{ name: 'own', mountPath, ...more }] }, { volumes });

  test.each<[string, string, Data]>([
    ['the same', '/var/run/secrets/x', own('/run/secrets/x')],
    ['the same, the other way round', '/run/secrets/x', own('/var/run//secrets/x/')],
    ['inside ours, which is read-only', '/run/secrets/x', own('/var/run/secrets/x/y')],
    ['around ours, and read-only', '/var/run/secrets/x', own('/run', { readOnly: true })],
    ['around ours, of a volume that is read-only', '/var/run/secrets/x', { ...own('/run'), spec: { ...own('/run').spec, volumes: [{ name: 'own', secret: { secretName: 's' } }] } }],
  ])('a mount of the pod\'s that is then %s is a warning, and both are there', (_what, ours, manifest) => {
    const { out, found } = run(manifest, at(ours));
    expect(found).toEqual([expect.objectContaining({ code: 'workload/run-link', severity: 'warning', path: 'spec.containers[0].volumeMounts[0].mountPath', message: expect.stringMatching(SENTENCE) as string })]);
    expect(out.spec.containers[0].volumeMounts).toMatchObject([{ name: 'own' }, { name: 'token-payments', mountPath: ours }]);
    expect(run(out, at(ours))).toEqual({ out, found });
  });

  test.each<[string, string, Data]>([
    ['a folder around ours that can be written to', '/var/run/secrets/x', own('/run')],
    ['a folder beside ours', '/var/run/secrets/x', own('/run/secrets/xy')],
    ['on Windows, which has no such link', '/var/run/secrets/x', { ...own('/run/secrets/x'), spec: { ...own('/run/secrets/x').spec, os: { name: 'windows' } } }],
  ])('%s is none', (_what, ours, manifest) => {
    expect(run(manifest, at(ours)).found).toEqual([]);
  });

  test('in a container that gets no token it is nobody\'s business', () => {
    const tokensOf = defineProjectedTokens({ tokens: { payments: { audience: 'https://payments.example.com', mountPath: '/run/x', containers: ['other'] } } }).injection;
    expect(run(pod({ volumes, containers: [{ name: 'app', volumeMounts: [{ name: 'own', mountPath: '/var/run/x' }] }, { name: 'other' }] }), tokensOf).found).toEqual([]);
  });

  test('written alike it is a collision, as any other place', () => {
    expect(run(own('/var/run/secrets/x'), at('/var/run/secrets/x')).found).toMatchObject([{ code: 'workload/collision', severity: 'error' }]);
  });
});

test('warnings reach who asks for them, and stop nobody', () => {
  const told: Issue[] = [];
  const manifest = pod({ serviceAccountName: 'default' });
  expect(injectOrThrow(manifest, tokens, issue => told.push(issue))).toEqual(injectOrThrow(manifest, tokens));
  expect(told.map(issue => issue.code)).toEqual(['workload/default-account']);
});
