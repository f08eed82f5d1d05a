/** The API's side of a token with an audience of its own: who is let in, and who is kept out and why. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair, type JWTPayload, type KeyLike } from 'jose';
import { verifierFor } from '../../examples/applications/node/accept-by-jwks';
import { review } from '../../examples/applications/node/accept-by-review';

const SUBJECT = 'system:serviceaccount:shop:checkout';
const AUDIENCE = 'https://payments.example.com';
const allowed = { audience: AUDIENCE, subjects: [SUBJECT] };

type Claims = { readonly [name: string]: unknown };

/** A cluster's issuer, as far as others see it: two documents. */
class Issuer {
  readonly asked: string[] = [];
  private readonly keys: { kid: string; privateKey: KeyLike; jwk: object }[] = [];
  private constructor(private readonly server: Server, readonly url: string, readonly document: { issuer: string; jwks_uri: string }) {}

  static async start(): Promise<Issuer> {
    const server = createServer((request, response) => {
      issuer.asked.push(request.url as string);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(request.url === '/keys' ? { keys: issuer.keys.map(({ jwk }) => jwk) } : issuer.document));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const issuer = new Issuer(server, url, { issuer: url, jwks_uri: `${url}/keys` });
    await issuer.addKey('RS256');
    return issuer;
  }

  async addKey(alg: string): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair(alg);
    const kid = `key-${this.keys.length}`;
    this.keys.push({ kid, privateKey: privateKey as KeyLike, jwk: { ...await exportJWK(publicKey), kid, alg, use: 'sig' } });
  }

  /** A token as the API server makes it, with the claims that are given in the place of its own. */
  async sign(claims: Claims = {}, { header = {}, key = this.keys.length - 1 }: { header?: object; key?: number } = {}): Promise<string> {
    const { kid, privateKey, jwk } = this.keys[key] as (typeof this.keys)[number];
    const now = Math.floor(Date.now() / 1000);
    const usual: Claims = { iss: this.url, sub: SUBJECT, aud: [AUDIENCE], iat: now, nbf: now, exp: now + 600 };
    return new SignJWT({ ...usual, ...claims } as JWTPayload).setProtectedHeader({ alg: (jwk as { alg: string }).alg, kid, ...header }).sign(privateKey);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

describe('by the published keys', () => {
  let issuer: Issuer;
  beforeAll(async () => (issuer = await Issuer.start()));
  afterAll(() => issuer.stop());

  const past = Math.floor(Date.now() / 1000) - 3600;
  test.each<[string, Claims, RegExp]>([
    ['another audience', { aud: ['https://kubernetes.default.svc'] }, /"aud"/],
    ['our audience among others', { aud: [AUDIENCE, 'https://kubernetes.default.svc'] }, /for others/],
    ['an audience that differs by a slash', { aud: [`${AUDIENCE}/`] }, /"aud"/],
    ['another issuer', { iss: 'https://issuer.example.com' }, /"iss"/],
    ['another service account', { sub: 'system:serviceaccount:shop:other' }, /may not call/],
    ['an end in the past', { iat: past, nbf: past, exp: past + 600 }, /"exp"/],
    ['no end', { exp: undefined }, /"exp"/],
    ['no subject', { sub: undefined }, /"sub"/],
    ['a beginning in the future', { nbf: past + 7200 }, /"nbf"/],
  ])('a token with %s is refused', async (_what, claims, why) => {
    const verify = await verifierFor({ issuer: issuer.url, ...allowed });
    await expect(verify(await issuer.sign(claims))).rejects.toThrow(why);
  });

  test('the right token is let in, and the keys are read once for many tokens', async () => {
    const verify = await verifierFor({ issuer: issuer.url, ...allowed });
    issuer.asked.length = 0;
    for (let n = 0; n < 5; n++) expect(await verify(await issuer.sign())).toBe(SUBJECT);
    expect(issuer.asked).toEqual(['/keys']);
  });

  test('a token without a signature, or with one by the public key as a secret, is refused', async () => {
    const verify = await verifierFor({ issuer: issuer.url, ...allowed });
    const [, payload] = (await issuer.sign()).split('.');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    await expect(verify(unsigned)).rejects.toThrow();
    const hmac = await new SignJWT({ iss: issuer.url, sub: SUBJECT, aud: AUDIENCE, exp: past + 7200, iat: past }).setProtectedHeader({ alg: 'HS256', kid: 'key-0' }).sign(Buffer.alloc(32, 1));
    await expect(verify(hmac)).rejects.toThrow(/alg/);
    await expect(verify(`${(await issuer.sign()).slice(0, -8)}AAAAAAAA`)).rejects.toThrow(/signature/);
  });

  test('a key that is new is fetched when a token names it, though the others are cached', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'queueMicrotask', 'performance', 'hrtime'] });
    try {
      const verify = await verifierFor({ issuer: issuer.url, ...allowed });
      expect(await verify(await issuer.sign())).toBe(SUBJECT);
      await issuer.addKey('ES256');
      // Within the cool-down an unknown key is refused without a question: nobody can make us ask for each of his tokens.
      issuer.asked.length = 0;
      await expect(verify(await issuer.sign())).rejects.toThrow(/no applicable key/);
      expect(issuer.asked).toEqual([]);
      jest.setSystemTime(Date.now() + 31_000);
      expect(await verify(await issuer.sign())).toBe(SUBJECT);
      expect(await verify(await issuer.sign({}, { key: 0 }))).toBe(SUBJECT);
    } finally {
      jest.useRealTimers();
    }
  });

  test('documents of another issuer, or none, make no verifier', async () => {
    const other = await Issuer.start();
    try {
      other.document.issuer = `${other.url}/`;
      await expect(verifierFor({ issuer: other.url, ...allowed })).rejects.toThrow('the document is of the issuer');
    } finally {
      other.stop();
    }
    await expect(verifierFor({ issuer: other.url, ...allowed })).rejects.toThrow();
  });
});

describe('by review', () => {
  const answering = (status: object) => async () => ({ status });
  const yes = { authenticated: true, audiences: [AUDIENCE], user: { username: SUBJECT } };

  test('the server is asked about our audience, and its yes is enough', async () => {
    const post = jest.fn(answering(yes));
    expect(await review(post, 'token', allowed)).toBe(SUBJECT);
    expect(post.mock.calls).toEqual([['/apis/authentication.k8s.io/v1/tokenreviews', expect.objectContaining({ spec: { token: 'token', audiences: [AUDIENCE] } })]]);
  });

  test.each<[string, object, RegExp]>([
    ['no', { authenticated: false, error: 'token expired' }, /token expired/],
    ['nothing', {}, /no reason/],
    ['yes, and no audience', { ...yes, audiences: undefined }, /not for/],
    ['yes, for another audience', { ...yes, audiences: ['https://kubernetes.default.svc'] }, /not for/],
    ['yes, and it is somebody else', { ...yes, user: { username: 'system:serviceaccount:shop:other' } }, /may not call/],
    ['yes, and not who', { ...yes, user: undefined }, /may not call/],
  ])('%s: the token is refused', async (_what, status, why) => {
    await expect(review(answering(status), 'token', allowed)).rejects.toThrow(why);
  });
});
