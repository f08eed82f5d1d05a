/** Mistakes in places where nobody looks: each is one finding, in words, with the exit code of what it is. */
import { GOOD_YAML, workspace } from './workspace';

const pod = (fields: string): string => `${GOOD_YAML}workloads:\n  - { apiVersion: v1, kind: Pod, ${fields} }\n`;
const META = 'metadata: { name: web, namespace: shop }';
const spec = (containers: string): string => `spec: { serviceAccountName: checkout${containers} }`;

test.each<[string, string, readonly RegExp[]]>([
  ['a version in quotes', GOOD_YAML.replace('version: 1', 'version: "1"'), [/^version: expected 1, got "1"; .*\[structure\/value\]$/]],
  ['no clusters', GOOD_YAML.replace(/clusters:\n[\s\S]*identities/, 'clusters: []\nidentities'), [/^identities\[0\]\.clusters\[0\]: expected a cluster of this file, which has none, got "prod-blue"; /]],
  ['a pod without a name', pod(`metadata: { namespace: shop }, ${spec(', containers: [{ name: a }]')}`), [/^workloads\[0\]\.metadata\.name: expected text, got nothing; /]],
  ['a name that is a list', pod(`metadata: { name: [web], namespace: shop }, ${spec(', containers: [{ name: a }]')}`), [/^workloads\[0\]\.metadata\.name: expected text, got \["web"\]; /]],
  ['a name that Kubernetes does not take', pod(`metadata: { name: Web_1, namespace: shop }, ${spec(', containers: [{ name: a }]')}`), [/^workloads\[0\]\.metadata\.name: .*\[name\/dns-subdomain\]$/]],
  ['no containers', pod(`${META}, ${spec('')}`), [/^workloads\[0\]\.spec\.containers: expected at least one container, got nothing; /]],
  ['containers that are a map', pod(`${META}, ${spec(', containers: { a: {} }')}`), [/^workloads\[0\]\.spec\.containers: expected a list, a container in each place, got \{"a":\{\}\}; /]],
  ['containers that are none', pod(`${META}, ${spec(', containers: [{ name: a }, 1, null]')}`), [/^workloads\[0\]\.spec\.containers\[1\]: expected a container, which is a map, got 1; /, /^workloads\[0\]\.spec\.containers\[2\]: expected a container, which is a map, got null; /]],
])('%s: exactly what is wrong', async (_what, text, findings) => {
  const { code, err } = await workspace({ 'a.yaml': text }).run(['synth', 'a.yaml']);
  const lines = err.trim().split('\n').slice(1).map(line => line.trim()).filter(line => !line.startsWith('warning'));
  expect({ code, err, lines }).toEqual({ code: 1, err, lines: findings.map(finding => expect.stringMatching(finding) as string) });
});

test('a number that is too large for JSON is shown as what it became', async () => {
  expect((await workspace({ 'a.json': '1e400' }).run(['synth', 'a.json'])).err).toContain('got Infinity');
});

test('a name that Kubernetes is to make is one', async () => {
  const text = pod(`metadata: { generateName: web-, namespace: shop }, ${spec(', containers: [{ name: a }]')}`);
  expect(await workspace({ 'a.yaml': text }).run(['synth', 'a.yaml'])).toMatchObject({ code: 0, err: '' });
});

test('a definition of a version that had other fields is said to be one', async () => {
  const { code, err } = await workspace({ 'a.ts': 'export const a = { [Symbol.for(\'symbolon.WorkloadIdentityDefinition\')]: true, name: \'a\' };' }).run(['synth', 'a.ts']);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^ERR_INPUT: a\.ts: a is a definition of a version of symbolon that this one cannot read/) as string });
});

test('warns of facts that nobody here reads, and of slips', async () => {
  const facts = { clusters: { 'prod-bleu': { issuer: 'https://a.example.com' }, 'other': {} }, identities: { checkuot: { aws: { accountId: '1' } } } };
  const { code, out } = await workspace({ 'identity.yaml': GOOD_YAML, 'facts.json': JSON.stringify(facts) }).run(['synth', 'identity.yaml', '--facts', 'facts.json', '--json']);
  const { warnings } = JSON.parse(out) as { readonly warnings: readonly { readonly code: string; readonly path: string; readonly message: string }[] };
  expect({ code, warnings: warnings.map(({ code: each, path, message }) => `${each} ${path}; ${message.replace(/^.*; /, '')}`) }).toEqual({
    code: 0,
    warnings: [
      'facts/nobody facts.clusters.prod-bleu; did you mean prod-blue?',
      'facts/nobody facts.clusters.other; nobody here reads these facts: take them out, unless they are for another program',
      'facts/nobody facts.identities.checkuot; did you mean checkout?',
    ],
  });
});
