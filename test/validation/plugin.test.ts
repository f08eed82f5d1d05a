/** The validation plugin of cdk8s: what it reports of files that were synthesized. That cdk8s-cli runs it is for the conformance suite. */
import { join } from 'node:path';
import { GOOD_YAML, workspace, type Workspace } from '../cli/workspace';
import { SymbolonValidation, isSymbolonError, type Issue, type ValidationProperties, type ValidationViolation } from 'symbolon';

const MANIFEST = (account = 'checkout', more = ''): string => `
apiVersion: v1
kind: ServiceAccount
metadata:
  name: checkout
  namespace: shop
  annotations: { eks.amazonaws.com/role-arn: 'arn:aws:iam::111122223333:role/checkout' }
automountServiceAccountToken: false
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { serviceAccountName: ${account}, automountServiceAccountToken: false, containers: [{ name: app, image: 'nginx:1' }] }
${more}`;

interface Report {
  readonly violations: readonly ValidationViolation[];
  readonly status: string | undefined;
  readonly metadata: object | undefined;
}

let home: string;
beforeEach(() => { home = process.cwd(); });
afterEach(() => process.chdir(home));

/** What cdk8s would show. */
async function validated(space: Workspace, properties: ValidationProperties, manifests: readonly string[] = ['dist/shop.k8s.yaml']): Promise<Report> {
  process.chdir(space.dir);
  const violations: ValidationViolation[] = [];
  let [status, metadata]: [string?, object?] = [];
  await new SymbolonValidation(properties).validate({
    manifests,
    report: {
      addViolation: violation => void violations.push(violation),
      submit: (how, more) => { [status, metadata] = [how, more]; },
    },
  });
  return { violations, status, metadata };
}

test('manifests that fit their definition pass', async () => {
  const space = workspace({ 'identity.yaml': GOOD_YAML, 'dist/shop.k8s.yaml': MANIFEST() });
  expect(await validated(space, { definition: 'identity.yaml' })).toEqual({ violations: [], status: 'success', metadata: { Findings: '0', Failing: '0' } });
});

test('a chart without anything in it is no fault', async () => {
  const space = workspace({ 'identity.yaml': GOOD_YAML, 'dist/app.k8s.yaml': '', 'dist/shop.k8s.yaml': MANIFEST() });
  expect(await validated(space, { definition: 'identity.yaml' }, ['dist/app.k8s.yaml', 'dist/shop.k8s.yaml'])).toMatchObject({ violations: [], status: 'success' });
  expect(await validated(space, { definition: 'identity.yaml' }, ['dist/app.k8s.yaml'])).toMatchObject({ violations: [], status: 'success' });
});

test('a file of another place is found as cdk8s names it', async () => {
  const space = workspace({ 'identity.yaml': GOOD_YAML.replace('roleName: checkout', 'roleName: other'), 'out/a.k8s.yaml': MANIFEST() });
  const { violations } = await validated(space, { definition: 'identity.yaml' }, [join(space.dir, 'out/a.k8s.yaml')]);
  expect(violations.map(({ violatingResources }) => violatingResources[0]?.manifestPath)).toContain(join(space.dir, 'out/a.k8s.yaml'));
});

