/** The flags of kube-apiserver that are about service account tokens: each rule by a value that breaks it, and what is in order stays silent. */
import fc from 'fast-check';
import { TOKEN_GATES } from '../../../src/kubernetes/api-server/check-gates';
import { durationSeconds } from '../../../src/kubernetes/api-server/duration';
import { PROVIDER_IDS } from '../../../src/providers';
import { SENTENCE, ack, aks, blue, boundTo, gke, k3s } from '../../support/definitions';
import { apiServerFlags, checkApiServerFlags, defineProjectedTokens, defineWorkloadIdentity, planWorkloadIdentities, type ApiServerFlagMap, type ApiServerFlags, type KubeadmClusterConfiguration } from 'symbolon';

const ISSUER = 'https://issuer.example.com';
const GOOD: ApiServerFlagMap = {
  'service-account-issuer': ISSUER,
  'service-account-key-file': '/etc/kubernetes/pki/sa.pub',
  'service-account-signing-key-file': '/etc/kubernetes/pki/sa.key',
  'service-account-extend-token-expiration': 'false',
};
const without = (...names: readonly string[]): ApiServerFlagMap => Object.fromEntries(Object.entries(GOOD).filter(([name]) => !names.includes(name)));
const kubeadm = (extraArgs: unknown, version = 'v1beta4'): ApiServerFlags => ({ apiVersion: `kubeadm.k8s.io/${version}`, kind: 'ClusterConfiguration', apiServer: { extraArgs } } as KubeadmClusterConfiguration);
const OLD = { 'service-account-issuer': ISSUER, 'service-account-extend-token-expiration': 'false' };
const LIST = Object.entries(OLD).map(([name, value]) => ({ name, value }));
const found = (flags: ApiServerFlags): readonly string[] => checkApiServerFlags(flags).map(({ code, severity, path }) => `${severity} ${code} ${path}`);

test.each<[string, ApiServerFlags]>([
  ['flags by name', GOOD],
  ['a command line', ['kube-apiserver', ...Object.entries(GOOD).map(([name, value]) => `--${name}=${value}`)]],
  ['a command line of separate words', ['kube-apiserver', '--allow-privileged', ...Object.entries(GOOD).flatMap(([name, value]) => (value === 'false' ? [`--${name}=false`] : [`--${name}`, value as string]))]],
  ['a command line with underscores', Object.entries(GOOD).map(([name, value]) => `--${name.replaceAll('-', '_')}=${value}`)],
  ['kubeadm v1beta4', kubeadm(LIST)],
  ['an issuer that is being replaced', { ...GOOD, 'service-account-issuer': [ISSUER, 'https://kubernetes.default.svc.cluster.local'] }],
  ['audiences with the issuer', { ...GOOD, 'api-audiences': `https://kubernetes.default.svc,${ISSUER}` }],
  ['audiences in two flags', { ...GOOD, 'api-audiences': ['https://kubernetes.default.svc', ISSUER] }],
  ['a maximum', { ...GOOD, 'service-account-max-token-expiration': '24h' }],
  ['no maximum, said so', { ...GOOD, 'service-account-max-token-expiration': '0' }],
  ['a maximum that leaves nothing to extend', { ...without('service-account-extend-token-expiration'), 'service-account-max-token-expiration': '1h' }],
  ['audiences that are the server itself, however it is called', { ...GOOD, 'api-audiences': `${ISSUER},${ISSUER}/other,https://kubernetes.default.svc.corp.example,https://10.0.0.1:6443,k3s,api` }],
  ['the address that kubeadm is told of', { ...kubeadm([...LIST, { name: 'api-audiences', value: `${ISSUER},https://api.example.com` }]), controlPlaneEndpoint: 'api.example.com:8443' } as ApiServerFlags],
  ['an external signer', { ...without('service-account-key-file', 'service-account-signing-key-file'), 'service-account-signing-endpoint': '/run/signer.sock' }],
  ['gates of others, and our own as they are', { ...GOOD, 'feature-gates': 'AllAlpha=false,ServiceAccountTokenJTI=true,kube:SomethingElse=false,constructor=true' }],
])('%s: nothing is found', (_what, flags) => {
  expect(checkApiServerFlags(flags)).toEqual([]);
});

