/** Tokens and volumes that users get wrong: each row is one mistake. The same rules hold in an identity and without one. */
import { aks, blue, boundTo, checkoutWith, errorsOf, gke, green, k3s, SENTENCE } from '../support/definitions';
import {
  checkProjectedTokens, checkWorkloadIdentity, defineProjectedTokens, defineWorkloadIdentity, TOKEN_LIFETIMES,
  type Issue, type ProjectedTokensInput, type TokenDefinition, type WorkloadIdentityInput,
} from 'symbolon';

type Row = [mistake: string, input: object, code: string, path: string, given: string, allowed: string];

const A = { audience: 'https://a.example.com' };
const token = (fields: object): object => ({ tokens: { a: { ...A, ...fields } } });
const volume = (fields: object, tokens: object = {}): object => ({ volumes: { files: { sources: [{ configMap: { name: 'settings', items: [{ key: 'k', path: 'k' }] } }], ...fields } }, tokens });
const source = (...sources: object[]): object => volume({ sources });
const item = (fields: object): object => source({ secret: { name: 'keys', items: [{ key: 'k', path: 'k', ...fields }] } });
const downward = (fields: object): object => source({ downwardAPI: { items: [{ path: 'f', ...fields }] } });
const bundle = (fields: object): object => source({ clusterTrustBundle: { path: 'ca.pem', ...fields } });
const certificate = (fields: object): object => source({ podCertificate: { signerName: 'example.com/mesh', keyType: 'ED25519', credentialBundlePath: 'pod.pem', ...fields } });
const S0 = 'volumes.files.sources[0]';

