/** Tokens without an identity, in the templates of a program. */
import * as pulumi from '@pulumi/pulumi';
import { valueOf, withMocks } from './support/mocks';
import { defineProjectedTokens, inject, type ProjectedTokensInput } from 'symbolon';
import { projectedTokens } from 'symbolon/pulumi';

const input: ProjectedTokensInput = {
  tokens: { payments: { audience: 'https://payments.example.com', volume: 'files' }, audit: { audience: 'https://audit.example.com' } },
  volumes: { files: { defaultMode: '0440' } },
  fsGroup: 2000,
};
const spec = { serviceAccountName: 'web', containers: [{ name: 'web', image: 'web:1' }] };
const later = <T>(value: T): pulumi.Output<T> => pulumi.output(Promise.resolve(value)) as pulumi.Output<T>;
const wanted = (template: object): unknown =>
  (inject({ kind: 'Deployment', spec: { template } }, defineProjectedTokens(input).injection) as unknown as { spec: { template: unknown } }).spec.template;

test.each<[string, pulumi.Input<object>]>([
  ['plain', { spec }],
  ['with an Output for the image', { spec: { ...spec, containers: [{ name: 'web', image: later('web:1') }] } }],
  ['with an Output for the security context', { spec: { ...spec, securityContext: later({}) } }],
  ['that is an Output', later({ spec })],
])('a template %s has what the pure function gives, and its own service account', async (_how, template) => {
  const { result, resources } = await withMocks(() => projectedTokens(input).podTemplate(template));
  expect(await valueOf(result)).toEqual(wanted({ spec }));
  expect(resources).toEqual([]);
});

test('a plain template stays plain', () => {
  expect(projectedTokens(input).podTemplate({ spec })).toEqual(wanted({ spec }));
});

test('a group that is an Output is known before it is judged', async () => {
  const { result } = await withMocks(() => projectedTokens(input).podTemplate({ spec: { ...spec, securityContext: { fsGroup: later(2000) } } }));
  expect(await valueOf(result)).toEqual(wanted({ spec }));
});

test('a contradiction is thrown, and a warning is among the messages', () => {
  const warn = jest.spyOn(pulumi.log, 'warn').mockImplementation(() => Promise.resolve());
  expect(() => projectedTokens(input).podTemplate({ spec: { ...spec, securityContext: { fsGroup: 1 } } })).toThrow(/template\.spec\.securityContext\.fsGroup: .*\[workload\/collision\]/);
  void projectedTokens(input).podTemplate({ spec: { containers: spec.containers } });
  expect(warn.mock.calls.map(([message]) => message)).toEqual([expect.stringMatching(/template\.spec\.serviceAccountName: .*\[workload\/default-account\]/)]);
  warn.mockRestore();
});
