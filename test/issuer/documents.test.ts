import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose';
import { issuerDocuments, type InvalidDefinitionError, type IssuerInput, type PublicJwk } from 'symbolon';

const ISSUER = 'https://oidc.example.com/prod';
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: KeyObject, type: 'spki' | 'pkcs1' = 'spki'): string => key.export({ type, format: 'pem' } as never).toString();
const kubernetesKid = (key: KeyObject): string => createHash('sha256').update(key.export({ type: 'spki', format: 'der' })).digest('base64url');
const jwkOf = (key: KeyObject): PublicJwk => key.export({ format: 'jwk' }) as unknown as PublicJwk;

function issuesOf(input: Partial<IssuerInput>): readonly string[] {
  try {
    issuerDocuments({ issuer: ISSUER, keys: [pem(rsa.publicKey)], ...input });
    return [];
  } catch (error) {
    return (error as InvalidDefinitionError).issues.filter(({ severity }) => severity === 'error').map(({ code, path }) => `${code} ${path}`);
  }
}

test.each([['rsa', rsa, 'RS256'], ['ec', ec, 'ES256']] as const)('a token that is signed by the %s key is verified by what is published, and by nothing else', async (_name, pair, alg) => {
  const { jwks, discovery } = issuerDocuments({ issuer: ISSUER, keys: [pem(pair.publicKey)] });
  const token = (signer: KeyObject): Promise<string> => new SignJWT({}).setProtectedHeader({ alg, kid: kubernetesKid(pair.publicKey) }).setIssuer(discovery.issuer).setAudience('api').sign(signer);
  const keys = createLocalJWKSet(JSON.parse(JSON.stringify(jwks)) as Parameters<typeof createLocalJWKSet>[0]);
  const options = { issuer: ISSUER, audience: 'api', algorithms: [...discovery.id_token_signing_alg_values_supported] };
  await expect(jwtVerify(await token(pair.privateKey), keys, options)).resolves.toMatchObject({ payload: { iss: ISSUER } });
  const stranger = alg === 'RS256' ? other.privateKey : generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  await expect(jwtVerify(await token(stranger), keys, options)).rejects.toThrow(/signature/);
});

test('keys are named as kube-apiserver names them, in whatever form they are given', () => {
  const kids = (key: string | PublicJwk): readonly string[] => issuerDocuments({ issuer: ISSUER, keys: [key] }).jwks.keys.map(({ kid }) => kid);
  for (const form of [pem(rsa.publicKey), pem(rsa.publicKey, 'pkcs1'), jwkOf(rsa.publicKey)]) expect(kids(form)).toEqual([kubernetesKid(rsa.publicKey)]);
  expect(kids({ ...jwkOf(rsa.publicKey), kid: 'mine' })).toEqual(['mine']);
});

test('a file with two keys, as while they are rotated, gives both in their order', () => {
  const { jwks } = issuerDocuments({ issuer: ISSUER, keys: [`${pem(other.publicKey)}\n# the old one\n${pem(rsa.publicKey)}`] });
  expect(jwks.keys.map(({ kid }) => kid)).toEqual([other, rsa].map(({ publicKey }) => kubernetesKid(publicKey)));
});

test.each([
  [ISSUER, ISSUER],
  [`${ISSUER}/`, ISSUER],
  ['https://oidc.example.com', 'https://oidc.example.com'],
])('the files of %s lie where verifiers look: below %s', (issuer, base) => {
  const { discovery, files } = issuerDocuments({ issuer, keys: [pem(rsa.publicKey)] });
  expect(discovery).toMatchObject({ issuer, jwks_uri: `${base}/openid/v1/jwks` });
  expect(files.map(({ path }) => path)).toEqual(['.well-known/openid-configuration', 'openid/v1/jwks']);
  expect(JSON.parse(files[0]?.text ?? '')).toEqual(discovery);
});

test('keys that are published elsewhere are no file of the issuer', () => {
  const { discovery, files } = issuerDocuments({ issuer: ISSUER, keys: [pem(rsa.publicKey)], jwksUri: 'https://keys.example.com/prod.json' });
  expect(discovery.jwks_uri).toBe('https://keys.example.com/prod.json');
  expect(files.map(({ path }) => path)).toEqual(['.well-known/openid-configuration']);
});