const ERRORS: readonly Row[] = [
  ['a lifetime by a name that is none', token({ expirationSeconds: 'week' }), 'structure/type', 'tokens.a.expirationSeconds', '"week"', '"half-day"'],
  ['a part of a path of 256 bytes, in fewer characters', token({ path: 'é'.repeat(128) }), 'token/path', 'tokens.a.path', 'ééé', '255 bytes'],
  ['a path of more than 4096 bytes', token({ path: `${'x/'.repeat(2048)}x` }), 'token/path', 'tokens.a.path', 'x/x/', '4096 in all'],
  ['a path that the kubelet keeps for itself', token({ path: '..data' }), 'token/path', 'tokens.a.path', '"..data"', 'without ..'],
  ['a mount with a step to itself', token({ mountPath: '/tokens/./a' }), 'token/mount-path', 'tokens.a.mountPath', '/tokens/./a', 'without .'],
  ['a mount where clients of the Kubernetes API look', token({ mountPath: '/var/run/secrets/kubernetes.io/serviceaccount/' }), 'token/well-known-path', 'tokens.a.mountPath', 'serviceaccount/', 'neither in nor around'],
  ['a mount around where they look', volume({ mountPath: '/var/run/secrets' }), 'volume/well-known-path', 'volumes.files.mountPath', '"/var/run/secrets"', 'neither in nor around'],
  ['a mount where they look, by the link that images have', token({ mountPath: '/run/secrets/kubernetes.io' }), 'token/well-known-path', 'tokens.a.mountPath', '/run/secrets/kubernetes.io', 'neither in nor around'],
  ['a mount in /proc', volume({ mountPath: '/proc/tokens' }), 'volume/mount-path', 'volumes.files.mountPath', '/proc/tokens', 'outside /proc'],
  ['a relative mount', volume({ mountPath: 'files' }), 'volume/mount-path', 'volumes.files.mountPath', '"files"', 'absolute'],
  ['a skip list without anything', token({ skipContainers: [] }), 'token/containers', 'tokens.a.skipContainers', '[]', 'at least one'],
  ['a list of containers that are all skipped', token({ containers: ['app'], skipContainers: ['app', 'x'] }), 'token/containers', 'tokens.a.skipContainers', '["app","x"]', 'leaves one of containers over'],
  ['a volume for no container', volume({ containers: [] }), 'volume/containers', 'volumes.files.containers', '[]', 'at least one'],

  ['a token in a volume that is not there', { ...volume({}), tokens: { a: { ...A, volume: 'fils' } } }, 'token/volume', 'tokens.a.volume', '"fils"', 'one of the volumes'],
  ['a token in a volume, mounted elsewhere', volume({}, { a: { ...A, volume: 'files', mountPath: '/x' } }), 'token/in-volume', 'tokens.a.mountPath', '"/x"', 'mounted at /var/run/secrets/symbolon/files'],
  ['a token in a volume, for some of its containers', volume({}, { a: { ...A, volume: 'files', containers: ['app'] } }), 'token/in-volume', 'tokens.a.containers', '["app"]', 'beside volume'],
  ['a token in a volume, skipping some of its containers', volume({}, { a: { ...A, volume: 'files', skipContainers: ['app'] } }), 'token/in-volume', 'tokens.a.skipContainers', '["app"]', 'beside volume'],

  ['two tokens at one path, of which the kubelet keeps one', volume({}, { a: { ...A, volume: 'files', path: 'token' }, b: { ...A, volume: 'files', path: 'token' } }), 'volume/path-twice', 'tokens.b.path', '"token"', 'tokens.a.path'],
  ['a token at the path of a key', volume({}, { a: { ...A, volume: 'files', path: 'k' } }), 'volume/path-twice', 'tokens.a.path', '"k"', `${S0}.configMap.items[0].path`],
  ['a token in what is a file', volume({}, { a: { ...A, volume: 'files', path: 'k/token' } }), 'volume/path-inside', 'tokens.a.path', '"k/token"', 'neither in nor around k'],
  ['a file where a token has a folder', volume({}, { a: { ...A, volume: 'files', path: 'x/y' }, b: { ...A, volume: 'files', path: 'x' } }), 'volume/path-inside', 'tokens.b.path', '"x"', 'neither in nor around x/y'],
  ['a certificate at the path of its key', certificate({ keyPath: 'pod.pem' }), 'volume/path-twice', `${S0}.podCertificate.keyPath`, '"pod.pem"', 'credentialBundlePath'],

  ['a volume with a name that no volume has', { volumes: { Files: { sources: [] } } }, 'volume/name', 'volumes.Files', '"Files"', '63'],
  ['a volume with a name of 64 characters', { volumes: { ['v'.repeat(64)]: {} } }, 'volume/name', `volumes.${'v'.repeat(64)}`, 'vvv', '63'],
  ['a volume with a name that admission takes for its own', { volumes: { 'kube-api-access-x': {} } }, 'volume/name', 'volumes.kube-api-access-x', 'kube-api-access-x', 'no kube-api-access-'],
  ['a volume with the name of a token\'s', { volumes: { 'token-a': { sources: [{ secret: { name: 's' } }], mountPath: '/x' } }, tokens: { a: A } }, 'identity/collision', 'volumes.token-a', '"token-a"', 'tokens.a'],
  ['two volumes in one place but for a slash', { volumes: { a: { sources: [{ secret: { name: 's' } }], mountPath: '/x' }, b: { sources: [{ secret: { name: 's' } }], mountPath: '/x/' } } }, 'identity/collision', 'volumes.b', '"/x/"', 'volumes.a'],
  ['two volumes in one place, by the link that images have', { volumes: { a: { sources: [{ secret: { name: 's' } }], mountPath: '/run/x' }, b: { sources: [{ secret: { name: 's' } }], mountPath: '/var//run/x/y' } } }, 'identity/collision', 'volumes.b', '"/var//run/x/y"', 'volumes.a'],
  ['a volume mounted inside another, which is read-only', { volumes: { a: { sources: [{ secret: { name: 's' } }], mountPath: '/x' } }, tokens: { b: { ...A, mountPath: '/x/b' } } }, 'identity/collision', 'volumes.a', '"/x"', 'tokens.b'],
  ['two files under one variable', volume({ env: { A_TOKEN_FILE: 'k' } }, { a: A }), 'identity/collision', 'volumes.files', 'A_TOKEN_FILE', 'tokens.a'],
  ['a volume with nothing in it', { volumes: { files: {} } }, 'volume/empty', 'volumes.files', '[]', 'at least one source'],
  ['a variable for a file that is not there', volume({ env: { CA: 'ca.crt' } }), 'volume/env-file', 'volumes.files.env.CA', '"ca.crt"', '., k'],
  ['a variable that no shell takes', volume({ env: { 'ca-file': 'k' } }), 'volume/env', 'volumes.files.env.ca-file', '"ca-file"', 'environment variable'],

  ['a mode written as people say it', volume({ defaultMode: 640 }), 'volume/mode', 'volumes.files.defaultMode', '640', '0 to 511'],
  ['a mode that is not octal', item({ mode: '0888' }), 'volume/mode', `${S0}.secret.items[0].mode`, '"0888"', 'octal digits'],
  ['a mode without the zero that says octal', volume({ defaultMode: '440' }), 'volume/mode', 'volumes.files.defaultMode', '"440"', '"0440"'],
  ['a mode with more than permissions', volume({ defaultMode: 0o1777 }), 'volume/mode', 'volumes.files.defaultMode', '1023', '0 to 511'],

  ['a source of two kinds', source({ configMap: { name: 'a' }, secret: { name: 'b' } }), 'volume/source', S0, '["configMap","secret"]', 'exactly one of'],
  ['a source of no kind, which Kubernetes takes and passes over', source({}), 'volume/source', S0, '[]', 'exactly one of'],
  ['a source for a token', source({ serviceAccountToken: { path: 'token' } }), 'structure/unknown-key', `${S0}.serviceAccountToken`, 'serviceAccountToken', 'configMap'],
  ['a ConfigMap in capitals', source({ configMap: { name: 'Settings' } }), 'name/dns-subdomain', `${S0}.configMap.name`, '"Settings"', 'a-z'],
  ['no keys, which are all keys', source({ configMap: { name: 's', items: [] } }), 'volume/items', `${S0}.configMap.items`, '[]', 'at least one key'],
  ['a key that none can be', item({ key: 'a/b' }), 'volume/key', `${S0}.secret.items[0].key`, '"a/b"', '253'],
  ['a key\'s file outside the volume', item({ path: '../k' }), 'volume/path', `${S0}.secret.items[0].path`, '"../k"', 'without ..'],
  ['a field of the pod that is only for variables', downward({ fieldRef: { fieldPath: 'spec.nodeName' } }), 'volume/downward-field', `${S0}.downwardAPI.items[0].fieldRef.fieldPath`, '"spec.nodeName"', 'metadata.name'],
  ['a label of the pod that is none', downward({ fieldRef: { fieldPath: 'metadata.labels[\'a b\']' } }), 'metadata/label-key', `${S0}.downwardAPI.items[0].fieldRef.fieldPath["a b"]`, '"a b"', 'name or prefix/name'],
  ['a field and a resource in one file', downward({ fieldRef: { fieldPath: 'metadata.name' }, resourceFieldRef: { containerName: 'app', resource: 'limits.cpu' } }), 'volume/downward', `${S0}.downwardAPI.items[0]`, '"both"', 'either fieldRef or'],
  ['a resource of no container', downward({ resourceFieldRef: { containerName: '', resource: 'limits.cpu' } }), 'name/dns-label', `${S0}.downwardAPI.items[0].resourceFieldRef.containerName`, '""', '63'],
  ['a resource that no container has', downward({ resourceFieldRef: { containerName: 'app', resource: 'limits.gpu' } }), 'volume/downward-resource', `${S0}.downwardAPI.items[0].resourceFieldRef.resource`, '"limits.gpu"', 'cpu, memory'],
  ['cpu counted in bytes', downward({ resourceFieldRef: { containerName: 'app', resource: 'limits.cpu', divisor: '1Mi' } }), 'volume/downward-divisor', `${S0}.downwardAPI.items[0].resourceFieldRef.divisor`, '"1Mi"', '1m, 1'],
  ['a bundle by name and by signer', bundle({ name: 'roots', signerName: 'example.com/mesh', labelSelector: {} }), 'volume/trust-bundle', `${S0}.clusterTrustBundle`, '"both"', 'either name or signerName'],
  ['a bundle of nobody', bundle({}), 'volume/trust-bundle', `${S0}.clusterTrustBundle`, '"neither"', 'either name or signerName'],
  ['labels of a bundle that is named', bundle({ name: 'roots', labelSelector: {} }), 'volume/trust-bundle', `${S0}.clusterTrustBundle.labelSelector`, '{}', 'no labelSelector'],
  ['a signer without labels, which selects nothing', bundle({ signerName: 'example.com/mesh' }), 'volume/trust-bundle', `${S0}.clusterTrustBundle.labelSelector`, 'nothing', 'a labelSelector'],
  ['a name of a bundle whose signer has no domain', bundle({ name: 'mesh:roots' }), 'volume/trust-bundle-name', `${S0}.clusterTrustBundle.name`, '"mesh:roots"', 'DNS subdomain'],
  ['a selector that compares with nothing', bundle({ signerName: 'example.com/mesh', labelSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] } }), 'volume/label-selector', `${S0}.clusterTrustBundle.labelSelector.matchExpressions[0].values`, '[]', 'at least one value for In'],
  ['a signer without a domain', certificate({ signerName: 'mesh' }), 'volume/signer', `${S0}.podCertificate.signerName`, '"mesh"', 'example.com/signer'],
  ['a certificate for half an hour', certificate({ maxExpirationSeconds: 1800 }), 'volume/certificate-lifetime', `${S0}.podCertificate.maxExpirationSeconds`, '1800', '3600 to 7862400'],
  ['a certificate of Kubernetes\' own for two days', certificate({ signerName: 'kubernetes.io/kube-apiserver-client-pod', maxExpirationSeconds: 172800 }), 'volume/certificate-lifetime', `${S0}.podCertificate.maxExpirationSeconds`, '172800', '3600 to 86400'],
  ['a certificate that is written nowhere', certificate({ credentialBundlePath: undefined }), 'volume/certificate-paths', `${S0}.podCertificate`, '"none"', 'at least one of credentialBundlePath'],
  ['a key of an unknown type', certificate({ keyType: 'RSA1024' }), 'structure/value', `${S0}.podCertificate.keyType`, '"RSA1024"', 'ED25519'],
  ['an annotation for the signer without a domain', certificate({ userAnnotations: { team: 'shop' } }), 'metadata/annotation-key', `${S0}.podCertificate.userAnnotations.team`, '"team"', 'a key with a domain'],

  ['a group that is none', { ...token({}), fsGroup: -1 }, 'identity/fs-group', 'fsGroup', '-1', '1 to 2147483647'],
  ['the group of root', { ...token({}), fsGroup: 0 }, 'identity/fs-group', 'fsGroup', '0', '1 to 2147483647'],
];