test.each<[string, ApiServerFlags, string, string]>([
  ['the gate of the tutorials', { ...GOOD, 'feature-gates': 'ImplicitServiceAccountToken=false' }, 'error api-server/gate feature-gates', '"ImplicitServiceAccountToken=false"'],
  ['the same, switched on', { ...GOOD, 'feature-gates': 'ImplicitServiceAccountToken=true' }, 'error api-server/gate feature-gates', 'never was'],
  ['the same in kubeadm', kubeadm([...LIST, { name: 'feature-gates', value: 'ImplicitServiceAccountToken=false' }]), 'error api-server/gate apiServer.extraArgs[2].value', 'never was'],
  ['the same, for a component', { ...GOOD, 'feature-gates': 'kube:ImplicitServiceAccountToken=false' }, 'error api-server/gate feature-gates', 'never was'],
  ['a gate that is gone', { ...GOOD, 'feature-gates': 'X=true,BoundServiceAccountTokenVolume=true' }, 'error api-server/gate feature-gates', 'since 1.22'],
  ['a gate that is locked', { ...GOOD, 'feature-gates': 'ServiceAccountTokenJTI=false' }, 'error api-server/gate feature-gates', 'since 1.32'],
  ['a gate that protects', { ...GOOD, 'feature-gates': 'ServiceAccountNodeAudienceRestriction=false' }, 'warning api-server/gate feature-gates', 'any audience'],
  ['a gate without a value', { ...GOOD, 'feature-gates': 'ServiceAccountTokenJTI' }, 'error api-server/gate feature-gates', '"ServiceAccountTokenJTI"'],
  ['no issuer', without('service-account-issuer'), 'error api-server/issuer-missing service-account-issuer', 'does not start'],
  ['an issuer with http', { ...GOOD, 'service-account-issuer': 'http://issuer.example.com' }, 'error api-server/issuer service-account-issuer', 'https://'],
  ['an issuer that is a name', { ...GOOD, 'service-account-issuer': 'kubernetes.default.svc' }, 'error api-server/issuer service-account-issuer', '"kubernetes.default.svc"'],
  ['an issuer with a query', { ...GOOD, 'service-account-issuer': `${ISSUER}?a=b` }, 'error api-server/issuer service-account-issuer', 'query'],
  ['an issuer with a fragment', { ...GOOD, 'service-account-issuer': `${ISSUER}#a` }, 'error api-server/issuer service-account-issuer', 'fragment'],
  ['an empty issuer', { ...GOOD, 'service-account-issuer': '' }, 'error api-server/issuer service-account-issuer', '""'],
  ['an old issuer with http', { ...GOOD, 'service-account-issuer': [ISSUER, 'http://old.example.com'] }, 'error api-server/issuer service-account-issuer[1]', 'old.example.com'],
  ['two issuers with a comma', { ...GOOD, 'service-account-issuer': `${ISSUER}/a,https://old.example.com` }, 'error api-server/issuer service-account-issuer', 'commas'],
  ['an issuer twice', { ...GOOD, 'service-account-issuer': [ISSUER, ISSUER] }, 'error api-server/issuer-twice service-account-issuer[1]', ISSUER],
  ['an issuer inside the cluster', { ...GOOD, 'service-account-issuer': 'https://kubernetes.default.svc' }, 'warning api-server/issuer-internal service-account-issuer', 'no cloud can'],
  ['the issuer that kubeadm gives', kubeadm(LIST.slice(1)), 'warning api-server/issuer-internal apiServer.extraArgs', '"https://kubernetes.default.svc.cluster.local"'],
  ['audiences without the issuer', { ...GOOD, 'api-audiences': 'https://kubernetes.default.svc' }, 'warning api-server/audiences api-audiences', 'refused until they are renewed'],
  ['audiences with the old issuer only', { ...GOOD, 'service-account-issuer': [ISSUER, 'https://old.example.com'], 'api-audiences': 'https://old.example.com' }, 'warning api-server/audiences api-audiences', ISSUER],
  ['the address of somebody else as an audience', { ...GOOD, 'api-audiences': `${ISSUER},https://vault.example.com` }, 'warning api-server/foreign-audience api-audiences', '"https://vault.example.com"'],
  ['the audience of a pool, in the second flag', { ...GOOD, 'api-audiences': [ISSUER, 'https://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q'] }, 'warning api-server/shared-audience api-audiences[1]', 'that of gcp'],
  ['an issuer without a value', ['--service-account-issuer', ...Object.keys(GOOD).slice(1).map(name => `--${name}=${GOOD[name] as string}`)], 'error api-server/flag [0]', 'write --service-account-issuer=…'],
  ['an issuer without a value, at the end', [...Object.keys(GOOD).slice(1).map(name => `--${name}=${GOOD[name] as string}`), '--service-account-issuer'], 'error api-server/flag [3]', 'does not start'],
  ['nothing', undefined as unknown as ApiServerFlags, 'error api-server/flags flags', 'got nothing'],
  ['nothing, said so', null as unknown as ApiServerFlags, 'error api-server/flags flags', 'got null'],
  ['a text', '--api-audiences=a' as unknown as ApiServerFlags, 'error api-server/flags flags', 'each argument by itself'],
  ['a maximum of 59 minutes', { ...GOOD, 'service-account-max-token-expiration': '59m' }, 'error api-server/max-expiration service-account-max-token-expiration', 'shortest'],
  ['a maximum over 2^32 seconds', { ...GOOD, 'service-account-max-token-expiration': '4294967297s' }, 'error api-server/max-expiration service-account-max-token-expiration', '4294967296s'],
  ['a negative maximum', { ...GOOD, 'service-account-max-token-expiration': '-24h' }, 'error api-server/max-expiration service-account-max-token-expiration', '"-24h"'],
  ['a maximum without a unit', { ...GOOD, 'service-account-max-token-expiration': '86400' }, 'error api-server/max-expiration service-account-max-token-expiration', '86400s'],
  ['a maximum in days', { ...GOOD, 'service-account-max-token-expiration': '1d' }, 'error api-server/max-expiration service-account-max-token-expiration', '"1d"'],
  ['an extension that nobody switched off', without('service-account-extend-token-expiration'), 'warning api-server/extended-tokens service-account-extend-token-expiration', 'for a year'],
  ['an extension that is on', { ...GOOD, 'service-account-extend-token-expiration': 'true' }, 'warning api-server/extended-tokens service-account-extend-token-expiration', '"true"'],
  ['an extension beside a maximum of a day', { ...without('service-account-extend-token-expiration'), 'service-account-max-token-expiration': '24h' }, 'warning api-server/extended-tokens service-account-extend-token-expiration', 'does not shorten'],
  ['an extension with a value that is none', { ...GOOD, 'service-account-extend-token-expiration': 'no' }, 'error api-server/switch service-account-extend-token-expiration', '"no"'],
  ['no signing key', without('service-account-signing-key-file'), 'error api-server/signing-key service-account-signing-key-file', 'does not start'],
  ['no key to verify', without('service-account-key-file'), 'error api-server/signing-key service-account-key-file', 'does not start'],
  ['a signer beside a key', { ...GOOD, 'service-account-signing-endpoint': '/run/signer.sock' }, 'error api-server/signing-both service-account-signing-key-file', 'remove one'],
  ['a signer beside the keys of kubeadm', kubeadm([...LIST, { name: 'service-account-signing-endpoint', value: '/run/signer.sock' }]), 'error api-server/signing-both apiServer.extraArgs[2].value', 'patch'],
  ['keys at an http URL', { ...GOOD, 'service-account-jwks-uri': 'http://issuer.example.com/keys' }, 'error api-server/jwks-uri service-account-jwks-uri', 'https'],
  ['no lookup', { ...GOOD, 'service-account-lookup': 'false' }, 'warning api-server/lookup service-account-lookup', 'deleted'],
  ['a maximum twice', { ...GOOD, 'service-account-max-token-expiration': ['12h', '24h'] }, 'warning api-server/repeated service-account-max-token-expiration[0]', 'last one wins'],
  ['a number for a text', kubeadm([...LIST, { name: 'service-account-max-token-expiration', value: 86400 }]), 'error api-server/flag apiServer.extraArgs[2].value', '86400'],
  ['a flag with its dashes', kubeadm([...LIST, { name: '--api-audiences', value: ISSUER }]), 'error api-server/flag apiServer.extraArgs[2].value', 'api-audiences'],
  ['a word between flags', ['kube-apiserver', ...Object.entries(GOOD).map(([name, value]) => `--${name}=${value}`), '-v=4'], 'error api-server/flag [5]', '"-v=4"'],
  ['a map in v1beta4', kubeadm(OLD), 'error kubeadm/extra-args apiServer.extraArgs', 'a list of name and value'],
  ['an item that is a text', kubeadm([...LIST, 'api-audiences=a']), 'error kubeadm/extra-args apiServer.extraArgs[2]', '"api-audiences=a"'],
  ['flags that are a text', kubeadm('--api-audiences=a', 'v1beta3'), 'error kubeadm/extra-args apiServer.extraArgs', '--api-audiences'],
  ['a version that nobody reads', kubeadm(OLD, 'v1beta2'), 'error kubeadm/version apiVersion', 'v1beta2'],
  ['a version that is no version', kubeadm(LIST, '../constructor'), 'error kubeadm/version apiVersion', 'constructor'],
  ['another kind', { ...kubeadm(LIST), kind: 'InitConfiguration' } as unknown as ApiServerFlags, 'error kubeadm/kind kind', 'InitConfiguration'],
])('%s is found, where it is', (_what, flags, finding, says) => {
  const issues = checkApiServerFlags(flags);
  const issue = issues.find(each => `${each.severity} ${each.code} ${each.path}` === finding);
  const seen = issue === undefined ? found(flags) : finding;
  expect({ seen, message: issue?.message }).toEqual({ seen: finding, message: expect.stringMatching(SENTENCE) as string });
  expect(issue?.message).toContain(says);
});

