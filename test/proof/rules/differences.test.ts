/** How a difference is said, and what counts as the nearest. */
import type { BearerToken } from '../../../src/proof/admits/admitter';
import { closest, differences, refusalOf, type Compared } from '../../../src/proof/admits/difference';
import { isAsymmetric, objectionBy } from '../../../src/proof/admits/objections';
import type { ContainerView, PodView } from '../../../src/proof/pods';
import { whyUnreadable } from '../../../src/proof/readable';

const issuer = (token: string, trust: string): Compared => ({ claim: 'issuer', token, trust });

test.each<[string, string, string]>([
  ['https://a/', 'https://a', 'the trust wants the issuer "https://a", the token has "https://a/": the trust lacks the slash at the end that the token has'],
  ['https://a', 'https://a/', 'the trust wants the issuer "https://a/", the token has "https://a": the trust has a slash at the end that the token lacks'],
  ['https://a', 'https://A', 'the trust wants the issuer "https://A", the token has "https://a": they differ in upper and lower case'],
  ['https://a', 'https://b', 'the trust wants the issuer "https://b", the token has "https://a"'],
])('%s and %s', (token, trust, reason) => {
  expect(refusalOf(issuer(token, trust))).toEqual({ reason, difference: issuer(token, trust) });
});

test('only what differs is a difference, and a sentence is no difference', () => {
  expect(differences([issuer('a', 'a'), issuer('a', 'b')])).toEqual([issuer('a', 'b')]);
  expect(refusalOf('nobody knows')).toEqual({ reason: 'nobody knows' });
});

test.each<[string, readonly Compared[], readonly Compared[]]>([
  ['what nobody sees beats what everybody sees', [issuer('https://a', 'https://a/')], [issuer('https://a', 'https://b')]],
  ['a slash beats nothing in common', [issuer('https://a', 'https://a/')], [issuer('x', 'y')]],
  ['what parts later beats what parts early', [issuer('system:serviceaccount:shop:a', 'system:serviceaccount:shop:b')], [issuer('system:serviceaccount:shop:a', 'system:serviceaccount:other:a')]],
  ['one difference beats two', [issuer('abc', 'xyz')], [issuer('abc', 'xyz'), issuer('abc', 'xyz')]],
  ['a beginning of the whole is measured by the longer', [issuer('abcd', 'abce')], [issuer('abcd', 'abcdefghijklmnop')]],
])('%s', (_what, near, far) => {
  expect(closest([near, far])).toBe(near);
  expect(closest([far, near])).toBe(near);
});

test('of nothing, nothing is the nearest; of equals the first', () => {
  expect(closest([])).toEqual([]);
  const [one, two] = [[issuer('a', 'b')], [issuer('a', 'b')]];
  expect(closest([one, two])).toBe(one);
});

