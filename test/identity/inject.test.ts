/** What callers without types pass to `inject`: an error with a code, which says what would have been right. */
import { SENTENCE } from '../support/definitions';
import { defineProjectedTokens, inject, type PodParts } from 'symbolon';

const input = { tokens: { payments: { audience: 'https://payments.example.com' } } };
const tokens = defineProjectedTokens(input);
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { serviceAccountName: 'web', containers: [{ name: 'app' }] } };

test.each<[string, unknown, unknown, string, string]>([
  ['no manifest', undefined, tokens.injection, 'workload/kind', 'got nothing'],
  ['a manifest that is null', null, tokens.injection, 'workload/kind', 'got nothing'],
  ['YAML that nobody has read', 'kind: Pod', tokens.injection, 'workload/kind', 'got nothing'],
  ['a list of manifests', [pod], tokens.injection, 'workload/kind', 'got nothing'],
  ['no injection', pod, undefined, 'inject/injection', 'planWorkloadIdentities'],
  ['an injection that is null', pod, null, 'inject/injection', 'got null'],
  ['tokens and not their injection', pod, tokens, 'inject/injection', 'inject(manifest, tokens.injection)'],
  ['what tokens are defined from', pod, input, 'inject/injection', 'got ["tokens"]'],
  ['an injection with a part missing', pod, { ...tokens.injection, mounts: undefined }, 'inject/injection', 'mounts'],
])('%s', (_what, manifest, injection, code, said) => {
  const call = (): unknown => inject(manifest as object, injection as PodParts);
  expect(call).toThrow(expect.objectContaining({
    code: 'ERR_INVALID_DEFINITION',
    issues: [expect.objectContaining({ code, severity: 'error', message: expect.stringMatching(SENTENCE) as string })],
  }));
  expect(call).toThrow(said);
});

test('warnings go to who asks for them', () => {
  const found: string[] = [];
  inject({ ...pod, spec: { containers: [{ name: 'app' }] } }, tokens.injection, issue => found.push(issue.code));
  expect(found).toEqual(['workload/default-account']);
});
