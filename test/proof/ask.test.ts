/** A real token asks every trust: what is let in, what is refused and by what, and what nobody can tell. */
import * as fc from 'fast-check';
import { AKS_ISSUER, CLIENT, EKS_ISSUER, ROLE, credential, member, only, role, statement } from './support';
import type { ClusterArtifact, TrustArtifact } from '../../src/proof/artifacts';
import { askAll, type PresentedToken } from '../../src/proof/ask';

const SUBJECT = 'system:serviceaccount:shop:checkout';
const OWN = { namespace: 'shop', serviceaccount: { name: 'checkout', uid: 'u' } };

function token({ claims = {}, ...change }: Partial<PresentedToken> = {}): PresentedToken {
  const given = { algorithm: 'RS256', issuer: EKS_ISSUER, subject: SUBJECT, audiences: ['sts.amazonaws.com'], issued: 1000, expires: 4600, ...change };
  return { ...given, claims: { 'iss': given.issuer, 'sub': given.subject, 'aud': given.audiences, 'kubernetes.io': OWN, ...claims } };
}

const blue: ClusterArtifact = { name: 'blue', issuer: EKS_ISSUER, objects: [] };
function ask(presented: PresentedToken, trust: readonly TrustArtifact[], clusters: readonly ClusterArtifact[] = [blue]) {
  return askAll(presented, { clusters, trust });
}

const azure = (change: Partial<PresentedToken> = {}) => token({ issuer: AKS_ISSUER, audiences: ['api://AzureADTokenExchange'], ...change });

test('a token is taken by the trust that names it, and refused by others for the first difference', () => {
  const [taken, refused] = ask(token(), [role(statement()), credential()]);
  expect(taken).toMatchObject({ provider: 'aws', becomes: ROLE, admitted: true, by: ROLE });
  expect(refused).toMatchObject({ provider: 'azure', becomes: CLIENT, admitted: false, decided: true, difference: { claim: 'issuer', token: EKS_ISSUER, trust: AKS_ISSUER } });
});

test('the cluster of a token need not be known', () => {
  expect(only(ask(token(), [role(statement())], []))).toMatchObject({ admitted: true });
  expect(only(ask(azure(), [credential()], [blue]))).toMatchObject({ admitted: true });
});

test.each([
  ['alg none', token({ algorithm: 'none' }), role(statement()), /signed by nobody/],
  ['alg NoNe', token({ algorithm: 'NoNe' }), role(statement()), /signed by nobody/],
  ['a secret', token({ algorithm: 'HS256' }), role(statement()), /"HS256"/],
  ['ES256 at Entra', azure({ algorithm: 'ES256' }), credential(), /signed by RS256, the token has "ES256"/],
  ['no audience', token({ audiences: [] }), role(statement({ aud: null })), /no audience/],
  ['no expiry', token({ expires: undefined as never }), role(statement()), /no expiry/],
  ['no issuer', token({ issuer: undefined as never }), role(statement()), /no issuer/],
  ['a fault of its own', token({ fault: 'the token expired' }), role(statement()), /the token expired/],
])('%s is refused whatever it claims', (_, presented, trust, reason) => {
  expect(only(ask(presented, [trust]))).toMatchObject({ admitted: false, decided: true, reason: expect.stringMatching(reason) });
});

test('ES256 is taken where the cloud takes it', () => {
  expect(only(ask(token({ algorithm: 'ES256' }), [role(statement())]))).toMatchObject({ admitted: true });
});

test.each([
  ['whose it is', token({ subject: 'repo:me/it:ref:refs/heads/main' }), /no service account/],
  ['who contradicts himself', token({ claims: { 'kubernetes.io': { ...OWN, namespace: 'other' } } }), /contradicts itself/],
  ['for whom, where it is for several', token({ audiences: ['sts.amazonaws.com', 'other'] }), /for 2 audiences/],
  ['what keeps it from being told', token({ doubt: 'no key' }), /no key/],
])('it is not decided %s', (_, presented, reason) => {
  expect(only(ask(presented, [role(statement())]))).toMatchObject({ admitted: false, decided: false, reason: expect.stringMatching(reason) });
});

