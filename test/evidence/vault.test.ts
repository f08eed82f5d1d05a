/** What the CLIs of Vault and OpenBao print, beside manifests as people write them. */
import { judged, printed } from './support';
import type { EvidenceDocument } from '../../src/evidence';
import { account, only, pod } from '../proof/support';

const ISSUER = 'https://oidc.prod.example.com';
const answer = (data: object): object => ({ request_id: '8f0a2c1e-7d3b-4c5e-9a1f-2b3c4d5e6f70', lease_id: '', lease_duration: 0, renewable: false, data, warnings: null, mount_type: 'jwt' });
const TOKEN = { token_bound_cidrs: [], token_explicit_max_ttl: 0, token_max_ttl: 0, token_no_default_policy: false, token_num_uses: 0, token_period: 0, token_policies: ['shop'], token_ttl: 0, token_type: 'default' };
const kubernetes = (fields: object = {}): object => answer({
  alias_name_source: 'serviceaccount_uid', audience: 'vault', bound_service_account_names: ['checkout'], bound_service_account_namespace_selector: '', bound_service_account_namespaces: ['shop'], ...TOKEN, ...fields,
});
const jwt = (fields: object = {}): object => answer({
  allowed_redirect_uris: null,
  bound_audiences: ['vault'],
  bound_claims: null,
  bound_claims_type: 'string',
  bound_subject: 'system:serviceaccount:shop:checkout',
  claim_mappings: null,
  groups_claim: '',
  role_type: 'jwt',
  user_claim: 'sub',
  user_claim_json_pointer: false,
  ...TOKEN,
  ...fields,
});
const jwtConfig = (fields: object = {}): object => answer({
  bound_issuer: '', default_role: '', jwks_ca_pem: '', jwks_url: '', jwt_supported_algs: [], jwt_validation_pubkeys: [], oidc_client_id: '', oidc_discovery_ca_pem: '', oidc_discovery_url: '', provider_config: {}, ...fields,
});
const DISCOVERY = printed({ issuer: ISSUER, jwks_uri: 'https://10.0.0.1:6443/openid/v1/jwks', id_token_signing_alg_values_supported: ['RS256'] }, { cluster: 'prod' });

const MOUNT = { containers: [{ name: 'app', image: 'app:1', volumeMounts: [{ name: 'vault', mountPath: '/var/run/secrets/vault-serviceaccount' }] }] };
const volumes = (audience?: string): object => ({ volumes: [{ name: 'vault', projected: { sources: [{ serviceAccountToken: { path: 'token', ...(audience !== undefined && { audience }) } }] } }] });
const workload = (method: string, audience: string | undefined = 'vault', address?: string): object => pod({ ...MOUNT, ...volumes(audience) }, {
  annotations: {
    'vault.hashicorp.com/agent-inject': 'true',
    'vault.hashicorp.com/role': 'checkout',
    'vault.hashicorp.com/auth-path': `auth/${method}`,
    ...(address !== undefined && { 'vault.hashicorp.com/service': address }),
  },
});
const given = (object: object, ...documents: readonly EvidenceDocument[]): ReturnType<typeof judged> => judged(DISCOVERY, ...[account(), object].map(value => printed(value, { cluster: 'prod' })), ...documents);
const at = (value: object, of: string, about: object = {}): EvidenceDocument => printed(value, { of, ...about });

test.each<[string, string, string, string | undefined]>([
  ['a path alone is of pods that name no server', 'auth/kubernetes/role/checkout', 'kubernetes', undefined],
  ['a server before it is of pods that name it', 'vault.example.com:8200/auth/kubernetes/role/checkout', 'kubernetes', 'https://vault.example.com:8200'],
  ['a URL of the API is the same', 'https://vault.example.com:8200/v1/auth/kubernetes/role/checkout', 'kubernetes', 'https://vault.example.com:8200'],
])('%s', (_what, of, method, address) => {
  expect(given(workload(method, 'vault', address), at(kubernetes(), of))).toMatchObject({ gaps: [], holds: true, strangers: [], verdicts: [{ admitted: true, becomes: of.replace('https://', '').replace('/v1/', '/') }] });
});

test('a role of another server is not taken for it', () => {
  expect(only(given(workload('kubernetes', 'vault', 'https://vault.example.com'), at(kubernetes(), 'auth/kubernetes/role/checkout')).verdicts)).toMatchObject({ admitted: false, decided: false });
});

test.each([undefined, 'checkout', 'auth/kubernetes/config'])('a role of which the path is %j is nobody\'s', of => {
  const proof = given(workload('kubernetes'), printed(kubernetes(), of === undefined ? {} : { of }));
  expect(proof).toMatchObject({ verdicts: [{ decided: false }], gaps: [{ code: 'evidence/unsaid', message: expect.stringContaining('of: vault.example.com/auth/kubernetes/role/checkout') }] });
});

test.each<[string, object, boolean, RegExp]>([
  ['another namespace', { bound_service_account_namespaces: ['prod'] }, true, /takes the namespaces prod/],
  ['another audience', { audience: 'https://vault.example.com' }, true, /wants the audience/],
  ['no audience', { audience: '' }, true, /only a token for the API server/],
  ['namespaces by their labels', { bound_service_account_namespaces: [], bound_service_account_namespace_selector: '{"matchLabels":{"team":"shop"}}' }, false, /selects the namespace shop is not told here/],
])('kubernetes: %s does not let it in', (_what, fields, decided, reason) => {
  expect(only(given(workload('kubernetes'), at(kubernetes(fields), 'auth/kubernetes/role/checkout')).verdicts)).toMatchObject({ admitted: false, decided, reason: expect.stringMatching(reason) });
});

