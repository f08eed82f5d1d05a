import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import { identitiesArb } from '../support/arbitraries';
import { blue, boundTo, checkoutWith, green } from '../support/definitions';
import { defineWorkloadIdentity, issuerDocuments } from 'symbolon';
import { halvesOf, mintToken, prove, workloadIn, type MintedToken } from 'symbolon/testing';

const ISSUED = new Date('2026-01-01T00:00:00Z');
const PAYMENTS = 'https://payments.example.com';
const identity = defineWorkloadIdentity(checkoutWith({ tokens: { payments: { audience: PAYMENTS, expirationSeconds: 900 } } }));
const halves = halvesOf(identity);
const web = workloadIn(halves, 'Pod shop/checkout-specimen');
const pem = (modulusLength = 2048): string => generateKeyPairSync('rsa', { modulusLength }).privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;

/** As an application verifies it, at a moment. */
async function verify({ token, jwks, discovery }: Pick<MintedToken, 'token' | 'jwks' | 'discovery'>, audience: string, at: number) {
  return jwtVerify(token, createLocalJWKSet(jwks as unknown as JSONWebKeySet), { issuer: discovery.issuer, audience, algorithms: ['RS256'], currentDate: new Date(at * 1000) });
}

test('a verifier takes the token while it is valid, for its audience alone, by its key alone', async () => {
  const minted = mintToken(web, { audience: PAYMENTS, issuedAt: ISSUED });
  const now = ISSUED.getTime() / 1000;
  const { payload, protectedHeader } = await verify(minted, PAYMENTS, now + 10);
  expect(payload).toEqual(minted.claims);
  expect(protectedHeader.kid).toBe(minted.jwks.keys[0]?.kid);
  expect(minted.path).toMatch(/^\/.*payments/);
  await expect(verify(minted, PAYMENTS, now + 900)).rejects.toThrow(/exp/);
  await expect(verify(minted, PAYMENTS, now - 10)).rejects.toThrow(/nbf|iat/);
  await expect(verify(minted, 'https://other.example.com', now + 10)).rejects.toThrow(/aud/);
  const forged = mintToken(web, { audience: PAYMENTS, issuedAt: ISSUED, key: pem() });
  await expect(verify({ ...minted, token: forged.token }, PAYMENTS, now + 10)).rejects.toThrow();
  expect(decodeProtectedHeader(forged.token).kid).not.toBe(minted.jwks.keys[0]?.kid);
});

test('the claims are those of a kubelet\'s token, and nothing in them is of the moment', () => {
  const { claims } = mintToken(web, { audience: PAYMENTS, issuedAt: new Date('2026-01-01T00:00:00.900Z') });
  expect(claims).toEqual({
    'aud': [PAYMENTS],
    'exp': 1767226500,
    'iat': 1767225600,
    'nbf': 1767225600,
    'iss': blue.issuer,
    'sub': 'system:serviceaccount:shop:checkout',
    'jti': expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/) as string,
    'kubernetes.io': { namespace: 'shop', node: { name: 'node-1', uid: expect.any(String) as string }, pod: { name: 'checkout-specimen', uid: expect.any(String) as string }, serviceaccount: { name: 'checkout', uid: expect.any(String) as string } },
  });
  const key = pem();
  const again = () => mintToken(workloadIn(halvesOf(identity), 'Pod shop/checkout-specimen'), { audience: PAYMENTS, issuedAt: ISSUED, key });
  expect(again()).toEqual(again());
  expect(mintToken(web, { audience: PAYMENTS, issuedAt: ISSUED }).jwks).toEqual(mintToken(web, { audience: PAYMENTS, issuedAt: new Date(0) }).jwks);
});

test('what verifies it is what the issuer publishes', () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { jwks, discovery } = mintToken(web, { audience: PAYMENTS, issuedAt: ISSUED, key: pair.privateKey.export({ format: 'pem', type: 'pkcs1' }) as string });
  expect({ jwks, discovery }).toMatchObject((({ jwks: keys, discovery: document }) => ({ jwks: keys, discovery: document }))(
    issuerDocuments({ issuer: blue.issuer as string, keys: [pair.publicKey.export({ format: 'pem', type: 'spki' }) as string] }),
  ));
  expect(discovery.jwks_uri).toBe(`${blue.issuer as string}/openid/v1/jwks`);
});