const WARNINGS: readonly Row[] = [
  ['a token for the API server\'s own audience, of whatever domain', token({ audience: 'https://kubernetes.default.svc.corp.example' }), 'token/api-audience', 'tokens.a.audience', 'kubernetes.default.svc.corp.example', 'of its own'],
  ['a token for whoever calls itself api', token({ audience: 'API' }), 'token/generic-audience', 'tokens.a.audience', '"API"', 'names one relying party'],
  ['a token with the lifetime that is extended to a year', token({ expirationSeconds: 3607 }), 'token/lifetime-3607', 'tokens.a.expirationSeconds', '3607', 'other than 3607'],
  ['a mode whose digits were meant as octal', volume({ defaultMode: 440 }), 'volume/mode-decimal', 'volumes.files.defaultMode', '440', 'octal digits in quotes'],
  ['a mount over a folder of the system', volume({ mountPath: '/etc/' }), 'volume/system-path', 'volumes.files.mountPath', '/etc/', 'a folder of its own'],
  ['all keys of a Secret beside a token', { volumes: { files: { sources: [{ secret: { name: 's' } }] } }, tokens: { a: { ...A, volume: 'files' } } }, 'volume/unlisted-keys', S0, 'secret', 'items'],
];

const identityWith = (fields: object): WorkloadIdentityInput => checkoutWith({ trustedBy: {}, ...fields });

