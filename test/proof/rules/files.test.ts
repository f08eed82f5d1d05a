/** What a container finds at a path, as the kubelet lays it out. */
import { fileAt, firstTokenIn, tokensOf, type FileView } from '../../../src/proof/files';
import { podsIn, type PodView } from '../../../src/proof/pods';

const token = (fields: object = {}): object => ({ serviceAccountToken: { path: 'token', audience: 'a', ...fields } });
const projected = (...sources: readonly object[]): object => ({ name: 'v', projected: { sources } });

function podWith(volumes: readonly object[], mounts: readonly object[] = [{ name: 'v', mountPath: '/t' }], spec: object = {}): PodView {
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'shop' }, data: { k: 'text', l: 'other' } };
  const [pod] = [...podsIn([{ name: 'blue', objects: [config, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop' }, spec: { containers: [{ name: 'app', volumeMounts: mounts }], volumes, ...spec } }] }])];
  return pod as PodView;
}

function at(path: string, ...of: Parameters<typeof podWith>): FileView {
  const pod = podWith(...of);
  return fileAt(pod, pod.containers[0] as PodView['containers'][number], path);
}

const missing = (why: string): FileView => ({ kind: 'missing', why: expect.stringContaining(why) as string });
const found = (audience: string | undefined, expirationSeconds = 3600): FileView => ({ kind: 'token', token: { ...(audience !== undefined && { audience }), expirationSeconds } });
const text = (content: string): FileView => ({ kind: 'text', text: content });

test.each<[string, () => FileView, FileView]>([
  ['a token', () => at('/t/token', [projected(token())]), found('a')],
  ['a token with a lifetime', () => at('/t/token', [projected(token({ expirationSeconds: 600 }))]), found('a', 600)],
  ['a token for the API server', () => at('/t/token', [projected(token({ audience: undefined }))]), found(undefined)],
  ['a token for an empty audience', () => at('/t/token', [projected(token({ audience: '' }))]), found(undefined)],
  ['a lifetime that is no number', () => at('/t/token', [projected(token({ expirationSeconds: '600' }))]), found('a')],
  ['the longest lifetime', () => at('/t/token', [projected(token({ expirationSeconds: 4294967296 }))]), found('a', 4294967296)],
  ['one second more', () => at('/t/token', [projected(token({ expirationSeconds: 4294967297 }))]), missing('has expirationSeconds 4294967297, and not a whole number from 600 to 4294967296')],
  ['one second less than the shortest', () => at('/t/token', [projected(token({ expirationSeconds: 599 }))]), missing('the API server refuses the pod: the token token of the volume v has expirationSeconds 599')],
  ['half a second', () => at('/t/token', [projected(token({ expirationSeconds: 600.5 }))]), missing('expirationSeconds 600.5')],
  ['a token in a folder', () => at('/t/a/b', [projected(token({ path: 'a/b' }))]), found('a')],
  ['another name', () => at('/t/other', [projected(token())]), missing('the volume v has no file other')],
  ['another place', () => at('/x/token', [projected(token())]), missing('nothing is mounted at /x/token in the container app')],
  ['a place that only begins alike', () => at('/tt/token', [projected(token())]), missing('nothing is mounted at /tt/token')],
  ['the folder itself', () => at('/t', [projected(token())]), missing('the volume v has no file ')],
  ['a volume that is not there', () => at('/t/token', []), missing('the volume v does not exist')],
  ['a file by subPath', () => at('/t/token', [projected(token())], [{ name: 'v', mountPath: '/t', subPath: 'x' }]), missing('/t/token is mounted by subPath, and such a file is never renewed')],
  ['the nearest of two mounts', () => at('/t/in/token', [projected(token()), { name: 'w', projected: { sources: [token({ audience: 'b' })] } }], [{ name: 'v', mountPath: '/t' }, { name: 'w', mountPath: '/t/in' }]), found('b')],
  ['the nearest of two mounts, the other way round', () => at('/t/in/token', [projected(token()), { name: 'w', projected: { sources: [token({ audience: 'b' })] } }], [{ name: 'w', mountPath: '/t/in' }, { name: 'v', mountPath: '/t' }]), found('b')],
  ['two tokens at one path', () => at('/t/token', [projected(token(), token({ audience: 'b' }))]), missing('the volume v has 2 tokens at the path token, of which the kubelet keeps the last alone')],
  ['the later of two sources', () => at('/t/k', [projected({ configMap: { name: 'c', items: [{ key: 'l', path: 'k' }] } }, { configMap: { name: 'c', items: [{ key: 'k', path: 'k' }] } })]), text('text')],
  ['a path that is a file and a folder', () => at('/t/a/b', [projected(token({ path: 'a' }), token({ path: 'a/b' }))]), missing('the kubelet writes nothing of the volume v: a is to be a file and a folder')],
  ['names that begin alike', () => at('/t/ab', [projected(token({ path: 'a' }), token({ path: 'ab' }))]), found('a')],
  ['a key of a ConfigMap, projected', () => at('/t/k', [projected({ configMap: { name: 'c' } })]), text('text')],
  ['a key of a ConfigMap', () => at('/t/k', [{ name: 'v', configMap: { name: 'c' } }]), text('text')],
  ['a key under another name', () => at('/t/x/y', [{ name: 'v', configMap: { name: 'c', items: [{ key: 'l', path: 'x/y' }] } }]), text('other')],
  ['a key that is not chosen', () => at('/t/k', [{ name: 'v', configMap: { name: 'c', items: [{ key: 'l', path: 'l' }] } }]), missing('has no file k')],
  ['a key that is not there', () => at('/t/x', [{ name: 'v', configMap: { name: 'c', items: [{ key: 'x', path: 'x' }] } }]), missing('the ConfigMap c with the key x is not among the manifests')],
  ['a ConfigMap that is not there', () => at('/t/k', [{ name: 'v', configMap: { name: 'gone' } }]), missing('the volume v has no file k')],
  ['a Secret', () => at('/t/s', [projected({ secret: { name: 's', items: [{ key: 's', path: 's' }] } })]), missing('what is in s is not among the manifests')],
  ['a field of the pod', () => at('/t/f', [projected({ downwardAPI: { items: [{ path: 'f' }] } })]), missing('what is in f is not among')],
  ['a trust bundle', () => at('/t/b', [projected({ clusterTrustBundle: { path: 'b' } })]), missing('what is in b is not among')],
  ...['credentialBundlePath', 'keyPath', 'certificateChainPath'].map((field): [string, () => FileView, FileView] => [`a certificate's ${field}`, () => at('/t/x', [projected({ podCertificate: { [field]: 'x' } })]), missing('what is in x is not among')]),
  ['no volume of the kubelet', () => at('/t/x', [{ name: 'v', emptyDir: {} }]), missing('has no file x')],
])('%s', (_what, got, wanted) => {
  expect(got()).toEqual(wanted);
});

describe('who may read it', () => {
  const users = (uid: number, more: object = {}): object => ({ securityContext: { runAsUser: uid, ...more } });

  test.each<[string, () => FileView, boolean]>([
    ['what the one user was given, whatever the mode', () => at('/t/token', [{ ...projected(token()), projected: { sources: [token()], defaultMode: 0o400 } }], undefined, users(1000)), true],
    ['what is for all by default', () => at('/t/k', [{ name: 'v', configMap: { name: 'c' } }], undefined, users(1000)), true],
    ['what the volume gives to root alone', () => at('/t/k', [{ name: 'v', configMap: { name: 'c', defaultMode: 0o400 } }], undefined, users(1000)), false],
    ['what the projection gives to root alone', () => at('/t/k', [{ name: 'v', projected: { defaultMode: 0o400, sources: [{ configMap: { name: 'c' } }] } }], undefined, users(1000)), false],
    ['what the item gives to root alone', () => at('/t/k', [{ name: 'v', configMap: { name: 'c', items: [{ key: 'k', path: 'k', mode: 0o400 }] } }], undefined, users(1000)), false],
    ['what the item gives to all, and the volume to root alone', () => at('/t/k', [{ name: 'v', configMap: { name: 'c', defaultMode: 0o400, items: [{ key: 'k', path: 'k', mode: 0o444 }] } }], undefined, users(1000)), true],
    ['a mode that is no number', () => at('/t/k', [{ name: 'v', configMap: { name: 'c', defaultMode: '0400' } }], undefined, users(1000)), true],
  ])('%s: %s', (_what, find, readable) => {
    const got = find();
    expect(got.kind !== 'missing').toBe(readable);
    if (got.kind === 'missing') expect(got.why).toMatch(/^\/t\/k belongs to root with the mode 0400/);
  });
});

test('all tokens of a container, with what is wrong with them', () => {
  const pod = podWith([projected(token(), { configMap: { name: 'c' } }), { name: 'w', projected: { sources: [token({ audience: 'b', expirationSeconds: 5, path: 'x' })] } }, { name: 'u', projected: { sources: [token()] } }],
    [{ name: 'v', mountPath: '/t/' }, { name: 'w', mountPath: '/w' }, { name: 'u', mountPath: '/u', subPath: 'token' }, { name: 'gone', mountPath: '/g' }]);
  expect(tokensOf(pod, pod.containers[0] as PodView['containers'][number])).toEqual([
    { path: '/t/token', token: { audience: 'a', expirationSeconds: 3600 } },
    { path: '/w/x', token: { audience: 'b', expirationSeconds: 5 }, fault: expect.stringContaining('expirationSeconds 5') as string },
  ]);
  expect([firstTokenIn(pod, 'v'), firstTokenIn(pod, 'gone'), firstTokenIn(podWith([{ name: 'v', configMap: { name: 'c' } }]), 'v')]).toEqual([{ audience: 'a', expirationSeconds: 3600 }, undefined, undefined]);
  expect(firstTokenIn(podWith([projected({ configMap: { name: 'c' } }, token())]), 'v')).toEqual({ audience: 'a', expirationSeconds: 3600 });
});