describe('what is said to a token before whose it is', () => {
  const token: BearerToken = { algorithm: 'RS256', issuer: 'i', audiences: ['a'], expires: 1, claims: {} };
  const wants = { algorithms: ['RS256', 'ES256'], all: true };

  test.each<[string, Partial<BearerToken> | undefined, object, object | undefined]>([
    ['nothing to a good one', {}, {}, undefined],
    ['an algorithm of a closed list', { algorithm: 'PS256' }, {}, { decided: true, reason: 'it takes tokens that are signed by RS256, ES256, the token has "PS256"' }],
    ['an algorithm of an open list', { algorithm: 'PS256' }, { all: false }, { decided: false, reason: 'it takes tokens that are signed by RS256, ES256, the token has "PS256", and whether it takes that is not known here' }],
    ['a secret, even of an open list', { algorithm: 'HS256' }, { all: false }, { decided: true, reason: 'it takes tokens that are signed by RS256, ES256, the token has "HS256"' }],
    ['for nobody', { audiences: [] }, {}, { decided: true, reason: 'the token has no audience' }],
    ['for nobody, where that may do', { audiences: [] }, { without: 'who knows' }, { decided: false, reason: 'the token has no audience: who knows' }],
    ['for several', { audiences: ['a', 'b'] }, {}, { decided: false, ifAdmitted: true, reason: 'the token is for 2 audiences, and whether it takes such a one is not known here' }],
    ['for several, where that does', { audiences: ['a', 'b'] }, { several: true }, undefined],
  ])('%s', (_what, change, more, objection) => {
    expect(objectionBy({ ...wants, ...more }, { ...token, ...change })).toEqual(objection);
  });

  test('no issuer, no end', () => {
    const { issuer: _issuer, ...nobodys } = token;
    const { expires: _expires, ...endless } = token;
    expect(objectionBy(wants, nobodys)).toEqual({ decided: true, reason: 'the token has no issuer' });
    expect(objectionBy(wants, endless)).toEqual({ decided: true, reason: 'the token has no expiry' });
  });

  test('which algorithms take a private key', () => {
    const all = ['RS', 'PS', 'ES', 'HS'].flatMap(family => ['256', '384', '512'].map(size => `${family}${size}`));
    expect(all.filter(isAsymmetric)).toEqual(all.filter(name => !name.startsWith('HS')));
    expect(['EdDSA', 'none', 'RS2567', 'XRS256', 'xEdDSA', 'EdDSAx', 'RS128'].map(isAsymmetric)).toEqual([true, false, false, false, false, false, false]);
  });
});

describe('who can read a file of the kubelet\'s', () => {
  const user = (uid?: number, more: object = {}): ContainerView => ({ name: 'app', nonRoot: false, env: new Map(), unread: [], mounts: [], ...(uid !== undefined && { uid }), ...more });
  const pod = (containers: readonly ContainerView[], more: object = {}): PodView => ({ windows: false, groups: [], containers, ...more }) as unknown as PodView;
  const why = (container: ContainerView, more: object = {}, mode = 0o600, givenAway = false, others: readonly ContainerView[] = []) =>
    whyUnreadable(pod([container, ...others], more), container, { mode, givenAway });

  test.each<[string, () => string | undefined, boolean]>([
    ['root', () => why(user(0)), true],
    ['whom only the image knows', () => why(user()), true],
    ['nobody knows who, and not root', () => why(user(undefined, { nonRoot: true })), false],
    ['a user', () => why(user(1000)), false],
    ['a user, by fsGroup', () => why(user(1000), { fsGroup: 1 }), true],
    ['a user, on Windows', () => why(user(1000), { windows: true }), true],
    ['a user, what is for all', () => why(user(1000), {}, 0o604), true],
    ['a user, what all may execute alone', () => why(user(1000), {}, 0o603), false],
    ['a user, what is root\'s group\'s', () => why(user(1000), {}, 0o640), false],
    ['a user of root\'s group', () => why(user(1000, { gid: 0 }), {}, 0o640), true],
    ['a user of root\'s group, what the group may not read', () => why(user(1000, { gid: 0 }), {}, 0o630), false],
    ['a user in root\'s group besides', () => why(user(1000), { groups: [0] }, 0o640), true],
    ['a user in another group besides', () => why(user(1000), { groups: [5] }, 0o640), false],
    ['the one user, what is given away', () => why(user(1000), {}, 0o600, true), true],
    ['the one user, what is not', () => why(user(1000), {}, 0o600, false), false],
    ['one of two users, what is given away', () => why(user(1000), {}, 0o600, true, [user(1001)]), false],
    ['nobody knows who, what is given away', () => why(user(undefined, { nonRoot: true }), {}, 0o600, true), false],
    // Set-uid and the like are not permissions to read.
    ['a user, a mode with more than nine bits', () => why(user(1000), {}, 0o4600), false],
  ])('%s', (_who, reason, readable) => {
    expect(reason() === undefined).toBe(readable);
  });

  test('it says who, and what would help', () => {
    expect(why(user(1000), {}, 0o40)).toBe('belongs to root with the mode 0040, and the container app runs as user 1000; with an fsGroup it could read it');
    expect(why(user(undefined, { nonRoot: true }))).toContain('runs not as root;');
  });
});