test('a workload that is not let in fails the synth: rule, resource, place and way out', async () => {
  const space = workspace({ 'identity.yaml': GOOD_YAML.replace('roleName: checkout', 'roleName: checkout, accountId: "444455556666"'), 'dist/shop.k8s.yaml': MANIFEST() });
  const { violations, status } = await validated(space, { definition: 'identity.yaml', audit: false });
  expect(status).toBe('failure');
  expect(violations).toContainEqual({
    ruleName: expect.stringMatching(/^verify\//),
    recommendation: expect.stringContaining('arn:aws:iam::111122223333:role/checkout'),
    fix: expect.any(String),
    violatingResources: [{ resourceName: 'web', locations: ['dist/shop.k8s.yaml:10'], manifestPath: 'dist/shop.k8s.yaml' }],
  });
});

test('an identity whose pods are made elsewhere is no stranger', async () => {
  const space = workspace({ 'identity.yaml': GOOD_YAML, 'dist/other.k8s.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n' });
  expect(await validated(space, { definition: 'identity.yaml' }, ['dist/other.k8s.yaml'])).toMatchObject({ violations: [], status: 'success' });
});

test('documents of the clouds count in the place of the definition, hand-written manifests or not', async () => {
  const files = { 'identity.yaml': GOOD_YAML, 'dist/shop.k8s.yaml': MANIFEST() };
  const space = workspace(files);
  await space.run(['synth', 'identity.yaml', '--out', 'made']);
  const clusters = { 'prod-blue': 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE' };
  expect(await validated(space, { trust: ['made/cloud'], clusters })).toMatchObject({ violations: [], status: 'success' });
  expect(await validated(space, { trust: ['made/cloud'], clusters: { 'prod-blue': `${clusters['prod-blue']}F` } })).toMatchObject({ status: 'failure' });
  space.write('made/cloud/aws/checkout.json', space.read('made/cloud/aws/checkout.json').replace('shop:checkout', 'shop:*').replace(/StringEquals/g, 'StringLike'));
  const { violations, status } = await validated(space, { trust: ['made/cloud'], clusters });
  expect([status, violations.map(({ ruleName }) => ruleName)]).toEqual(['failure', ['verify/over-broad']]);
});

test('what cannot be decided fails unless it may pass', async () => {
  const space = workspace({ 'dist/shop.k8s.yaml': MANIFEST(), 'cloud/none.json': '{"documents":[]}' });
  space.write('cloud/none.json', '[]');
  const undecided = await validated(space, { trust: ['cloud'], audit: false });
  expect([undecided.status, undecided.violations.map(({ ruleName }) => ruleName)]).toEqual(['failure', ['verify/undecided']]);
  expect(await validated(space, { trust: ['cloud'], audit: false, undecided: 'pass' })).toMatchObject({ status: 'success', violations: [{ ruleName: 'verify/undecided' }] });
});

test('without trust the manifests are audited alone, and their way out is told in steps', async () => {
  const legacy = `---
apiVersion: v1
kind: Secret
type: kubernetes.io/service-account-token
metadata: { name: legacy, namespace: shop, annotations: { kubernetes.io/service-account.name: checkout } }
`;
  const space = workspace({ 'dist/shop.k8s.yaml': MANIFEST('checkout', legacy) });
  const { violations } = await validated(space, {});
  expect(violations).toEqual([{ ruleName: expect.stringMatching(/^audit\//), recommendation: expect.stringContaining('legacy'), fix: expect.stringContaining('1. '), violatingResources: [{ resourceName: 'legacy', locations: ['dist/shop.k8s.yaml:19'], manifestPath: 'dist/shop.k8s.yaml' }] }]);
  expect(await validated(space, { definition: 'missing.yaml' }).catch((error: Error) => error.message)).toContain('missing.yaml');
});

test('properties that are wrong are said all at once', async () => {
  const space = workspace({ 'dist/shop.k8s.yaml': MANIFEST() });
  const wrong = { trusts: ['a'], trust: 'cloud', env: 'prod', undecided: 'maybe', audit: 'no', clusters: { blue: 1 } } as unknown as ValidationProperties;
  const error = await validated(space, wrong).catch((each: unknown) => each);
  expect(isSymbolonError(error)).toBe(true);
  expect((error as { issues: readonly Issue[] }).issues.map(({ code, path }) => `${code} ${path}`)).toEqual([
    'structure/unknown-key trusts', 'structure/type trust', 'structure/type audit', 'structure/type clusters.blue', 'validation/undecided undecided', 'validation/definition env',
  ]);
  await expect(validated(space, { audit: false })).rejects.toMatchObject({ issues: [{ code: 'validation/nothing' }] });
});
