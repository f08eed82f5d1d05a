import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { GOOD_YAML, workspace, type Run, type Workspace } from './workspace';

const ISSUER = 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const CLAIMS = {
  'iss': ISSUER,
  'sub': 'system:serviceaccount:shop:checkout',
  'aud': ['sts.amazonaws.com'],
  'iat': 1772366400,
  'nbf': 1772366400,
  'exp': 1772370000,
  'kubernetes.io': { namespace: 'shop', serviceaccount: { name: 'checkout', uid: 'u-1' }, pod: { name: 'web-1', uid: 'u-2' }, node: { name: 'node-1' } },
};

const part = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const join = (header: unknown, claims: unknown, signature: (signed: string) => string): string => {
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${signature(signed)}`;
};
const by = (key: KeyObject) => (signed: string): string => sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
const rs256 = (claims: unknown = CLAIMS, header: object = {}): string => join({ alg: 'RS256', kid: 'k', ...header }, claims, by(rsa.privateKey));
const jwks = (...keys: object[]): string => JSON.stringify({ keys });
const publicRsa = { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig', alg: 'RS256' };

async function made(): Promise<Workspace> {
  const space = workspace({ 'identity.yaml': GOOD_YAML, 't': `${rs256()}\n`, 'jwks.json': jwks(publicRsa) });
  await space.run(['synth', 'identity.yaml']);
  return space;
}

/** Neither the token nor its signature is ever printed. */
function checkSilent({ out, err }: Run, token: string): void {
  for (const secret of [token, token.split('.')[2] ?? '', token.split('.').slice(0, 2).join('.')]) if (secret.length > 4) expect(`${out}${err}`).not.toContain(secret);
}

test('says who, for whom, until when, and who would take it, without a clock', async () => {
  const space = await made();
  const run = await space.run(['explain', 't', 'dist/cloud']);
  checkSilent(run, rs256());
  expect(run).toMatchObject({ code: 0, err: '' });
  expect(run.out).toContain('system:serviceaccount:shop:checkout, service account shop/checkout (u-1), pod web-1 (u-2), node node-1');
  expect(run.out).toContain('issued at 2026-03-01T12:00:00Z, expires at 2026-03-01T13:00:00Z');
  expect(run.out).toContain('the signature was not checked');
  expect(run.out).toContain('would be taken: as arn:aws:iam::111122223333:role/checkout (aws), if the signature is good and while its time lasts: ');
  expect(run.out).not.toContain('expired');
});

test('a moment makes time speak', async () => {
  const space = await made();
  const at = async (moment: string): Promise<string> => (await space.run(['explain', 't', 'dist/cloud', '--at', moment])).out;
  expect(await at('2026-03-01T14:30:00Z')).toMatch(/refused: .*expired at 2026-03-01T13:00:00Z, 1 hour 30 minutes before/);
  expect(await at('1772371000')).toMatch(/refused: .*expired/);
  expect(await at('2026-03-01T13:01:00Z')).toMatch(/cannot decide: .*clocks/);
  expect(await at('2026-03-01T11:00:00Z')).toMatch(/refused: .*not valid before 2026-03-01T12:00:00Z/);
  expect(await at('2026-03-01T14:00:00+01:30')).toContain('would be taken');
  for (const wrong of ['yesterday', '2026-03-01', '2026-13-01T00:00:00Z', '2026-03-01T12:00:00']) expect(await space.run(['explain', 't', '--at', wrong])).toMatchObject({ code: 2, err: expect.stringContaining('--at: ') });
});

test('keys tell a good signature from a bad one', async () => {
  const space = await made();
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const run = async (token: string, keys: string): Promise<Run> => {
    space.write('x', token);
    space.write('k.json', keys);
    return space.run(['explain', 'x', 'dist/cloud', '--jwks', 'k.json']);
  };
  expect((await run(rs256(), jwks(publicRsa))).out).toMatch(/by a key of the JWKS[^]*would be taken: [^,]*, while its time lasts/);
  const forged = await run(join({ alg: 'RS256', kid: 'k' }, CLAIMS, by(other.privateKey)), jwks(publicRsa));
  expect(forged).toMatchObject({ code: 1, out: expect.stringMatching(/refused: .*not by the key/) });
  expect(forged.out).not.toContain('would be taken');
  const unknown = await run(rs256(CLAIMS, { kid: 'gone' }), jwks(publicRsa));
  expect(unknown).toMatchObject({ code: 0, out: expect.stringMatching(/cannot decide: .*no key with the id "gone"/) });
  const es256 = join({ alg: 'ES256', kid: 'e' }, CLAIMS, by(ec.privateKey));
  expect((await run(es256, jwks({ ...ec.publicKey.export({ format: 'jwk' }), kid: 'e' }))).out).toContain('the signature is by a key of the JWKS');
  // The public key as a secret: whoever has it could have signed.
  const confused = join({ alg: 'HS256', kid: 'k' }, CLAIMS, signed => createHmac('sha256', rsa.publicKey.export({ type: 'spki', format: 'pem' })).update(signed).digest('base64url'));
  const said = await run(confused, jwks(publicRsa, { kty: 'oct', k: 'AAAA', kid: 'k' }));
  expect(said.out).toMatch(/note: it is signed by a secret[^]*refused: /);
  expect(said.out).not.toContain('would be taken');
  expect(await run(rs256(), '{}')).toMatchObject({ code: 2, err: expect.stringContaining('k.json: expected a JWKS') });
});

test.each([
  ['alg none', join({ alg: 'none' }, CLAIMS, () => '')],
  ['alg nOnE with a signature', join({ alg: 'nOnE' }, CLAIMS, by(rsa.privateKey))],
  ['no signature', join({ alg: 'RS256' }, CLAIMS, () => '')],
])('%s is never taken', async (_, token) => {
  const space = await made();
  space.write('x', token);
  for (const args of [[], ['--jwks', 'jwks.json']]) {
    const { code, out } = await space.run(['explain', 'x', 'dist/cloud', ...args]);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/refused: arn/) });
    expect(out).not.toContain('would be taken:');
  }
});

test('a header that asks for more than anybody does is said, and is not taken', async () => {
  const space = await made();
  const said = async (header: object): Promise<string> => {
    space.write('x', rs256(CLAIMS, header));
    return (await space.run(['explain', 'x', 'dist/cloud', '--jwks', 'jwks.json'])).out;
  };
  expect(await said({ crit: ['exp'] })).toMatch(/note: its header has crit \(\["exp"\]\): [^\n]*\[token\/critical\]\n[^]*refused: arn\S+ \(aws\): the token's header has crit/);
  expect(await said({ zip: 'DEF' })).toMatch(/note: its header has zip \("DEF"\): [^\n]*\[token\/zipped\]\n[^]*cannot decide: arn\S+ \(aws\): the token's header has zip/);
  for (const header of [{ crit: ['exp'] }, { zip: 'DEF' }]) expect(await said(header)).not.toContain('would be taken');
});

test('of a role that is there in two versions nobody is told that it takes the token', async () => {
  const space = await made();
  const cloud = space.tree('dist/cloud');
  for (const [name, text] of Object.entries(cloud)) space.write(`other/${name}`, text.replaceAll('system:serviceaccount:', 'system:serviceaccount:x'));
  const { out } = await space.run(['explain', 't', 'dist/cloud', 'other']);
  expect(out).toMatch(/cannot decide: arn\S+ \(aws\): which of two versions counts of /);
  expect(out).not.toContain('would be taken:');
});

test('a token of a Secret is called so, and is refused', async () => {
  const space = await made();
  space.write('x', rs256({
    'iss': 'kubernetes/serviceaccount',
    'sub': CLAIMS.sub,
    'kubernetes.io/serviceaccount/namespace': 'shop',
    'kubernetes.io/serviceaccount/secret.name': 'checkout-token-abcde',
    'kubernetes.io/serviceaccount/service-account.name': 'checkout',
    'kubernetes.io/serviceaccount/service-account.uid': 'u-1',
  }));
  const { out } = await space.run(['explain', 'x', 'dist/cloud']);
  expect(out).toContain('service account shop/checkout (u-1), Secret checkout-token-abcde');
  expect(out).toMatch(/note: it is a token of a Secret.*for nobody in particular and for ever.*\[token\/legacy\]/);
  expect(out).toContain('refused: ');
});

const good = rs256();
const [head = '', body = '', signature = ''] = good.split('.');
test.each([
  ['token/bearer', `Bearer ${good}`],
  ['token/bearer', `Authorization: Bearer ${good}`],
  ['token/quoted', `"${good}"`],
  ['token/bom', `\ufeff${good}`],
  ['token/blank', `${good.slice(0, 76)}\n${good.slice(76)}`],
  ['token/blank', ` ${good}`],
  ['token/blank', `${good}\n\n`],
  ['token/json', JSON.stringify({ status: { token: good } })],
  ['token/secret-data', Buffer.from(good).toString('base64')],
  ['token/parts', `${head}.${body}`],
  ['token/parts', 'secret'],
  ['token/parts', `${good}.x`],
  ['token/encrypted', `${good}.x.y`],
  ['token/padding', `${head}=.${body}.${signature}`],
  ['token/base64url', `${head}.${body}+.${signature}`],
  ['token/base64url', `${head}.${body}.${signature}AAA`],
  ['token/json', `${part('{')}.${body}.${signature}`],
  ['token/json', `${part('[]')}.${body}.${signature}`],
  ['token/json', `${head}.${part('null')}.${signature}`],
  ['token/twice', `${head}.${part('{"sub":"a","sub":"b"}')}.${signature}`],
  ['token/nested', `${head}.${part(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`)}.${signature}`],
  ['token/algorithm', rs256(CLAIMS, { alg: ['RS256'] })],
  ['token/algorithm', rs256(CLAIMS, { alg: undefined })],
  ['token/claim', rs256({ ...CLAIMS, sub: ['a'] })],
  ['token/claim', rs256({ ...CLAIMS, aud: [1] })],
  ['token/claim', rs256({ ...CLAIMS, exp: '1772370000' })],
  ['token/claim', rs256({ ...CLAIMS, exp: 1e300 })],
  ['token/claim', rs256({ ...CLAIMS, 'kubernetes.io': ['shop'] })],
  ['token/claim', rs256({ ...CLAIMS, 'kubernetes.io': { namespace: 'shop', serviceaccount: 'checkout' } })],
])('%s says what is wrong, and repeats nothing', async (code, text) => {
  const space = workspace({ t: text });
  const run = await space.run(['explain', 't', '--json']);
  expect(run).toMatchObject({ code: 1, err: '' });
  const { error } = JSON.parse(run.out) as { error: { issues: readonly { code: string }[] } };
  expect(error.issues.map(issue => issue.code)).toContain(code);
  checkSilent(run, good);
});

