/** `symbolon audit`, as people run it. */
import { workspace, type Workspace } from './workspace';

const ACCOUNT = `
apiVersion: v1
kind: ServiceAccount
metadata:
  name: checkout
  namespace: shop
  annotations: { azure.workload.identity/client-id: c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b }
automountServiceAccountToken: false
`;
const web = (label = '', more = ''): string => `# the shop
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web${label} } }
    spec: { serviceAccountName: checkout, containers: [{ name: app, image: nginx }]${more} }
`;
const LABELLED = web(', azure.workload.identity/use: "true"');
const UNMOUNTED = web(', azure.workload.identity/use: "true"', ', volumes: [{ name: t, projected: { sources: [{ serviceAccountToken: { path: t } }] } }]');
const SECRET = '\n---\napiVersion: v1\nkind: Secret\nmetadata: { name: old, namespace: shop }\ntype: kubernetes.io/service-account-token\n';

interface FoundOne {
  readonly code: string;
  readonly plan?: readonly string[];
}

interface Found {
  readonly ok: boolean;
  readonly files: number;
  readonly findings: readonly FoundOne[];
  readonly known: readonly unknown[];
  readonly gone: readonly unknown[];
}

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly { readonly ruleIndex: number; readonly message: { readonly text: string } }[];
  }[];
}

async function found(space: Workspace, ...args: string[]): Promise<Found & { readonly exit: number }> {
  const { code, out, err } = await space.run(['audit', ...args, '--json']);
  expect(err).toBe('');
  return { ...JSON.parse(out) as Found, exit: code };
}

const codes = ({ findings }: Found): readonly string[] => findings.map(({ code }) => code);

test('an error is said with its place, the fix and the steps, and fails', async () => {
  const space = workspace({ 'k8s/account.yaml': ACCOUNT, 'k8s/web.yaml': `${SECRET}---\n${web()}` });
  const { code, out, err } = await space.run(['audit', 'k8s']);
  expect({ code, err }).toEqual({ code: 1, err: '' });
  const lines = out.split('\n');
  expect(lines[0]).toMatch(/^k8s\/web\.yaml:3: error: Secret shop\/old: .*never ends.* \[audit\/legacy-token\]$/);
  expect(lines[1]).toMatch(/^ {2}fix: give those who use it a projected token/);
  expect(lines[2]).toMatch(/^ {4}1\. Find who uses it/);
  expect(out).toMatch(/^k8s\/web\.yaml:9: error: Deployment shop\/web: .*azure\.workload\.identity\/use.* \[audit\/label-missing\]$/m);
  expect(lines.at(-2)).toBe('2 files: 2 error, 0 warning');
});

test('what is right holds, and warnings alone do not fail', async () => {
  const right = await workspace({ 'account.yaml': ACCOUNT, 'web.yaml': LABELLED }).run(['audit', 'account.yaml', 'web.yaml']);
  expect(right).toEqual({ code: 0, out: '2 files: 0 error, 0 warning\n', err: '' });
  const warned = await found(workspace({ 'account.yaml': ACCOUNT, 'web.yaml': UNMOUNTED }), 'account.yaml', 'web.yaml');
  expect(warned).toMatchObject({ exit: 0, ok: true, files: 2, findings: [{ code: 'audit/token-unmounted', level: 'warning', about: 'Deployment shop/web volume t', file: 'web.yaml', line: 2 }] });
  expect(warned.findings[0]?.plan).toHaveLength(3);
});

test('files are one cluster together, each folder is one of its own', async () => {
  const space = workspace({ 'one/account.yaml': ACCOUNT, 'two/web.yaml': web(), 'both/account.yaml': ACCOUNT, 'both/web.yaml': web() });
  expect(codes(await found(space, 'one/account.yaml', 'two/web.yaml'))).toEqual(['audit/label-missing']);
  expect(codes(await found(space, 'both'))).toEqual(['audit/label-missing']);
  expect(codes(await found(space, 'one', 'two'))).toEqual([]);
});

test('lists of kubectl are read, and their items have lines', async () => {
  const items = [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'checkout', namespace: 'shop' } },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec: { serviceAccountName: 'checkout', containers: [{ name: 'app' }] } },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'b', namespace: 'shop' }, subjects: [{ kind: 'ServiceAccount', name: 'checkout' }] },
  ];
  const list = (count: number): string => JSON.stringify({ apiVersion: 'v1', kind: 'List', items: items.slice(0, count) }, null, 1);
  expect(await found(workspace({ 'all.json': list(2) }), 'all.json')).toMatchObject({ findings: [{ code: 'audit/automount', file: 'all.json', line: 13 }] });
  expect(codes(await found(workspace({ 'all.json': list(3) }), 'all.json'))).toEqual([]);
});