function expectFinding(found: readonly Issue[], [, , code, path, given, allowed]: Row, severity: Issue['severity']): void {
  const finding = found.find(issue => issue.code === code && issue.path === path);
  expect({ finding, found }).toMatchObject({ finding: { severity } });
  const message = finding?.message ?? '';
  expect(message).toMatch(SENTENCE);
  expect(message.slice(message.indexOf(', got '))).toContain(given.slice(0, 100));
  expect(message).toContain(allowed);
}

test.each(ERRORS)('%s is refused, on its own and in an identity', (...row) => {
  const input = row[1] as ProjectedTokensInput;
  expectFinding(checkProjectedTokens(input), row, 'error');
  expect(() => defineProjectedTokens(input)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION' }));
  expectFinding(checkWorkloadIdentity(identityWith(input)), row, 'error');
});

describe('audiences that nobody can read in a message, or anywhere', () => {
  const found = (audience: string) => checkProjectedTokens({ tokens: { a: { audience } } });

  test.each<[string, string, string]>([
    ['a blank of no width', 'https://a.example.com\u200b', '\\u200b'],
    ['a mark for the order of bytes', '\ufeffhttps://a.example.com', '\\ufeff'],
    ['a soft hyphen', 'pay\u00adments', '\\u00ad'],
    ['a mark for the direction of text', 'pay\u202ements', '\\u202e'],
    ['a blank that does not break', 'pay\u00a0ments', '\\u00a0'],
    ['a control character', 'pay\u0085ments', '\\u0085'],
    ['DEL', 'pay\u007fments', '\\u007f'],
    ['half a character', 'pay\ud800ments', '\\ud800'],
  ])('%s is refused, and seen in the message', (_what, audience, shown) => {
    expect(found(audience)).toMatchObject([{ code: 'token/audience', severity: 'error', path: 'tokens.a.audience' }]);
    expect(found(audience)[0]?.message).toContain(shown);
    expect(checkWorkloadIdentity(identityWith({ rbac: [{ nodesMayRequest: [audience] }] }))).toMatchObject([{ code: 'rbac/audience', path: 'rbac[0].nodesMayRequest[0]' }]);
    for (const [provider, cluster] of [['aws', blue], ['azure', aks], ['vault', k3s]] as const) {
      expect(errorsOf(boundTo(provider, cluster, { audience }))).toContainEqual(expect.objectContaining({ code: `${provider}/audience` }));
    }
  });

  test.each([2049, 2 * 1024 * 1024])('one of %d bytes is refused, and not printed', length => {
    const [finding, ...others] = found('é'.repeat(length / 2) + 'a');
    expect(finding).toMatchObject({ code: 'token/audience', path: 'tokens.a.audience' });
    expect(others).toEqual([]);
    expect(finding?.message.length).toBeLessThan(400);
    expect(found('a'.repeat(2048))).toEqual([]);
  });

  test('whatever is long, no message is: names, paths, audiences, values', () => {
    const long = 'x'.repeat(100_000);
    const identity = identityWith({ name: long, namespace: long, tokens: { [long]: { audience: long, path: `${long}/`, mountPath: `/${long}`, volume: long, containers: [], env: ` ${long}` } }, labels: { [long]: long } });
    const messages = checkWorkloadIdentity(identity).map(({ message }) => message);
    expect(messages.length).toBeGreaterThan(5);
    for (const message of messages) expect(message.length).toBeLessThan(5000);
  });

  test('letters of any alphabet are fine', () => {
    expect(['https://bücher.example', '支付', 'spiffe://prod/ns/shop', 'api://0/x?y#z'].flatMap(found)).toEqual([]);
  });
});

test.each<[number, string]>([[300, 'give at least 600'], [5_000_000_000, 'give at most 4294967296'], [900.5, 'leave the fraction out']])('a lifetime of %d is told what to do about it, once', (expirationSeconds, fix) => {
  const found = checkWorkloadIdentity(identityWith({ tokens: { a: { ...A, expirationSeconds } } }));
  expect(found).toMatchObject([{ code: 'token/lifetime', message: expect.stringMatching(new RegExp(`; ${fix}$`)) as string }]);
});

test('a lifetime that Azure\'s webhook does not take is not said to be shortened as well', () => {
  expect(checkWorkloadIdentity(boundTo('azure', aks, { expirationSeconds: 90000 }))).toMatchObject([{ code: 'token/lifetime', message: expect.stringContaining('give at most 86400') as string }]);
});

test('two that want one place, one variable or one name are told what to change, and nothing of bindings', () => {
  const fixes = (tokens: object, volumes: object = {}): readonly string[] =>
    checkProjectedTokens({ tokens, volumes } as ProjectedTokensInput).map(({ message }) => message.slice(message.indexOf('; ') + 2));
  const keys = { sources: [{ secret: { name: 's' } }] };
  expect(fixes({ a: A, b: { ...A, mountPath: '/var/run/secrets/symbolon/a' } })).toEqual([expect.stringContaining('another mountPath')]);
  expect(fixes({ a: A, b: { ...A, env: 'A_TOKEN_FILE' } })).toEqual([expect.stringContaining('another env')]);
  expect(fixes({ a: A }, { 'token-a': { ...keys, mountPath: '/x' } })).toEqual([expect.stringContaining('rename')]);
});

test.each(['/var/run/secrets', '/var/run/secrets/kubernetes.io/serviceaccount', '/run/secrets'])('a mount at %s is one mistake, whether the API token is there or not', mountPath => {
  for (const apiToken of [true, false]) {
    const found = checkWorkloadIdentity(identityWith({ apiToken, tokens: { a: { ...A, mountPath } } }));
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual(['token/well-known-path tokens.a.mountPath']);
  }
});

test.each(WARNINGS)('%s is a warning, on its own and in an identity', (...row) => {
  const input = row[1] as ProjectedTokensInput;
  expectFinding(checkProjectedTokens(input), row, 'warning');
  expect(defineProjectedTokens(input).injection.volumes.length).toBeGreaterThan(0);
  expectFinding(checkWorkloadIdentity(identityWith(input)), row, 'warning');
});

test('the issuer that GKE derives is the audience of its API, too', () => {
  const issuer = 'https://container.googleapis.com/v1/projects/shop-prod/locations/europe-west4/clusters/gke';
  expect(checkWorkloadIdentity(identityWith({ clusters: [gke], ...token({ audience: issuer }) })).map(issue => issue.code)).toEqual(['token/api-audience']);
});

test('an identity that runs as the service account of everybody is warned of', () => {
  expect(checkWorkloadIdentity(identityWith({ serviceAccount: 'default' }))).toEqual([expect.objectContaining({ code: 'identity/default-account', severity: 'warning', path: 'serviceAccount' })]);
});

test('lifetimes with names are what they say, and the definition has seconds', () => {
  expect(TOKEN_LIFETIMES).toEqual({ 'shortest': 10 * 60, 'hour': 60 * 60, 'half-day': 12 * 60 * 60, 'day': 24 * 60 * 60 });
  const input = { tokens: Object.fromEntries(Object.keys(TOKEN_LIFETIMES).map(name => [name, { ...A, expirationSeconds: name }])) } as ProjectedTokensInput;
  const seconds = ({ tokens }: { readonly tokens: { readonly [name: string]: TokenDefinition } }): object =>
    Object.fromEntries(Object.entries(tokens).map(([name, each]) => [name, each.expirationSeconds]));
  expect(seconds(defineProjectedTokens(input))).toEqual(TOKEN_LIFETIMES);
  expect(seconds(defineWorkloadIdentity(identityWith(input)))).toEqual(TOKEN_LIFETIMES);
});

test.each([['0440', 288], ['0o440', 288], ['0644', 420], ['0000', 0], ['0777', 511], [288, 288]])('the mode %j is %d, in the definition and in the pod', (mode, decimal) => {
  const { volumes, injection } = defineProjectedTokens(volume({ defaultMode: mode, sources: [{ secret: { name: 's', items: [{ key: 'k', path: 'k', mode }] } }] }) as ProjectedTokensInput);
  const wanted = { defaultMode: decimal, sources: [{ secret: { name: 's', items: [{ key: 'k', path: 'k', mode: decimal }] } }] };
  expect(volumes?.files).toMatchObject(wanted);
  expect(injection.volumes[0]?.projected).toEqual(wanted);
});

describe('in some clusters', () => {
  const files = { files: { clusters: ['blue'] } };

  test('a token in a volume is where the volume is', () => {
    const found = (clusters?: readonly string[]): readonly Issue[] => checkWorkloadIdentity(identityWith({ clusters: [blue, green], volumes: files, tokens: { a: { ...A, volume: 'files', clusters } } }));
    expect(found(['blue'])).toEqual([]);
    for (const clusters of [undefined, ['green'], ['blue', 'green']]) expect(found(clusters)).toEqual([expect.objectContaining({ code: 'token/volume-clusters', path: 'tokens.a.clusters' })]);
  });

  test('tokens of different clusters may have one path', () => {
    const both = (a: string, b: string): readonly Issue[] => checkWorkloadIdentity(identityWith({
      clusters: [blue, green], volumes: { files: {} }, tokens: { a: { ...A, volume: 'files', path: 'token', clusters: [a] }, b: { ...A, volume: 'files', path: 'token', env: 'B', clusters: [b] } },
    }));
    expect(both('blue', 'green')).toEqual([]);
    expect(both('blue', 'blue').map(issue => issue.code)).toEqual(['volume/path-twice']);
  });

  test('a cluster that nobody knows is found in a volume, too', () => {
    expect(checkWorkloadIdentity(identityWith({ ...volume({ clusters: ['bleu'] }) }))).toEqual([expect.objectContaining({ code: 'identity/unknown-cluster', path: 'volumes.files.clusters[0]' })]);
  });
});

test('nothing to be projected is a mistake', () => {
  for (const input of [{}, { tokens: {} }]) expect(checkProjectedTokens(input).map(issue => issue.code)).toEqual(['token/none']);
});