test('of any definition, each token that the proof sees can be minted, and carries the claims of its verdict', () => {
  fc.assert(fc.property(identitiesArb, inputs => {
    const all = halvesOf(inputs.map(defineWorkloadIdentity));
    const { tokens } = prove(all);
    for (const { cluster, workload, audience, expirationSeconds, file, subject } of tokens.slice(0, 5)) {
      if (file === undefined || all.clusters.find(({ name }) => name === cluster)?.issuer === undefined) continue;
      const { claims, path } = mintToken(workloadIn(all, workload, { cluster }), { issuedAt: ISSUED, path: file });
      expect(path).toBe(file);
      expect(claims.exp - claims.iat).toBe(expirationSeconds);
      expect(claims.aud).toEqual([audience ?? claims.iss]);
      expect(claims.sub).toBe(`system:serviceaccount:${subject.namespace}:${subject.serviceAccount}`);
    }
  }), { numRuns: 40 });
});

test('the token of a cloud can be minted, too, where the manifests have it; a StatefulSet names its pods', () => {
  const deployment = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'web', namespace: 'shop' }, spec: { template: { spec: { serviceAccountName: 'checkout', containers: [{ name: 'app' }] } } } };
  const explicit = defineWorkloadIdentity(boundTo('aws', blue, { injection: 'explicit' }));
  const { claims } = mintToken(workloadIn(halvesOf(explicit, { workloads: [deployment] }), 'StatefulSet shop/web'), { audience: 'sts.amazonaws.com', issuedAt: ISSUED });
  expect(claims.aud).toEqual(['sts.amazonaws.com']);
  expect(claims['kubernetes.io'].pod.name).toBe('web-0');
});

test('what cannot be minted is a finding: no such token, two that could be meant, several clusters, no issuer, no time, no key', () => {
  const failure = (workload: Parameters<typeof mintToken>[0], options: object): string => {
    try {
      mintToken(workload, options as never);
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('it was minted');
  };
  expect(failure(web, { audience: `${PAYMENTS}/`, issuedAt: ISSUED })).toMatch(/options\.audience: expected a token that the workload has, got ".*"; did you mean https:\/\/payments\.example\.com\? \[testing\/token\]/);
  expect(failure(web, { path: '/nowhere', issuedAt: ISSUED })).toMatch(/options\.path: expected a token that the workload has/);
  expect(mintToken(web, { issuedAt: ISSUED }).claims.aud).toEqual([PAYMENTS]);
  const several = halvesOf(defineWorkloadIdentity(checkoutWith({ tokens: { payments: { audience: PAYMENTS }, orders: { audience: 'https://orders.example.com' } } })));
  expect(failure(workloadIn(several, 'Pod shop/checkout-specimen'), { issuedAt: ISSUED })).toMatch(/expected one token, got .*testing\/token/);
  const two = halvesOf(defineWorkloadIdentity(checkoutWith({ clusters: [blue, green], tokens: { payments: { audience: PAYMENTS } } })));
  expect(failure(workloadIn(two, 'Pod shop/checkout-specimen'), { audience: PAYMENTS, issuedAt: ISSUED })).toMatch(/expected a workload in one cluster, got \["blue","green"\].*testing\/cluster/);
  const { issuer: _issuer, ...unknown } = halves.clusters[0] as (typeof halves.clusters)[number];
  expect(failure(workloadIn({ clusters: [unknown], trust: [] }, 'Pod shop/checkout-specimen'), { audience: PAYMENTS, issuedAt: ISSUED })).toMatch(/testing\/issuer/);
  for (const issuedAt of [0, '2026-01-01', new Date(NaN)]) expect(failure(web, { audience: PAYMENTS, issuedAt })).toMatch(/testing\/time/);
  expect(failure(web, { audience: PAYMENTS })).toMatch(/options\.issuedAt: expected a value/);
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
  for (const key of ['secret', curve, pem(1024)]) {
    const said = failure(web, { audience: PAYMENTS, issuedAt: ISSUED, key });
    expect(said).toMatch(/testing\/key/);
    expect(said).not.toContain(key.split('\n')[1] ?? 'secret"');
  }
  expect(failure(web, { audience: PAYMENTS, issuedAt: 1, key: 'x', more: 1 })).toMatch(/3 errors/);
});