test('one mistake is one finding', () => {
  expect(found({ ...GOOD, 'service-account-issuer': 'http://issuer.example.com' })).toHaveLength(1);
  expect(found(kubeadm([...LIST, { name: 'feature-gates', value: 'ImplicitServiceAccountToken=false' }]))).toHaveLength(1);
});

test('a flag without a value is one mistake, and not what it would make of the server', () => {
  const rest = Object.keys(GOOD).slice(1).map(name => `--${name}=${GOOD[name] as string}`);
  expect(found(['--service-account-issuer', ...rest])).toEqual(['error api-server/flag [0]']);
  expect(found([...rest.filter(word => !word.includes('signing')), '--service-account-signing-key-file', `--service-account-issuer=${ISSUER}`])).toEqual(['error api-server/flag [2]']);
});

test('an API audience that is a cloud\'s, or that of a definition, is a warning that names whose it is', () => {
  const said = (audience: string, ...definitions: Parameters<typeof checkApiServerFlags>[1] & object): string | undefined =>
    checkApiServerFlags({ ...GOOD, 'api-audiences': `${ISSUER},${audience}` }, definitions).map(({ severity, code, message }) => `${severity} ${code} ${/it is that of ([^,]+)/.exec(message)?.[1] ?? ''}`)[0];
  const homes = { alibaba: ack, aws: blue, azure: aks, gcp: gke, jwt: k3s, vault: k3s };
  for (const id of PROVIDER_IDS) {
    const definition = defineWorkloadIdentity(boundTo(id, homes[id]));
    for (const { claims } of planWorkloadIdentities(definition).edges) {
      expect([id, said(claims.audience, definition)]).toEqual([id, `warning api-server/shared-audience trustedBy.${id} of "checkout"`]);
      // Vault, and an API of one's own, is wherever somebody runs it.
      expect([id, said(claims.audience)]).toEqual([id, id === 'vault' || id === 'jwt' ? 'warning api-server/foreign-audience ' : `warning api-server/shared-audience ${id}`]);
    }
  }
  expect(said('payments')).toBeUndefined();
  expect(said('payments', defineProjectedTokens({ tokens: { pay: { audience: 'payments' } } }))).toBe('warning api-server/shared-audience tokens.pay');
});

