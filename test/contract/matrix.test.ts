/** Any cluster to any relying party: every cell of the matrix is let in and nobody else is, or is refused by name. The page is made of the same answers. */
import { PLATFORMS, ROWS, STRANGERS, TOGETHER, WAYS, answerOf, bindingOf, definitionFor, definitionOf, togetherOn, usualWay } from '../../scripts/docs/cells';
import { prove } from '../../src/proof/prove';
import { PROVIDER_IDS, providerOf } from '../../src/providers';
import { halvesOf } from '../../src/testing/halves';
import { SENTENCE } from '../support/definitions';
import { checkWorkloadIdentity, defineWorkloadIdentity, planWorkloadIdentities } from 'symbolon';

const NAMES = Object.keys(PLATFORMS);
const CELLS = ROWS.flatMap(({ provider, mechanism }) => NAMES.map(platform => ({ provider, mechanism, platform })));

test('every mechanism that is built has its row, once', () => {
  const built = PROVIDER_IDS.flatMap(id => providerOf(id).mechanisms.map(mechanism => `${id} ${mechanism}`));
  expect(ROWS.map(({ provider, mechanism }) => `${provider} ${mechanism}`).sort()).toEqual(built.sort());
});

const EVERY = CELLS.flatMap(cell => WAYS.map(way => [`${cell.provider}, ${cell.mechanism}, on ${cell.platform}, ${way}`, cell, way] as const));

test.each(EVERY)('%s: in and nobody else, or refused by name', (_name, cell, way) => {
  const input = definitionOf(cell, way);
  const answer = answerOf(input);
  if (answer.kind === 'in') {
    // What was proved is the mechanism and the way that the cell says.
    expect(planWorkloadIdentities(defineWorkloadIdentity(input)).edges).toMatchObject([{ provider: cell.provider, mechanism: cell.mechanism, injection: way }]);
    return;
  }
  for (const code of answer.codes) expect(code).toMatch(new RegExp(`^${cell.provider}/`));
  for (const { path, message } of checkWorkloadIdentity(input).filter(({ severity }) => severity === 'error')) {
    expect(path).toMatch(new RegExp(`^trustedBy\\.${cell.provider}\\.(mechanism|injection)$`));
    expect(message).toMatch(SENTENCE);
  }
});

test.each(NAMES.flatMap(platform => PROVIDER_IDS.map(provider => [platform, provider] as const)))('a pod on %s gets to %s, without being told how', (platform, provider) => {
  const ways = ROWS.filter(row => row.provider === provider).map(({ mechanism }) => usualWay({ provider, mechanism, platform }));
  expect(ways.some(way => way !== undefined)).toBe(true);
});

test.each(NAMES.flatMap(platform => Object.entries(TOGETHER).map(([what, way]) => [platform, what, way] as const)))('on %s, all of them in one pod, %s', (platform, _what, way) => {
  const input = togetherOn(platform, way);
  expect(Object.keys(input.trustedBy ?? {})).toEqual(PROVIDER_IDS);
  expect(answerOf(input)).toMatchObject({ kind: 'in' });
});

test('the stranger of each cell is a stranger: another pod that asks just as the workload does', () => {
  const halves = halvesOf(defineWorkloadIdentity(definitionOf({ provider: 'aws', mechanism: 'irsa', platform: 'AKS' }, 'explicit')));
  const seen = Object.entries(STRANGERS).map(([who, change]) => {
    const { verdicts } = prove(change(halves));
    return [who, verdicts.map(({ admitted, becomes, claims }) => [admitted, becomes, claims])] as const;
  });
  const becomes = 'arn:aws:iam::111122223333:role/checkout';
  const claims = { issuer: PLATFORMS.AKS?.issuer, subject: 'system:serviceaccount:shop:checkout', audience: 'sts.amazonaws.com' };
  expect(Object.fromEntries(seen)).toEqual({
    'another service account': [[false, becomes, { ...claims, subject: 'system:serviceaccount:shop:other' }]],
    'another namespace': [[false, becomes, { ...claims, subject: 'system:serviceaccount:billing:checkout' }]],
    'another cluster': [[false, becomes, { ...claims, issuer: 'https://oidc.other.example.com' }]],
  });
});

test('a trust that lets in somebody else is no answer, and so no page', () => {
  const globs = { ...bindingOf({ provider: 'vault', mechanism: 'kubernetes', platform: 'EKS' }), unsafeGlobs: { serviceAccounts: ['*'], reason: 'a test' } };
  expect(() => answerOf(definitionFor('EKS', { vault: globs }))).toThrow(/is not let in|is let in by vault/);
});
