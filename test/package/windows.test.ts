/** What Windows has differently: line ends, separators, drives. */
import { win32 } from 'node:path';
import { missingFolders } from '../../src/cli/output/exists';
import { translate } from '../../src/cli/source/module';
import { GOOD_YAML, workspace, type Workspace } from '../cli/workspace';

const crlf = (text: string): string => text.replace(/\n/g, '\r\n');

const ISSUER = 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const ROLE = 'arn:aws:iam::111122223333:role/checkout';
const MANIFESTS = `# the shop
# of ours

---
# its account
apiVersion: v1
kind: ServiceAccount
metadata:
  name: checkout
  namespace: shop
  annotations:
    eks.amazonaws.com/role-arn: ${ROLE}
---

# its pods
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  serviceAccountName: checkout
  containers:
    - name: app
      image: app
      args:
        - |
          two
          lines
`;
const TRUST = JSON.stringify({ Role: { RoleName: 'checkout', Arn: ROLE, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } } }, null, 2);

/** The same twice: with the line ends of Unix, and with those of Windows. */
async function both<T>(files: { readonly [path: string]: string }, ask: (space: Workspace) => Promise<T>): Promise<readonly [T, T]> {
  const there = workspace(files);
  const here = workspace(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, crlf(text)])));
  return [await ask(there), await ask(here)];
}

test('a definition with CRLF is the same definition', async () => {
  const [unix, windows] = await both({ 'identity.yaml': GOOD_YAML, 'facts.json': '{\n}\n' }, async space => {
    const run = await space.run(['synth', 'identity.yaml', '--facts', 'facts.json', '--json']);
    return { run, tree: space.tree('dist') };
  });
  expect(unix.run).toMatchObject({ code: 0, err: '' });
  expect(Object.keys(unix.tree).length).toBeGreaterThan(1);
  expect(windows).toEqual(unix);
});

test('a mistake in a file with CRLF is said of the same place', async () => {
  const [unix, windows] = await both({ 'identity.yaml': GOOD_YAML.replace('namespace: shop', 'namespace: shop\n    namespace: shop') }, space => space.run(['synth', 'identity.yaml']));
  expect(unix.err).toMatch(/identity\.yaml:\d+:\d+/);
  expect(windows.err.replace(/\r/g, '')).toBe(unix.err);
});

test('manifests, trust and a baseline with CRLF: the same findings in the same lines', async () => {
  const baseline = JSON.stringify({ version: 1, known: [{ code: 'verify/refused', about: 'nobody' }] }, null, 2);
  const files = { 'k8s/shop.yaml': MANIFESTS, 'cloud/role.json': TRUST, 'baseline.json': baseline, 'evidence.yaml': `version: 1\nclusters:\n  - name: blue\n    issuer: ${ISSUER}\n` };
  const [unix, windows] = await both(files, space => space.run(['verify', 'k8s', 'cloud', '--evidence', 'evidence.yaml', '--baseline', 'baseline.json', '--json']));
  expect(unix.code).toBe(1);
  expect(unix.out).toContain('"line": 16');
  expect(windows).toEqual(unix);
});

test('the folder of an output whose list got CRLF by version control is still known as ours', async () => {
  const space = workspace({ 'identity.yaml': GOOD_YAML });
  await space.run(['synth', 'identity.yaml']);
  for (const [path, text] of Object.entries(space.tree('dist'))) space.write(`dist/${path}`, crlf(text));
  expect(await space.run(['synth', 'identity.yaml'])).toMatchObject({ code: 0, err: '' });
  space.write('dist/kubernetes/mine.yaml', 'kind: List\r\n');
  expect((await space.run(['synth', 'identity.yaml'])).err).toContain('mine.yaml was not written by symbolon');
});

test('a drive that is not there is no folder that could be made', () => {
  expect(missingFolders('Z:\\out\\dist', win32.dirname)).toEqual(['Z:\\out', 'Z:\\out\\dist']);
  expect(missingFolders('Z:\\', win32.dirname)).toEqual([]);
  expect(missingFolders('\\\\server\\share\\out', win32.dirname)).toEqual(['\\\\server\\share\\out']);
});

test('a file that is imported by its path on Windows is no package to install', () => {
  const file = { path: 'C:\\app\\identity.ts', shown: 'identity.ts' };
  expect(translate(new Error('Cannot find module \'C:\\app\\clusters.js\''), file, 'C:\\app', 'it threw')).toMatchObject({ message: expect.stringContaining('correct the path') as string });
  expect(translate(new Error('Cannot find package \'@acme/clusters/blue\''), file, 'C:\\app', 'it threw')).toMatchObject({ message: expect.stringContaining('npm install @acme/clusters') as string });
});