test('where somebody takes tokens for the API server\'s own name, its flags are not to blame', () => {
  expect(checkApiServerFlags({ ...GOOD, 'api-audiences': ISSUER }, [defineProjectedTokens({ tokens: { pay: { audience: ISSUER } } })])).toEqual([]);
});

test('the flags that make an API server the issuer are in order, in either form, but for what they leave as it is', () => {
  const { args, kubeadm: configuration } = apiServerFlags({ issuer: ISSUER, earlier: ['https://kubernetes.default.svc.cluster.local'] });
  expect(found(args)).toEqual(['warning api-server/extended-tokens service-account-extend-token-expiration']);
  expect(found(configuration)).toEqual(['warning api-server/extended-tokens apiServer.extraArgs']);
});

test('definitions that are none are refused', () => {
  expect(() => checkApiServerFlags(GOOD, [{ tokens: {} }] as never)).toThrow(/definitions\[0\]: expected what defineWorkloadIdentity/);
  expect(() => checkApiServerFlags(GOOD, null as never)).toThrow(/definitions: expected a list/);
});

test('v1beta3 is read as a map, and only its age is a finding', () => {
  expect(found(kubeadm(OLD, 'v1beta3'))).toEqual(['warning kubeadm/version apiVersion']);
  expect(found(kubeadm(LIST, 'v1beta3'))).toEqual(['warning kubeadm/version apiVersion', 'error kubeadm/extra-args apiServer.extraArgs']);
});