test('kubernetes: without an audience the API server\'s own token does, and the strangers are others', () => {
  expect(given(workload('kubernetes', ''), at(kubernetes({ audience: '' }), 'auth/kubernetes/role/checkout'))).toMatchObject({ verdicts: [{ admitted: true }] });
  expect(given(workload('kubernetes'), at(kubernetes({ bound_service_account_names: ['*'] }), 'auth/kubernetes/role/checkout')).strangers).toEqual([expect.objectContaining({ who: 'every service account like shop/*' })]);
});

test('kubernetes: its config is of the cluster that the user says', () => {
  const config = answer({ disable_iss_validation: true, disable_local_ca_jwt: false, issuer: '', kubernetes_ca_cert: '', kubernetes_host: 'https://10.0.0.1:6443', pem_keys: [], token_reviewer_jwt_set: true });
  const judgedBy = (cluster: string): ReturnType<typeof judged> => given(workload('kubernetes'), at(kubernetes(), 'auth/kubernetes/role/checkout'), at(config, 'auth/kubernetes/config', { cluster }));
  expect(only(judgedBy('prod').verdicts)).toMatchObject({ admitted: true, reason: expect.not.stringContaining('provided that') });
  expect(only(judgedBy('other').verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringContaining('asks the API server of other') });
  expect(judged(printed(config)).gaps).toEqual([expect.objectContaining({ message: expect.stringContaining('which mount it configures') })]);
});

const ROLE = 'auth/jwt/role/checkout';

test.each<[string, object, object | undefined]>([
  ['the subject', {}, undefined],
  ['the empty texts of what is not set', { bound_subject: '', bound_claims: { sub: ['system:serviceaccount:shop:checkout'] } }, jwtConfig({ jwks_url: 'https://keys.example.com' })],
  ['the issuer of the mount', {}, jwtConfig({ oidc_discovery_url: ISSUER, bound_issuer: ISSUER })],
  ['the keys of the issuer, whose name is not bound', {}, jwtConfig({ oidc_discovery_url: ISSUER })],
])('jwt: %s lets it in', (_what, fields, config) => {
  expect(given(workload('jwt'), at(jwt(fields), ROLE), ...(config === undefined ? [] : [at(config, 'auth/jwt/config')]))).toMatchObject({ gaps: [], holds: true, strangers: [], verdicts: [{ admitted: true }] });
});

test.each<[string, object, object, boolean, RegExp]>([
  ['the subject in capitals', { bound_subject: 'system:serviceaccount:shop:Checkout' }, {}, true, /upper and lower case/],
  ['a subject with a star, which is taken by the letter', { bound_subject: 'system:serviceaccount:shop:*', bound_claims_type: 'glob' }, {}, true, /wants the subject "system:serviceaccount:shop:\*"/],
  ['a claim that fits and a subject that does not', { bound_subject: 'system:serviceaccount:shop:other', bound_claims: { sub: 'system:serviceaccount:shop:checkout' } }, {}, true, /wants the subject "system:serviceaccount:shop:other"/],
  ['an issuer with a star, which is taken by the letter', { bound_claims_type: 'glob' }, { bound_issuer: 'https://oidc.*' }, true, /wants the issuer/],
  ['keys of somebody else', {}, { oidc_discovery_url: 'https://accounts.example.com' }, false, /has the keys of https:\/\/accounts\.example\.com/],
  ['a role for browsers', { role_type: 'oidc' }, {}, true, /browsers/],
])('jwt: %s does not let it in', (_what, fields, config, decided, reason) => {
  expect(only(given(workload('jwt'), at(jwt(fields), ROLE), at(jwtConfig(config), 'auth/jwt/config')).verdicts)).toMatchObject({ admitted: false, decided, reason: expect.stringMatching(reason) });
});

test.each<[string, readonly string[], readonly string[], object]>([
  ['what the mount is told it takes', ['ES384'], ['ES256', 'ES384'], { admitted: true }],
  ['what it is not told', ['ES384'], ['ES256'], { admitted: false, decided: true, reason: expect.stringContaining('signed by ES256, the token has "ES384"') as string }],
  ['anything but Vault\'s default, where it is told nothing', ['ES384'], [], { admitted: false, decided: true, reason: expect.stringContaining('signed by RS256') as string }],
  ['one of two, where nobody sees which key signs', ['ES384', 'RS256'], [], { admitted: false, decided: false, reason: expect.stringContaining('which key of prod signs') as string }],
])('jwt: a cluster that signs by %s', (_what, algorithms, supported, verdict) => {
  const discovery = printed({ issuer: ISSUER, jwks_uri: 'https://10.0.0.1:6443/openid/v1/jwks', id_token_signing_alg_values_supported: algorithms }, { cluster: 'prod' });
  const manifests = [account(), workload('jwt')].map(value => printed(value, { cluster: 'prod' }));
  const mount = at(jwtConfig({ oidc_discovery_url: ISSUER, jwt_supported_algs: supported }), 'auth/jwt/config');
  expect(only(judged(discovery, ...manifests, at(jwt(), ROLE), mount).verdicts)).toMatchObject(verdict);
});

test('lists of mounts are read, alone and in an answer', () => {
  const mounts = { 'kubernetes/': { accessor: 'auth_kubernetes_1a2b', type: 'kubernetes', config: {} }, 'team/jwt/': { accessor: 'auth_jwt_1', type: 'jwt', config: {} }, 'token/': { accessor: 'auth_token_1', type: 'token' } };
  expect(judged(printed(mounts), printed(answer(mounts), { of: 'https://vault.example.com/v1/sys/auth' })).gaps).toEqual([]);
  expect(judged(printed(answer({ keys: ['checkout'] }))).gaps).toEqual([expect.objectContaining({ code: 'evidence/unknown' })]);
});
