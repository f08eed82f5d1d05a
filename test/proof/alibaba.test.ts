/** The proof over RAM roles and pods that nobody here generated. */
import { account, only, pod } from './support';
import type { KubernetesObject } from '../../src/kubernetes/manifest';
import type { TrustArtifact } from '../../src/proof/artifacts';
import { prove } from '../../src/proof/prove';

const ISSUER = 'https://oidc-ack-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/c1';
const ROLE = 'acs:ram::1234567890123456:role/checkout';
const PROVIDER = 'acs:ram::1234567890123456:oidc-provider/ack-rrsa-c1';
const DOMAIN = 'pod-identity.alibabacloud.com';
const SUBJECT = 'system:serviceaccount:shop:checkout';

const statement = (conditions: object = {}, more: object = {}) => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Federated: [PROVIDER] },
  Condition: { StringEquals: { 'oidc:iss': ISSUER, 'oidc:sub': SUBJECT, 'oidc:aud': 'sts.aliyuncs.com', ...conditions } },
  ...more,
});
const role = (...statements: object[]): TrustArtifact => ({ provider: 'alibaba', kind: 'ram.Role', name: ROLE, becomes: ROLE, request: { RoleName: 'checkout', AssumeRolePolicyDocument: JSON.stringify({ Version: '1', Statement: statements }) } });
const provider = (request: object): TrustArtifact => ({ provider: 'alibaba', kind: 'ims.OIDCProvider', name: PROVIDER, request: { IssuerUrl: ISSUER, ClientIds: ['sts.aliyuncs.com'], ...request } });
const sa = account({ [`${DOMAIN}/role-name`]: 'checkout' });
const labelled = pod({}, { labels: { [`${DOMAIN}/injection`]: 'on' } });
const namespace = (value: string): KubernetesObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { [`${DOMAIN}/injection`]: value } } });
const ask = (trust: readonly TrustArtifact[], objects: readonly KubernetesObject[] = [sa, labelled], ramProvider: string | undefined = PROVIDER) =>
  prove({ clusters: [{ name: 'ack', issuer: ISSUER, objects, ...(ramProvider !== undefined && { ramProvider }) }], trust });

const explicit = (env: { readonly [name: string]: string } = {}, audience = 'sts.aliyuncs.com') => pod({
  containers: [{
    name: 'app',
    env: Object.entries({ ALIBABA_CLOUD_ROLE_ARN: ROLE, ALIBABA_CLOUD_OIDC_PROVIDER_ARN: PROVIDER, ALIBABA_CLOUD_OIDC_TOKEN_FILE: '/t/token', ...env }).filter(([, value]) => value !== '').map(([name, value]) => ({ name, value })),
    volumeMounts: [{ name: 't', mountPath: '/t' }],
  }],
  volumes: [{ name: 't', projected: { sources: [{ serviceAccountToken: { path: 'token', audience } }] } }],
});

test.each<[string, readonly KubernetesObject[]]>([
  ['by a label of the pod', [sa, labelled]],
  ['by a label of the namespace', [sa, pod(), namespace('on')]],
  ['explicitly', [account(), explicit()]],
])('the right trust admits %s, and nobody else', (_how, objects) => {
  const proof = ask([role(statement()), provider({})], objects);
  expect(only(proof.verdicts)).toMatchObject({ admitted: true, becomes: ROLE, claims: { issuer: ISSUER, subject: SUBJECT, audience: 'sts.aliyuncs.com' } });
  expect(proof).toMatchObject({ holds: true, strangers: [] });
});

test.each<[string, object, RegExp]>([
  ['another subject', statement({ 'oidc:sub': 'system:serviceaccount:shop:check-out' }), /wants the subject "system:serviceaccount:shop:check-out"/],
  ['a slash too many', statement({ 'oidc:iss': `${ISSUER}/` }), /slash at the end that the token lacks/],
  ['another audience', statement({ 'oidc:aud': 'sts.amazonaws.com' }), /wants the audience "sts.amazonaws.com"/],
  ['a star that StringEquals takes by the letter', statement({ 'oidc:sub': 'system:serviceaccount:shop:*' }), /wants the subject "system:serviceaccount:shop:\*"/],
  ['a key with the issuer before it, as AWS has it', statement({ [`${ISSUER}:sub`]: SUBJECT }), /nothing under this key/],
  ['another provider', statement({}, { Principal: { Federated: ['acs:ram::1234567890123456:oidc-provider/ack-rrsa-c2'] } }), /trusts acs:ram::1234567890123456:oidc-provider\/ack-rrsa-c1/],
  ['another action', statement({}, { Action: 'sts:AssumeRoleWithOIDC' }), /allows sts:AssumeRole$/],
])('%s is refused, and the reason names it', (_what, wrong, reason) => {
  const proof = ask([role(wrong)]);
  expect(only(proof.verdicts)).toMatchObject({ admitted: false, decided: true });
  expect(only(proof.verdicts).reason).toMatch(reason);
  expect(proof.holds).toBe(false);
});