test('the example of the tutorials: an old version, and a gate that does not exist', () => {
  expect(found({ ...kubeadm({ ...OLD, 'feature-gates': 'ImplicitServiceAccountToken=false' }, 'v1beta3') })).toEqual([
    'warning kubeadm/version apiVersion', 'error api-server/gate apiServer.extraArgs.feature-gates',
  ]);
});

const nameArb = fc.constantFrom(
  ...Object.keys(GOOD), 'api-audiences', 'feature-gates', 'service-account-max-token-expiration', 'service-account-lookup', 'service-account-jwks-uri', 'service-account-signing-endpoint', 'v',
);
const valueArb = fc.oneof(
  fc.constantFrom('true', 'false', '1h', '24h', '', ISSUER, `${ISSUER}/`, 'http://a', 'https://kubernetes.default.svc', `a,${ISSUER}`, ...Object.keys(TOKEN_GATES).flatMap(gate => [`${gate}=true`, `${gate}=false`])),
  fc.string({ unit: 'grapheme-ascii', maxLength: 12 }),
);
const flagsArb = fc.array(fc.tuple(nameArb, valueArb), { maxLength: 8 });
const rules = (flags: ApiServerFlags): readonly string[] => checkApiServerFlags(flags).map(({ code, severity, message }) => `${severity} ${code} ${message.slice(message.indexOf(': expected'))}`);

test('the same flags mean the same, as a command line and by name', () => {
  fc.assert(fc.property(flagsArb, pairs => {
    // By name all values of a flag stand together, so the command line has them in that order too.
    const byName = new Map<string, string[]>();
    for (const [name, value] of pairs) byName.set(name, [...byName.get(name) ?? [], value]);
    const words = [...byName].flatMap(([name, values]) => values.map(value => `--${name}=${value}`));
    expect(rules(['kube-apiserver', ...words])).toEqual(rules(Object.fromEntries(byName)));
  }));
});

test('the lists of kubeadm and its maps mean the same but for what is said of the version', () => {
  fc.assert(fc.property(flagsArb.map(pairs => Object.fromEntries(pairs)), flags => {
    const ours = (input: ApiServerFlags): readonly string[] => rules(input).filter(text => text.includes('api-server/'));
    expect(ours(kubeadm(Object.entries(flags).map(([name, value]) => ({ name, value }))))).toEqual(ours(kubeadm(flags, 'v1beta3')));
  }));
});

test('whatever is given, a finding is a sentence with a place, and nothing is thrown', () => {
  const input = fc.oneof(
    fc.array(fc.anything()), fc.dictionary(nameArb, fc.anything()),
    fc.anything().map(extraArgs => kubeadm(extraArgs)), fc.record({ apiVersion: fc.anything(), kind: fc.anything(), apiServer: fc.anything() }),
  );
  fc.assert(fc.property(input, flags => {
    for (const issue of checkApiServerFlags(flags as ApiServerFlags)) {
      expect(issue.message).toMatch(SENTENCE);
      expect(issue.path).not.toBe('');
    }
  }));
});

test('durations are read as Go reads them', () => {
  expect(['24h', '1h30m', '1.5h', '.5h', '90m', '3600s', '3600000ms', '0', '-1h', '+1h', '1h0m0s'].map(durationSeconds)).toEqual([86400, 5400, 5400, 1800, 5400, 3600, 3600, 0, -3600, 3600, 3600]);
  expect(['', '24', '1d', '1 h', 'h', '1h 30m', '24H', '1e3s', '١h'].map(durationSeconds)).toEqual(Array(9).fill(undefined));
  fc.assert(fc.property(fc.nat(1000), fc.nat(59), fc.nat(59), (h, m, s) => {
    expect(durationSeconds(`${h}h${m}m${s}s`)).toBe(h * 3600 + m * 60 + s);
  }));
});

test('the example is in order, and says nothing', () => {
  const [said, argv] = [jest.spyOn(console, 'log').mockImplementation(), process.argv];
  try {
    process.argv = ['node', 'check', 'examples/cluster-flags/kubeadm.yaml'];
    jest.isolateModules(() => jest.requireActual('../../../examples/cluster-flags/check'));
    expect(said.mock.calls).toEqual([]);
    expect(process.exitCode).toBeUndefined();
  } finally {
    process.argv = argv;
    said.mockRestore();
  }
});