test('everything that is wrong is said at once', async () => {
  const { err } = await workspace({ t: rs256({ ...CLAIMS, sub: ['a'], exp: 'soon' }, { alg: 1 }) }).run(['explain', 't']);
  for (const place of ['header.alg: ', 'sub: ', 'exp: ']) expect(err).toContain(place);
});

test('a list of one audience, or its text, is legal', async () => {
  expect((await workspace({ t: rs256({ ...CLAIMS, aud: 'sts.amazonaws.com' }) }).run(['explain', 't'])).out).toContain('for        "sts.amazonaws.com"');
});

test('what cannot be a token is not read whole, and a token on the command line is not repeated', async () => {
  const space = workspace({ huge: `${good}${'A'.repeat(200_000)}`, empty: '\n', bin: new Uint8Array([0xff, 0xfe]) });
  expect(await space.run(['explain', 'huge'])).toMatchObject({ code: 2, err: expect.stringContaining('at most 64 KiB') });
  expect(await space.run(['explain', 'empty'])).toMatchObject({ code: 2, err: expect.stringContaining('it is empty') });
  expect(await space.run(['explain', 'bin'])).toMatchObject({ code: 2, err: expect.stringContaining('not UTF-8') });
  expect(await space.run(['explain', 'none'])).toMatchObject({ code: 2, err: expect.stringContaining('there is no such file') });
  for (const args of [['explain', good], ['explain', 'huge', good], [good], ['explain', '--jwks', good, 'huge'], ['explain', 'huge', '--at', good], ['explain', good, '--json']]) {
    const run = await space.run(args);
    expect(run.code).toBe(2);
    checkSilent(run, good);
  }
});

