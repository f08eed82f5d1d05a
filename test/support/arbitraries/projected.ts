/** Tokens and volumes as somebody may write them, right and wrong. */
import fc from 'fast-check';
import { given, maybe } from './names';
import type { ProjectedTokensInput, TokenFields, VolumeFields, VolumeSourceInput } from 'symbolon';

/** A value that is right most of the time, and else is drawn from what is at the border. */
const mostly = <T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: wrong });

const PATHS = ['a', 'b', 'c', 'd', 'e', 'a.d/a', 'a.d/b', 'b.d/c'];
const ODD_PATHS = ['a/b', 'a/b/c', '..data', '../a', '/a', 'a//b', 'a/', './a', 'a/./b', '', '.', '..', 'x'.repeat(256), 'é'.repeat(128), 'x/'.repeat(2100), 'a..b', '...'];
const path = mostly(fc.constantFrom(...PATHS), fc.constantFrom(...ODD_PATHS));
type Mode = number | string | undefined;
const mode = mostly(fc.constantFrom<Mode[]>(undefined, 0, 256, 288, 420, 511, '0440'), fc.constantFrom<Mode[]>(-1, 512, 640, 1.5, '440', '0888', '', 'rw'));
const seconds = (right: readonly number[]): fc.Arbitrary<number> =>
  mostly(fc.constantFrom(...right), fc.constantFrom(0, 599, 600.5, 3599, 86401, 7862401, 2 ** 32 + 1, -1));
const signer = mostly(fc.constantFrom('example.com/a', 'kubernetes.io/b'), fc.constantFrom('example/a', 'example.com', 'example.com/a/b', '', 'Example.com/a'));
const keys = fc.record({
  name: mostly(fc.constantFrom('one', 'two.three'), fc.constantFrom('', 'One')),
  items: maybe(fc.array(fc.record({ key: mostly(fc.constant('k'), fc.constantFrom('', '..', 'a/b')), path, mode }), { maxLength: 2 })),
  optional: maybe(fc.boolean()),
});
const downward = fc.record({
  items: fc.array(fc.record({
    path,
    mode,
    fieldRef: fc.option(fc.record({ fieldPath: mostly(fc.constantFrom('metadata.uid', 'metadata.labels[\'a\']'), fc.constantFrom('spec.nodeName', 'metadata.labels[\'\']', 'metadata')) }), { nil: undefined, freq: 8 }),
    resourceFieldRef: fc.option(fc.record({ containerName: fc.constant('app'), resource: mostly(fc.constant('limits.cpu'), fc.constantFrom('limits.gpu', 'cpu')), divisor: mostly(fc.constantFrom('1', '1m'), fc.constantFrom('1Mi', '2')) }), { nil: undefined, freq: 1 }),
  }), { minLength: 1, maxLength: 2 }),
});
const bundle = fc.oneof(
  fc.record({ name: mostly(fc.constantFrom('roots', 'example.com:a:roots'), fc.constantFrom('', 'a:b')), path }),
  fc.record({ signerName: signer, labelSelector: fc.constant({ matchExpressions: [{ key: 'a', operator: 'Exists' as const }] }), path }),
  fc.record({ name: maybe(fc.constant('roots')), signerName: maybe(signer), labelSelector: maybe(fc.constant({})), path }),
);
const certificate = fc.record({
  signerName: signer,
  keyType: fc.constant('ED25519' as const),
  maxExpirationSeconds: maybe(seconds([3600, 86400, 7862400])),
  credentialBundlePath: fc.option(path, { nil: undefined, freq: 6 }),
  keyPath: maybe(path),
  certificateChainPath: maybe(path),
  userAnnotations: maybe(fc.constantFrom<{ [key: string]: string }[]>({ 'a.b/c': 'd' }, { 'a.b/c': 'd', 'e.f/g': '' }, { c: 'd' })),
});
const source: fc.Arbitrary<VolumeSourceInput> = fc.oneof(
  keys.map(configMap => ({ configMap })), keys.map(secret => ({ secret })), downward.map(downwardAPI => ({ downwardAPI })),
  bundle.map(clusterTrustBundle => ({ clusterTrustBundle })), certificate.map(podCertificate => ({ podCertificate })),
  fc.constantFrom({}, { configMap: { name: 'a' }, secret: { name: 'b' } }),
) as fc.Arbitrary<VolumeSourceInput>;

const names = fc.constantFrom('one', 'two');
const mountPath = mostly(fc.constantFrom(undefined, '/one', '/two', '/three'), fc.constantFrom('/one/', '/one/more', '//two', '/', 'one', '/a:b', '/one/.', '/one/../two', '/var/run/secrets/kubernetes.io/serviceaccount', '/var/run/secrets'));
function some<T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K] | undefined> }): fc.Arbitrary<T> {
  return fc.record(fields as { [field: string]: fc.Arbitrary<unknown> }).map(drawn => given(drawn) as T);
}
const container = maybe(fc.constantFrom(['app'], ['sidecar'], ['app', 'init']));
const volume = some<VolumeFields>({ mountPath, sources: fc.array(source, { maxLength: 3 }), defaultMode: mode, containers: container, skipContainers: maybe(fc.constantFrom(['app'], ['init'])) });
const token = some<TokenFields>({
  audience: fc.constantFrom('https://a.example.com', 'https://b.example.com'),
  expirationSeconds: fc.oneof(seconds([600, 3600, 2 ** 32]), fc.constantFrom('hour' as const, 'day' as const)),
  path: maybe(path),
  mountPath: fc.option(mountPath, { nil: undefined, freq: 1 }),
  volume: fc.option(names, { nil: undefined, freq: 2 }),
  env: mostly(fc.constant(undefined), fc.constantFrom('A', 'B')),
  containers: fc.option(fc.constant(['app']), { nil: undefined, freq: 1 }),
});

/** Tokens and volumes, with values from both sides of every border. */
export const projectedArb: fc.Arbitrary<ProjectedTokensInput> = some<ProjectedTokensInput>({
  tokens: fc.dictionary(fc.constantFrom('a', 'b', 'c'), token, { maxKeys: 3 }),
  volumes: maybe(fc.dictionary(mostly(names, fc.constantFrom('kube-api-access-x', 'One', 'a'.repeat(64), 'token-a', '')), volume, { maxKeys: 2 })),
  fsGroup: mostly(fc.constantFrom(undefined, 2000), fc.constantFrom(-1, 2147483648)),
});