test('bindings and Secrets among YAML are seen', async () => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: web, namespace: shop }\nspec: { serviceAccountName: checkout, automountServiceAccountToken: true, containers: [{ name: app }] }\n';
  const bound = '---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: { name: b }\nsubjects: [{ kind: ServiceAccount, name: checkout, namespace: shop }]\n';
  const account = ACCOUNT.replace(/ {2}annotations.*\n/, '');
  expect(codes(await found(workspace({ 'a.yaml': `${account}---\n${pod}` }), 'a.yaml'))).toEqual(['audit/automount']);
  expect(codes(await found(workspace({ 'a.yaml': `${account}---\n${pod}${bound}` }), 'a.yaml'))).toEqual([]);
});

test('a value without quotes is found as the API server would read it', async () => {
  expect(codes(await found(workspace({ 'account.yaml': ACCOUNT, 'web.yaml': web(', azure.workload.identity/use: true') }), 'account.yaml', 'web.yaml'))).toEqual(['audit/not-text']);
});

test('a baseline keeps what is known from counting, and tells what is gone', async () => {
  const space = workspace({ 'k8s/account.yaml': ACCOUNT, 'k8s/web.yaml': web() });
  await space.run(['audit', 'k8s', '--write-baseline', 'known.json']);
  expect(JSON.parse(space.read('known.json'))).toEqual({ version: 1, known: [{ code: 'audit/label-missing', about: 'Deployment shop/web' }] });
  expect(await found(space, 'k8s', '--baseline', 'known.json')).toMatchObject({ exit: 0, findings: [], known: [{ code: 'audit/label-missing' }], gone: [] });
  space.write('k8s/web.yaml', LABELLED);
  expect(await found(space, 'k8s', '--baseline', 'known.json')).toMatchObject({ exit: 0, findings: [], known: [], gone: [{ code: 'audit/label-missing', about: 'Deployment shop/web' }] });
});

test('SARIF has a rule for every code, a place, and the steps', async () => {
  const space = workspace({ 'account.yaml': ACCOUNT, 'web.yaml': web() });
  const { code, out } = await space.run(['audit', 'account.yaml', 'web.yaml', '--format', 'sarif']);
  const { runs: [run] } = JSON.parse(out) as Sarif;
  expect(code).toBe(1);
  const [result] = run?.results ?? [];
  expect(run?.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe('audit/label-missing');
  expect(result).toMatchObject({ ruleId: 'audit/label-missing', level: 'error', locations: [{ physicalLocation: { artifactLocation: { uri: 'web.yaml' }, region: { startLine: 2 } } }] });
  expect(result?.message.text).toMatch(/\n1\. .*\n2\. /);
});

test('JUnit has a failure for an error, and one case where there is nothing', async () => {
  const space = workspace({ 'account.yaml': ACCOUNT, 'web.yaml': web(), 'right.yaml': LABELLED });
  const { out } = await space.run(['audit', 'account.yaml', 'web.yaml', '--format', 'junit']);
  expect(out).toMatch(/<testsuite name="symbolon audit" tests="1" failures="1"/);
  expect(out).toContain('<testcase classname="audit/label-missing" name="Deployment shop/web">');
  expect((await space.run(['audit', 'account.yaml', 'right.yaml', '--format', 'junit'])).out).toMatch(/tests="1" failures="0"/);
});

test.each([
  [['audit'], /audit: expected files or folders/],
  [['audit', 'gone.yaml'], /gone\.yaml/],
  [['audit', 'broken.yaml'], /broken\.yaml:2:1: it is no YAML/],
  [['audit', 'a.yaml', '--cluster', 'a=https://a'], /audit: there is no option --cluster/],
  [['audit', 'a.yaml', '--format', 'xml'], /--format: expected text, json, sarif, junit, got "xml"/],
  [['audit', 'a.yaml', '--baseline', 'none.json'], /none\.json/],
])('%j is said to be wrong, and ends with 2', async (args, message) => {
  const { code, err } = await workspace({ 'a.yaml': ACCOUNT, 'broken.yaml': 'a: [' }).run(args);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});

test('what is no manifest is said, and fails nothing', async () => {
  expect(await found(workspace({ 'k8s/values.yaml': 'replicas: 3' }), 'k8s')).toMatchObject({ exit: 0, findings: [{ code: 'evidence/unknown', level: 'warning' }] });
});

test('its help tells every option and how files are grouped', async () => {
  const { code, out } = await workspace().run(['audit', '--help']);
  expect(code).toBe(0);
  for (const word of ['--baseline FILE', '--write-baseline FILE', '--format FORMAT', 'Each folder is a cluster of its own', 'Warnings alone do not fail it']) expect(out).toContain(word);
  expect(out.split('\n').filter(line => line.length > 124)).toEqual([]);
});
