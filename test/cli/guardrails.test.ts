/** `symbolon guardrails`: what it writes is what the library makes, and what would be refused is said. */
import { loadAll } from 'js-yaml';
import { GOOD_YAML, workspace } from './workspace';
import { allowedIn } from '../support/admission';
import type { KubernetesObject } from 'symbolon';

const policiesIn = (text: string): readonly KubernetesObject[] => loadAll(text) as KubernetesObject[];
const SHOP = { checkout: { 'https://payments.example.com': 900, 'sts.amazonaws.com': 86400 } };

test('writes the policies of the only cluster to stdout, or to a file', async () => {
  const space = workspace({ 'identity.yaml': GOOD_YAML });
  const { code, out, err } = await space.run(['guardrails', 'identity.yaml']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(allowedIn(policiesIn(out), 'shop')).toEqual(SHOP);
  expect(await space.run(['guardrails', 'identity.yaml', '--out', 'policies.yaml'])).toEqual({ code: 0, out: '', err: '' });
  expect(space.read('policies.yaml')).toBe(out);
  expect(await space.run(['guardrails', 'identity.yaml', '--out', 'none/policies.yaml'])).toMatchObject({ code: 2, err: expect.stringContaining('--out: none/policies.yaml cannot be written') });
});

test('what runs besides and what happens are options', async () => {
  const space = workspace({ 'identity.yaml': GOOD_YAML, 'also.yaml': '- { namespace: shop, audiences: { istio-ca: 43200 } }\n', 'also.json': '[{"namespace":"elsewhere","automount":true}]' });
  const { out } = await space.run(['guardrails', 'identity.yaml', '--also', 'also.yaml', '--action', 'Audit', '--action', 'Warn', '--cluster', 'prod-blue']);
  expect(allowedIn(policiesIn(out), 'shop')).toEqual({ checkout: { ...SHOP.checkout, 'istio-ca': 43200 } });
  expect(policiesIn(out).filter(({ kind }) => kind.endsWith('Binding')).map(({ spec }) => (spec as { validationActions: string[] }).validationActions)).toEqual([['Audit', 'Warn'], ['Audit', 'Warn'], ['Audit', 'Warn']]);
  expect(await space.run(['guardrails', 'identity.yaml', '--also', 'also.json', '--action', 'deny', '--cluster', 'prod'])).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/actions: expected .*cluster: expected one of the clusters/s) });
  expect(await space.run(['guardrails', 'identity.yaml', '--also', 'also.json'])).toMatchObject({ code: 1, err: expect.stringContaining('also[0].namespace: expected one of the namespaces of the definitions: shop, got "elsewhere"') });
});

test('workloads of the file that would be refused are said before they are', async () => {
  const workloads = `
workloads:
  - apiVersion: v1
    kind: Pod
    metadata: { name: right, namespace: shop }
    spec: { serviceAccountName: checkout, containers: [{ name: app, image: nginx }] }
  - apiVersion: v1
    kind: Pod
    metadata: { name: vault, namespace: shop }
    spec:
      serviceAccountName: checkout
      containers: [{ name: app, image: nginx }]
      volumes: [{ name: vault, projected: { sources: [{ serviceAccountToken: { path: token, audience: vault, expirationSeconds: 600 } }] } }]
  - apiVersion: v1
    kind: Pod
    metadata: { name: long, namespace: shop }
    spec:
      serviceAccountName: checkout
      containers: [{ name: app, image: nginx }]
      volumes: [{ name: long, projected: { sources: [{ serviceAccountToken: { path: token, audience: 'https://payments.example.com', expirationSeconds: 901 } }] } }]
`;
  const space = workspace({ 'identity.yaml': `${GOOD_YAML}${workloads}` });
  const { code, err } = await space.run(['guardrails', 'identity.yaml']);
  expect({ code, lines: err.trim().split('\n') }).toEqual({ code: 0, lines: [expect.stringMatching(/^warning: Pod shop\/vault: expected tokens of checkout for https:\/\/payments\.example\.com, sts\.amazonaws\.com, got "vault"; .*--also \[admission\/refused\]$/), expect.stringMatching(/^warning: Pod shop\/long: expected a token for https:\/\/payments\.example\.com of at most 900 seconds, got 901; /)] });
});

test('a policy of an organization is one document, and an unknown kind lists what there is', async () => {
  const space = workspace({ 'identity.yaml': GOOD_YAML, 'others.json': '["https://token.actions.githubusercontent.com"]' });
  const { code, out } = await space.run(['guardrails', 'identity.yaml', '--for', 'organizations.ResourceControlPolicy', '--also', 'others.json']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ Statement: [{ Effect: 'Deny', Action: 'sts:AssumeRoleWithWebIdentity', Condition: { Null: { 'token.actions.githubusercontent.com:sub': 'true' } } }] });
  expect(await space.run(['guardrails', 'identity.yaml', '--for', 'rcp'])).toMatchObject({ code: 2, err: expect.stringContaining('organizations.ResourceControlPolicy (no role is assumed with a token of another issuer)') });
  expect(await space.run(['guardrails', 'identity.yaml', '--for', 'rcp', '--cluster', 'prod-blue'])).toMatchObject({ code: 2, err: expect.stringContaining('exclude each other') });
});

test.each([[[]], [['a.yaml', 'b.yaml']]])('without one file it says what it wants: %j', async files => {
  expect(await workspace().run(['guardrails', ...files])).toMatchObject({ code: 2, err: expect.stringContaining('guardrails: expected one definition file or app') });
});
