/** The proof over documents of APIs and pods that nobody here generated. */
import { account, only, pod } from './support';
import type { KubernetesObject } from '../../src/kubernetes/manifest';
import type { TrustArtifact } from '../../src/proof/artifacts';
import { prove } from '../../src/proof/prove';

const ISSUER = 'https://k3s.example.com/';
const API = 'https://reports.example.com';
const SUBJECT = 'system:serviceaccount:shop:checkout';
const caller = (change: object = {}) => ({
  issuer: ISSUER, discoveryUrl: 'https://k3s.example.com/.well-known/openid-configuration', algorithms: ['RS256'], audiences: [API], subjects: [SUBJECT], ...change,
});
const verifier = (...callers: object[]): TrustArtifact => ({ provider: 'jwt', kind: 'jwt.Verifier', name: `checkout@${API}`, becomes: API, request: { callers } });
const withToken = (audience = API, source: object = {}, container: object = {}): KubernetesObject => pod({
  containers: [{ name: 'app', volumeMounts: [{ name: 't', mountPath: '/t' }], ...container }],
  volumes: [{ name: 't', projected: { sources: [{ serviceAccountToken: { path: 'token', audience } }], ...source } }],
});
const ask = (trust: readonly TrustArtifact[], workload: KubernetesObject, issuer: string | undefined = ISSUER) =>
  prove({ clusters: [{ name: 'k3s', ...(issuer !== undefined && { issuer }), objects: [account(), workload] }], trust });

test('the right caller is admitted, and nobody else', () => {
  const proof = ask([verifier(caller())], withToken());
  expect(only(proof.verdicts)).toMatchObject({ admitted: true, decided: true, becomes: API, by: `checkout@${API}`, claims: { issuer: ISSUER, subject: SUBJECT, audience: API } });
  expect(proof).toMatchObject({ holds: true, strangers: [], tokens: [] });
});

test('one of several audiences is enough, and another name of the API lets in nobody new', () => {
  const both = verifier(caller({ audiences: [API, 'old'] }));
  expect(ask([both], withToken())).toMatchObject({ holds: true, strangers: [], verdicts: [{ admitted: true }] });
  expect(ask([both], withToken('old'))).toMatchObject({ holds: true, strangers: [], verdicts: [{ admitted: true, becomes: API }] });
});

test.each<[string, object, RegExp]>([
  ['another subject', { subjects: ['system:serviceaccount:shop:check-out'] }, /wants the subject/],
  ['an issuer without its slash', { issuer: 'https://k3s.example.com' }, /lacks the slash/],
  ['another issuer', { issuer: 'https://other.example.com/' }, /wants the issuer/],
  ['no subjects', { subjects: [] }, /wants the subject ""/],
  ['a star that is taken by the letter', { subjects: ['system:serviceaccount:shop:*'] }, /wants the subject/],
  ['no place of the keys', { discoveryUrl: undefined }, /no place of the keys/],
  ['two places of the keys', { jwksUri: 'https://keys.example.com' }, /2 places of the keys/],
  ['no keys', { discoveryUrl: undefined, jwks: { keys: [] } }, /no key of/],
  ['no algorithm', { algorithms: [] }, /no algorithm/],
])('%s is refused, and said', (_what, change, reason) => {
  const proof = ask([verifier(caller(change))], withToken());
  expect(only(proof.verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringMatching(reason) });
  expect(proof.holds).toBe(false);
});

test('the audience of the document is another one: whoever has the token is nobody there, and who is let in is a stranger', () => {
  const proof = ask([verifier(caller({ audiences: ['https://billing.example.com'] }))], withToken());
  expect(only(proof.verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringMatching(/wants the audience "https:\/\/billing/) });
  expect(ask([{ ...verifier(caller()), becomes: 'x' }], withToken('y')).strangers).toHaveLength(1);
});

test.each<[string, object, RegExp]>([
  ['a subject that no manifest has', { subjects: [SUBJECT, 'system:serviceaccount:shop:other'] }, /^system:serviceaccount:shop:other of/],
  ['a wildcard', { subjects: [SUBJECT, 'system:serviceaccount:shop:*'] }, /like system:serviceaccount:shop:\*/],
  ['every audience', { audiences: [] }, /with a token for anybody/],
  ['every subject', { subjects: [] }, /every service account of/],
  ['unsigned tokens', { algorithms: ['none'] }, /everybody who writes a token/],
  ['signatures by the public key', { algorithms: ['RS256', 'HS256'] }, /everybody who writes a token .* HS256/],
])('%s is a stranger', (_what, change, who) => {
  const proof = ask([verifier(caller(change))], withToken());
  expect(proof.holds).toBe(false);
  expect(only(proof.strangers)).toMatchObject({ provider: 'jwt', becomes: API, who: expect.stringMatching(who) });
});

test('of several callers one is enough, and several documents are one API', () => {
  const other = caller({ issuer: 'https://other.example.com' });
  expect(only(ask([verifier(other, caller())], withToken()).verdicts)).toMatchObject({ admitted: true });
  expect(only(ask([{ ...verifier(other), name: `other@${API}` }, verifier(caller())], withToken()).verdicts)).toMatchObject({ admitted: true, by: `checkout@${API}` });
});

test('a token that the container cannot read lets nobody in', () => {
  const proof = ask([verifier(caller())], withToken(API, { defaultMode: 0o400 }, { securityContext: { runAsUser: 1000 } }));
  expect(proof.verdicts.map(({ admitted }) => admitted)).toEqual([true]);
  const two = pod({
    containers: [1, 2].map(n => ({ name: `app-${n}`, securityContext: { runAsUser: 1000 + n }, volumeMounts: [{ name: 't', mountPath: '/t' }] })),
    volumes: [{ name: 't', projected: { defaultMode: 0o400, sources: [{ serviceAccountToken: { path: 'token', audience: API } }] } }],
  });
  expect(ask([verifier(caller())], two)).toMatchObject({ holds: false, verdicts: [{ admitted: false, reason: expect.stringMatching(/belongs to root/) }, { admitted: false }] });
});

test('what is not known is not decided', () => {
  expect(only(prove({ clusters: [{ name: 'k3s', objects: [account(), withToken()] }], trust: [verifier(caller())] }).verdicts)).toMatchObject({ admitted: false, decided: false });
  // Without a document a token is a token for somebody.
  expect(ask([], withToken())).toMatchObject({ holds: true, verdicts: [], tokens: [{ audience: API }] });
});