test('nothing of a private key gets out, neither as a document nor in an error', () => {
  const secret = rsa.privateKey.export({ format: 'jwk' });
  const text = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  for (const input of [text, [text], { issuer: ISSUER, keys: text }, { issuer: ISSUER, keys: [[text]] }]) {
    const hidden = expect.objectContaining({ code: 'ERR_INVALID_DEFINITION', message: expect.not.stringContaining(text.slice(40, 60)) as string }) as Error;
    expect(() => issuerDocuments(input as never)).toThrow(hidden);
  }
  for (const key of [rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), secret as unknown as PublicJwk]) {
    expect(issuesOf({ keys: [key] })).toEqual(['issuer/private-key keys[0]']);
    try {
      issuerDocuments({ issuer: ISSUER, keys: [key] });
    } catch (error) {
      expect(`${(error as Error).message}${(error as Error).stack ?? ''}${JSON.stringify(error)}`).not.toContain(String(secret.d).slice(0, 20));
    }
  }
});

test.each<[string, Partial<IssuerInput>, readonly string[]]>([
  ['no key', { keys: [] }, ['issuer/keys keys']],
  ['a text in the place of a list', { keys: pem(rsa.publicKey) as never }, ['issuer/keys keys']],
  ['nothing in the place of a key', { keys: [null as never] }, ['issuer/key keys[0]']],
  ['the name of a file', { keys: ['/etc/kubernetes/pki/sa.pub'] }, ['issuer/key keys[0]']],
  ['a key that was cut off', { keys: [pem(rsa.publicKey).replace(/(?<=KEY-----\n).{30}/, '')] }, ['issuer/key keys[0]']],
  ['a short key', { keys: [pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)] }, ['issuer/key keys[0]']],
  ['a key of Ed25519', { keys: [pem(generateKeyPairSync('ed25519').publicKey)] }, ['issuer/key keys[0]']],
  ['a curve that Kubernetes does not sign with', { keys: [pem(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey)] }, ['issuer/key keys[0]']],
  ['a key twice', { keys: [pem(rsa.publicKey), jwkOf(rsa.publicKey)] }, ['issuer/key-id keys[1]']],
  ['two keys of one name', { keys: [{ ...jwkOf(rsa.publicKey), kid: 'a' }, { ...jwkOf(other.publicKey), kid: 'a' }] }, ['issuer/key-id keys[1]']],
  ['a key for another algorithm', { keys: [{ ...jwkOf(rsa.publicKey), alg: 'RS512' }] }, ['issuer/key keys[0]']],
  ['a key that encrypts', { keys: [{ ...jwkOf(rsa.publicKey), use: 'enc' }] }, ['issuer/key keys[0]']],
  ['a key of an empty name', { keys: [{ ...jwkOf(rsa.publicKey), kid: '' }] }, ['issuer/key keys[0]']],
  ['a key that nobody knows', { key: pem(rsa.publicKey) } as never, ['structure/unknown-key key']],
  ['an issuer that is no text', { issuer: new URL(ISSUER) as never }, ['structure/type issuer']],
  ['an issuer and keys without https', { issuer: 'http://oidc.example.com', jwksUri: 'http://oidc.example.com/keys' }, ['issuer/format issuer', 'issuer/jwks-uri jwksUri']],
])('%s is refused', (_what, input, expected) => {
  expect(issuesOf(input)).toEqual(expected);
});

test('a key that says what it is is published as it is', () => {
  const said = { ...jwkOf(ec.publicKey), alg: 'ES256', use: 'sig', kid: 'a' };
  expect(issuerDocuments({ issuer: ISSUER, keys: [said] }).jwks.keys).toEqual([said]);
});

test('a key that one cloud does not take is a warning', () => {
  expect(issuerDocuments({ issuer: ISSUER, keys: [pem(ec.publicKey)] }).warnings).toMatchObject([{ code: 'issuer/algorithm', path: 'keys[0]' }]);
  expect(issuerDocuments({ issuer: ISSUER, keys: [pem(ec.publicKey)] }).warnings[0]?.message).not.toContain('Google');
  expect(issuerDocuments({ issuer: ISSUER, keys: [pem(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey)] }).warnings[0]?.message).toContain('Google Cloud no more than RS256 and ES256');
  expect(issuerDocuments({ issuer: ISSUER, keys: [pem(rsa.publicKey)] }).warnings).toEqual([]);
});

test('the same input gives the same bytes', () => {
  const keys = [pem(createPublicKey(pem(rsa.publicKey))), pem(ec.publicKey)];
  const files = (): readonly string[] => issuerDocuments({ issuer: ISSUER, keys }).files.map(({ text }) => text);
  expect(files()).toEqual(files());
});