test('what stands in a token cannot move the cursor, and usage is told', async () => {
  const space = workspace({ t: rs256({ ...CLAIMS, 'sub': '\u001b[2Jx\u202e', 'kubernetes.io': { namespace: '\u001b[1m', serviceaccount: { name: 'a\nb' } } }) });
  const { out } = await space.run(['explain', 't']);
  // eslint-disable-next-line no-control-regex
  expect(out).not.toMatch(/[\u001b\u202e]/);
  expect(out.split('\n')).not.toContain('b');
  expect(await space.run(['explain'])).toMatchObject({ code: 2, err: expect.stringContaining('expected a file with a token') });
  expect(await space.run(['explain', '-', '-'])).toMatchObject({ code: 2, err: expect.stringContaining('stdin can be read once') });
});

test('JSON has the same for machines', async () => {
  const space = await made();
  const run = await space.run(['explain', 't', 'dist/cloud', '--json', '--at', '1772366500']);
  checkSilent(run, good);
  expect(JSON.parse(run.out)).toMatchObject({
    version: 1,
    token: { algorithm: 'RS256', keyId: 'k' },
    signature: { state: 'unchecked' },
    who: { namespace: 'shop', serviceAccount: { name: 'checkout' } },
    issuer: ISSUER,
    audiences: ['sts.amazonaws.com'],
    times: { issued: 1772366400, expires: 1772370000 },
    legacy: false,
    time: { at: 1772366500 },
    remarks: [],
    answers: [{ provider: 'aws', admitted: true }],
  });
});
