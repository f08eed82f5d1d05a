/** An API that reads nothing but the document which its callers' definitions give: `jose` checks the signatures, with keys from each of the three places. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair, type JWTPayload, type KeyLike } from 'jose';
import { verifierOf } from '../../examples/jwt/verifier';
import { checkoutWith, k3s } from '../support/definitions';
import { defineWorkloadIdentity, planWorkloadIdentities, tokenVerifier, type ClusterInput, type TokenVerifier } from 'symbolon';

const API = 'https://reports.example.com';
const SUBJECT = 'system:serviceaccount:shop:checkout';
const GREEN: ClusterInput = { name: 'green', issuer: 'https://green.example.com' };

type Claims = { readonly [name: string]: unknown };
interface Key { readonly kid: string; readonly alg: string; readonly privateKey: KeyLike | Uint8Array; readonly jwk: object }

async function keyOf(alg: string, kid: string): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair(alg);
  return { kid, alg, privateKey: privateKey as KeyLike, jwk: { ...await exportJWK(publicKey), kid, alg, use: 'sig' } };
}

/** As kube-apiserver makes it, with the claims that are given in the place of its own. */
function sign({ kid, alg, privateKey }: Key, claims: Claims = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const usual: Claims = { iss: k3s.issuer, sub: SUBJECT, aud: [API], iat: now, nbf: now, exp: now + 600 };
  return new SignJWT({ ...usual, ...claims } as JWTPayload).setProtectedHeader({ alg, kid }).sign(privateKey);
}

let own: Key;
let foreign: Key;
let verifier: TokenVerifier;
beforeAll(async () => {
  [own, foreign] = await Promise.all([keyOf('RS256', 'own'), keyOf('ES256', 'foreign')]);
  const keysOf = (key: Key) => ({ jwt: { jwksJson: JSON.stringify({ keys: [key.jwk] }) } });
  const definition = defineWorkloadIdentity(checkoutWith({
    clusters: [{ ...k3s, ...keysOf(own) }, { ...GREEN, ...keysOf(foreign) }],
    namespace: undefined,
    runsAs: [{ namespace: 'shop' }, { namespace: 'shop', serviceAccount: 'worker', clusters: ['green'] }],
    trustedBy: { reports: { provider: 'jwt', audience: API, on: { k3s: { alsoAudiences: ['https://reports.old.example.com'] } } } },
  }));
  // As the API reads it: text that was JSON.
  verifier = JSON.parse(JSON.stringify(tokenVerifier(planWorkloadIdentities(definition), API))) as TokenVerifier;
});

const past = Math.floor(Date.now() / 1000) - 3600;
const WORKER = 'system:serviceaccount:shop:worker';

test.each<[string, Claims, string]>([
  ['the workload', {}, SUBJECT],
  ['the workload by the old name of the API', { aud: ['https://reports.old.example.com'] }, SUBJECT],
  ['a clock that is a little behind', { nbf: Math.floor(Date.now() / 1000) + 30 }, SUBJECT],
])('%s is let in', async (_what, claims, who) => {
  expect(await verifierOf(verifier)(await sign(own, claims))).toBe(who);
});

test.each<[string, Claims, RegExp]>([
  ['another service account', { sub: 'system:serviceaccount:shop:other' }, /may not call/],
  ['the same name in another namespace', { sub: 'system:serviceaccount:billing:checkout' }, /may not call/],
  ['a service account that is let in from the other cluster', { sub: WORKER }, /may not call/],
  ['a token for another API', { aud: ['https://billing.example.com'] }, /may not call/],
  ['a token for this API and another one', { aud: [API, 'https://billing.example.com'] }, /may not call/],
  ['a token for nobody', { aud: undefined }, /may not call/],
  ['an issuer without its slash', { iss: 'https://k3s.example.com' }, /may not call/],
  ['the other cluster\'s issuer with the key of this one', { iss: GREEN.issuer }, /no applicable key|signature/],
  ['an old token', { nbf: past, exp: past + 600 }, /"exp"/],
  ['a token without an end', { exp: undefined }, /"exp"/],
  ['a token without a beginning', { nbf: undefined }, /"nbf"/],
  ['a token of tomorrow', { nbf: past + 90_000 }, /"nbf"/],
])('%s is refused', async (_what, claims, why) => {
  await expect(verifierOf(verifier)(await sign(own, claims))).rejects.toThrow(why);
});

test('a signature of another key is refused, and one by the public key as a secret', async () => {
  const verify = verifierOf(verifier);
  await expect(verify(await sign({ ...foreign, kid: 'own', alg: 'ES256' }))).rejects.toThrow(/no applicable key|signature/);
  await expect(verify(await sign({ ...own, alg: 'HS256', privateKey: new TextEncoder().encode(JSON.stringify(own.jwk)) }))).rejects.toThrow(/"alg"/);
  expect(await verify(await sign(foreign, { iss: GREEN.issuer, sub: WORKER }))).toBe(WORKER);
});

test('keys come from where the document says, once for many tokens; an issuer that is away keeps nobody else out', async () => {
  const asked: unknown[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    const { port } = server.address() as AddressInfo;
    response.end(JSON.stringify(request.url === '/keys' ? { keys: [own.jwk] } : { issuer: k3s.issuer, jwks_uri: `http://127.0.0.1:${port}/keys` }));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const [first, second] = verifier.callers.map(({ jwks: _jwks, ...rest }) => rest) as [TokenVerifier['callers'][number], TokenVerifier['callers'][number]];
    // The second is not there, and its document is another issuer's.
    const away = { ...second, discoveryUrl: `${at}/.well-known/openid-configuration` };
    const verify = verifierOf({ ...verifier, callers: [{ ...first, discoveryUrl: `${at}/.well-known/openid-configuration` }, away] });
    for (let n = 0; n < 3; n++) expect(await verify(await sign(own))).toBe(SUBJECT);
    expect(asked).toEqual(['/.well-known/openid-configuration', '/keys']);
    await expect(verify(await sign(foreign, { iss: GREEN.issuer, sub: WORKER }))).rejects.toThrow(/is of the issuer/);
    asked.length = 0;
    expect(await verifierOf({ ...verifier, callers: [{ ...first, jwksUri: `${at}/keys` }] })(await sign(own))).toBe(SUBJECT);
    expect(asked).toEqual(['/keys']);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