test('a Deny beats every Allow', () => {
  expect(only(ask([role(statement(), statement({}, { Effect: 'Deny' }))]).verdicts)).toMatchObject({ admitted: false, reason: expect.stringContaining('denies') });
});

test.each<[string, object, RegExp]>([
  ['audiences', { ClientIds: ['other'] }, /takes the audiences other/],
  ['another issuer', { IssuerUrl: `${ISSUER}/` }, /wants the issuer .*slash/],
])('a provider with %s refuses what the role would take', (_what, request, reason) => {
  expect(only(ask([role(statement()), provider(request)]).verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringMatching(reason) });
});

test.each<[string, readonly KubernetesObject[], RegExp]>([
  ['no label', [sa, pod()], /neither the pod nor its namespace has the label/],
  ['a label that says off', [sa, pod(), namespace('off')], /neither the pod nor its namespace/],
  ['the ARN in the annotation', [account({ [`${DOMAIN}/role-name`]: ROLE }), labelled], /wants the name of a role/],
  ['a variable missing', [account(), explicit({ ALIBABA_CLOUD_OIDC_PROVIDER_ARN: '' })], /only some of/],
  ['no token at the path', [account(), explicit({ ALIBABA_CLOUD_OIDC_TOKEN_FILE: '/t/other' })], /has no file other/],
  ['another provider in the variable', [account(), explicit({ ALIBABA_CLOUD_OIDC_PROVIDER_ARN: `${PROVIDER}x` })], /trusts .*c1x/],
  ['a token for another audience', [account(), explicit({}, 'sts.amazonaws.com')], /the token has "sts.amazonaws.com"/],
  ['keys in the environment', [account(), explicit({ ALIBABA_CLOUD_ACCESS_KEY_ID: 'a', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'b' })], /every SDK uses instead/],
])('a pod with %s does not get in', (_what, objects, reason) => {
  expect(only(ask([role(statement())], objects).verdicts)).toMatchObject({ admitted: false, reason: expect.stringMatching(reason) });
});

test('containers that the pod leaves out do not ask', () => {
  for (const annotations of [{ [`${DOMAIN}/skip-containers`]: 'other,app' }, { [`${DOMAIN}/only-containers`]: 'other' }, { [`${DOMAIN}/only-containers`]: 'app', [`${DOMAIN}/skip-containers`]: 'app' }]) {
    expect(ask([role(statement())], [sa, pod({}, { labels: { [`${DOMAIN}/injection`]: 'on' }, annotations })]).verdicts).toEqual([]);
  }
});

test.each<[string, object, RegExp]>([
  ['a subject with a star', { ...statement(), Condition: { StringLike: { 'oidc:sub': 'system:serviceaccount:shop:*' }, StringEquals: { 'oidc:iss': ISSUER, 'oidc:aud': 'sts.aliyuncs.com' } } }, /every service account of .* like system:serviceaccount:shop:\*/],
  ['no subject', { ...statement(), Condition: { StringEquals: { 'oidc:iss': ISSUER, 'oidc:aud': 'sts.aliyuncs.com' } } }, /every service account of https/],
  ['no issuer', { ...statement(), Condition: { StringEquals: { 'oidc:sub': SUBJECT, 'oidc:aud': 'sts.aliyuncs.com' } } }, /of the issuer of acs:/],
  ['no audience', { ...statement(), Condition: { StringEquals: { 'oidc:iss': ISSUER, 'oidc:sub': SUBJECT } } }, /with every audience/],
  ['a second subject', statement({ 'oidc:sub': [SUBJECT, 'system:serviceaccount:shop:old'] }), /system:serviceaccount:shop:old of https/],
  ['a RAM principal', { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: ['acs:ram::1234567890123456:root'] } }, /principals .*:root/],
])('%s lets strangers in', (_what, open, who) => {
  const proof = ask([role(statement(), open)]);
  expect(only(proof.verdicts)).toMatchObject({ admitted: true });
  expect(proof).toMatchObject({ holds: false, strangers: [{ who: expect.stringMatching(who) }] });
});

test('of a cluster that is not known to be ACK the account is not known, and nothing is decided', () => {
  const proof = prove({ clusters: [{ name: 'ack', issuer: ISSUER, objects: [sa, labelled] }], trust: [] });
  expect(only(proof.verdicts)).toMatchObject({ becomes: 'checkout', admitted: false, decided: false });
});