test('a token for several that are all wrong is refused all the same', () => {
  expect(only(ask(token({ audiences: ['a', 'b'] }), [role(statement())]))).toMatchObject({ admitted: false, decided: true });
});

test('a role of Vault by review depends on the cluster, which an unknown issuer does not tell', () => {
  const trust: readonly TrustArtifact[] = [
    { provider: 'vault', kind: 'kubernetes.Config', name: 'auth/kubernetes/config', cluster: 'green', request: {} },
    {
      provider: 'vault',
      kind: 'kubernetes.Role',
      name: 'auth/kubernetes/role/checkout',
      becomes: 'auth/kubernetes/role/checkout',
      request: { bound_service_account_names: ['checkout'], bound_service_account_namespaces: ['shop'], audience: 'vault' },
    },
  ];
  const presented = token({ audiences: ['vault'] });
  expect(only(ask(presented, trust, [blue]))).toMatchObject({ admitted: false, decided: true });
  expect(only(ask(presented, trust, [{ name: 'green', issuer: EKS_ISSUER, objects: [] }]))).toMatchObject({ admitted: true });
  expect(only(ask(presented, trust, [{ name: 'green', objects: [] }]))).toMatchObject({ admitted: false, decided: false, reason: expect.stringContaining('which cluster') });
  expect(only(ask(token({ audiences: [], expires: undefined as never }), trust, [{ name: 'green', issuer: EKS_ISSUER, objects: [] }]))).toMatchObject({ decided: false });
});

test('Google takes a token for less than two days, and conditions read what stands in it', () => {
  const name = 'projects/1/locations/global/workloadIdentityPools/p/providers/k';
  const principal = `principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/${SUBJECT}`;
  const provider = (attributeCondition: string): TrustArtifact => ({
    provider: 'gcp',
    kind: 'iam.WorkloadIdentityPoolProvider',
    name,
    request: { workloadIdentityPoolProvider: { attributeMapping: { 'google.subject': 'assertion.sub' }, attributeCondition, oidc: { issuerUri: EKS_ISSUER, allowedAudiences: ['it'] } } },
  });
  const trust = (condition: string) => [provider(condition), member({ member: principal })];
  const presented = (change: Partial<PresentedToken> = {}) => token({ audiences: ['it'], claims: { 'kubernetes.io': { ...OWN, pod: { name: 'web-1' } } }, ...change });
  expect(only(ask(presented(), trust('')))).toMatchObject({ admitted: true });
  expect(only(ask(presented(), trust('assertion[\'kubernetes.io\'].pod.name == \'web-1\'')))).not.toMatchObject({ decided: true, admitted: false });
  expect(only(ask(presented({ expires: 1000 + 48 * 3600 }), trust('')))).toMatchObject({ admitted: false, decided: true, reason: expect.stringContaining('172800') });
  expect(only(ask(presented({ algorithm: 'ES384' }), trust('')))).toMatchObject({ admitted: false, decided: true });
});

test('an unsigned token is never taken, and no token throws, whatever stands in it', () => {
  const trust = [role(statement()), role(statement({ aud: null, sub: null })), credential(), member()];
  fc.assert(fc.property(fc.record({
    algorithm: fc.constantFrom('none', 'NONE', 'None'), issuer: fc.constantFrom(EKS_ISSUER, AKS_ISSUER), subject: fc.constantFrom(SUBJECT, 'x'), audiences: fc.array(fc.string()),
  }), change => ask(token(change), trust).every(({ admitted, decided }) => !admitted && decided)));
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), fc.array(fc.string()), (claims, subject, audiences) => {
    expect(ask(token({ claims: claims as PresentedToken['claims'], subject, audiences }), trust)).toHaveLength(3);
  }));
});
