/** The pure builders: what the API server has to see. */
import { Findings } from '../../src/core/issues';
import { checkFilePath } from '../../src/kubernetes/check-paths';
import { checkMetadata } from '../../src/kubernetes/metadata';
import { apiAccessVolume, checkLifetime, refreshSeconds, tokenVolume } from '../../src/kubernetes/projected-token';
import { accountSubject, roleAndBinding } from '../../src/kubernetes/rbac';
import { serviceAccount } from '../../src/kubernetes/service-account';
import { templatePathOf, WORKLOAD_KINDS } from '../../src/kubernetes/workload';

const subject = { namespace: 'shop', serviceAccount: 'checkout' };
const codesOf = (check: (report: Findings['report']) => void): readonly string[] => {
  const findings = new Findings();
  check(findings.report);
  return findings.all.map(({ code, severity }) => (severity === 'error' ? code : `${severity} ${code}`));
};

test('a service account gives no token to anybody who does not ask, and has no empty maps', () => {
  expect(serviceAccount(subject, { labels: {}, annotations: {} })).toEqual({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'checkout', namespace: 'shop' }, automountServiceAccountToken: false });
  expect(serviceAccount(subject, { labels: { a: 'b' }, annotations: { c: 'd' } }).metadata).toMatchObject({ labels: { a: 'b' }, annotations: { c: 'd' } });
});

test('a binding names its role, and its subject with the namespace, which a cluster-wide one cannot guess', () => {
  const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
  for (const [kind, objects, namespace] of [['Role', roleAndBinding({ name: 'x', namespace: 'other' }, rules, [accountSubject(subject)]), 'other'], ['ClusterRole', roleAndBinding({ name: 'x' }, rules, [accountSubject(subject)]), undefined]] as const) {
    const [role, binding] = objects;
    expect(role).toMatchObject({ kind, rules });
    expect(binding).toMatchObject({ kind: `${kind}Binding`, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: role?.metadata.name }, subjects: [{ kind: 'ServiceAccount', name: 'checkout', namespace: 'shop' }] });
    expect([role?.metadata.namespace, binding?.metadata.namespace]).toEqual([namespace, namespace]);
    expect((binding?.subjects as object[])[0]).not.toHaveProperty('apiGroup');
  }
});

test('a token volume has one token, and no file mode: one would keep out containers that are not root', () => {
  const volume = tokenVolume('v', { audience: 'a', expirationSeconds: 900, path: 't' });
  expect(volume).toEqual({ name: 'v', projected: { sources: [{ serviceAccountToken: { audience: 'a', expirationSeconds: 900, path: 't' } }] } });
});

test('the volume for API access has the three files that clients look for, and a token of the API server\'s own audience that is not extended to a year', () => {
  const { sources } = apiAccessVolume('v').projected;
  const token = sources.flatMap(source => ('serviceAccountToken' in source ? [source.serviceAccountToken] : []));
  expect(token).toEqual([{ expirationSeconds: expect.any(Number) as number, path: 'token' }]);
  expect(token[0]?.expirationSeconds).not.toBe(3607);
  expect(JSON.stringify(sources)).toMatch(/kube-root-ca\.crt.*"path":"ca\.crt".*"path":"namespace"/);
});

test.each([[600, 480], [900, 720], [3600, 2880], [86400, 69120], [108000, 86400], [4294967296, 86400]])('a token of %i seconds is renewed after %i', (lives, renewed) => {
  expect(refreshSeconds(lives)).toBe(renewed);
});

test.each<[number, readonly string[]]>([[599, ['token/lifetime']], [600, []], [700.5, ['token/lifetime']], [3607, ['warning token/lifetime-3607']], [4294967296, []], [4294967297, ['token/lifetime']], [NaN, ['token/lifetime']]])('a lifetime of %p', (seconds, codes) => {
  expect(codesOf(report => checkLifetime(seconds, 'x', report, { min: 0, max: Infinity, whose: 'anybody' }))).toEqual(codes);
});

test.each<[string, boolean]>([
  ['token', true], ['a/token', true], ['..a', false], ['a..', true], ['...', false], ['a/..b', true], ['', false], ['/token', false], ['..', false], ['a/../b', false], ['a/./b', false], ['a//b', false], ['a/', false],
  ['..data', false], ['x'.repeat(255), true], ['x'.repeat(256), false], ['é'.repeat(128), false], [Array.from({ length: 2049 }, () => 'x').join('/'), false], ['a\nb', false], ['a b', true],
])('the token file %j: %p', (path, good) => {
  expect(codesOf(report => checkFilePath(path, 'x', 'token', report))).toEqual(good ? [] : ['token/path']);
});

test.each<['label' | 'annotation', string, string, readonly string[]]>([
  ['label', 'app', 'web', []], ['label', 'example.com/app', '', []], ['label', 'app', 'x'.repeat(63), []], ['label', 'app', 'x'.repeat(64), ['metadata/label-value']], ['label', 'app', '-x', ['metadata/label-value']],
  ['label', '-app', 'x', ['metadata/label-key']], ['label', '', 'x', ['metadata/label-key']], ['label', 'a/b/c', 'x', ['metadata/label-key']], ['label', 'Example.com/app', 'x', ['metadata/label-key']], ['label', '/app', 'x', ['metadata/label-key']],
  ['label', `example.com/${'x'.repeat(63)}`, 'x', []], ['label', 'x'.repeat(64), 'x', ['metadata/label-key']], ['annotation', 'a', 'any text\nat all', []], ['annotation', 'a', 'x'.repeat(262143), []], ['annotation', 'a', 'x'.repeat(262144), ['metadata/annotation-size']],
  ['annotation', 'a', 'é'.repeat(131072), ['metadata/annotation-size']],
])('the %s %.30s', (kind, key, value, codes) => {
  expect(codesOf(report => checkMetadata(kind, { [key]: value }, 'x', report))).toEqual(codes);
});

test('only kinds that have pods have a pod template', () => {
  for (const kind of WORKLOAD_KINDS) expect(templatePathOf(kind)).toBeDefined();
  for (const kind of ['Service', 'constructor', '__proto__', 'undefined', '']) expect(templatePathOf(kind)).toBeUndefined();
});
