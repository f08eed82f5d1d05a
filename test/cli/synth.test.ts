import * as jsYaml from 'js-yaml';
import { GOOD_YAML, workspace } from './workspace';

const DEPLOYMENT = (namespace: string, account: string, more = ''): string => `
  - apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web, namespace: ${namespace} }
    spec:
      selector: { matchLabels: { app: web } }
      template:
        metadata: { labels: { app: web } }
        spec: { serviceAccountName: ${account}, containers: [{ name: app, image: nginx }]${more} }
`;

const AZURE_YAML = `
version: 1
clusters:
  - name: azure-one
    issuer: https://westeurope.oic.prod-aks.azure.com/9b1c2d3e-4f50-4a61-8b72-93c4d5e6f708/0a1b2c3d-4e5f-4061-a273-8495a6b7c8d9/
    aks: { tenantId: 9b1c2d3e-4f50-4a61-8b72-93c4d5e6f708, subscriptionId: 5d6e7f80-91a2-43b4-95c6-d7e8f9a0b1c2 }
identities:
  - { name: checkout, namespace: shop, clusters: [azure-one], trustedBy: { azure: { resourceGroup: shop, location: westeurope } } }
`;
const CLIENT_ID = 'c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b';

const GOOGLE_YAML = `
version: 1
clusters:
  - { name: google-one, gke: { projectId: shop-prod, location: us-central1, clusterName: one } }
identities:
  - { name: checkout, namespace: shop, clusters: [google-one], trustedBy: { gcp: {} } }
`;

interface Json {
  readonly ok: boolean;
  readonly verdicts: readonly { readonly [field: string]: unknown }[];
  readonly tokens: readonly { readonly [field: string]: unknown }[];
  readonly warnings: readonly { readonly code: string }[];
  readonly strangers: readonly unknown[];
  readonly files: readonly string[];
  readonly error?: object;
}

/** Where no metadata server answers as the pod. */
const ON_A_BARE_NODE = ', nodeSelector: { iam.gke.io/gke-metadata-server-enabled: "false" }';

describe('symbolon synth', () => {
  test('writes both halves and says who is let in', async () => {
    const space = workspace({ 'identity.yaml': GOOD_YAML });
    const { code, out, err } = await space.run(['synth', 'identity.yaml']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe([
      'identity  cluster    trusted by  becomes                                  verdict',
      'checkout  prod-blue  aws         arn:aws:iam::111122223333:role/checkout  admitted, and nobody else: issuer, subject and audience are those of one statement of its trust policy',
      'checkout  prod-blue  payments    https://payments.example.com             token 900 s, refreshed at 720 s',
      'dist/kubernetes/prod-blue/shop.yaml · dist/cloud/aws/_anchors.prod-blue.json · dist/cloud/aws/checkout.json · dist/patches/prod-blue/shop.yaml',
      '',
    ].join('\n'));
    const [account] = jsYaml.loadAll(space.read('dist/kubernetes/prod-blue/shop.yaml')) as { kind: string; metadata: { annotations: object } }[];
    expect(account).toMatchObject({ kind: 'ServiceAccount', metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/checkout' } } });
    const { documents } = JSON.parse(space.read('dist/cloud/aws/checkout.json')) as { documents: { kind: string; becomes: string }[] };
    expect(documents.map(({ kind, becomes }) => [kind, becomes])).toEqual([['iam.Role', 'arn:aws:iam::111122223333:role/checkout']]);
  });

  test('shows what pods that are made elsewhere have to carry, in a form that nobody can apply', async () => {
    const space = workspace({ 'identity.yaml': GOOD_YAML });
    await space.run(['synth', 'identity.yaml']);
    const patch = jsYaml.load(space.read('dist/patches/prod-blue/shop.yaml'));
    expect(patch).toMatchObject({ spec: { serviceAccountName: 'checkout', containers: [{ env: [{ name: 'PAYMENTS_TOKEN_FILE' }] }], volumes: [{ name: 'token-payments' }] } });
    expect(patch).not.toHaveProperty('kind');
  });

  test('writes the same twice, byte for byte', async () => {
    const [one, other] = [workspace({ 'identity.yaml': GOOD_YAML }), workspace({ 'identity.yaml': GOOD_YAML })];
    await one.run(['synth', 'identity.yaml']);
    await one.run(['synth', 'identity.yaml']);
    await other.run(['synth', 'identity.yaml']);
    expect(one.tree('dist')).toEqual(other.tree('dist'));
  });

  test('takes JSON for the same', async () => {
    const space = workspace({ 'identity.yaml': GOOD_YAML, 'identity.json': `\uFEFF${JSON.stringify(jsYaml.load(GOOD_YAML), null, '\t')}\r\n` });
    await space.run(['synth', 'identity.yaml', '--out', 'a']);
    expect((await space.run(['synth', 'identity.json', '--out=b'])).code).toBe(0);
    expect(space.tree('b')).toEqual(space.tree('a'));
  });

  test('puts the identity into the workloads of the file, and leaves nothing to be done by hand', async () => {
    const space = workspace({ 'identity.yaml': `${GOOD_YAML}workloads:${DEPLOYMENT('shop', 'checkout')}` });
    expect((await space.run(['synth', 'identity.yaml'])).code).toBe(0);
    const objects = jsYaml.loadAll(space.read('dist/kubernetes/prod-blue/shop.yaml')) as { kind: string }[];
    expect(objects.find(object => object.kind === 'Deployment')).toMatchObject({ spec: { template: { spec: { containers: [{ env: [{ name: 'PAYMENTS_TOKEN_FILE' }] }] } } } });
    expect(space.has('dist/patches')).toBe(false);
  });

  test('puts a workload into every cluster in which its service account runs', async () => {
    const two = GOOD_YAML.replace('identities:', '  - { name: green, issuer: "https://green.example.com" }\nidentities:').replace('[prod-blue]', '[prod-blue, green]').replace('roleName', 'accountId: "111122223333", roleName');
    const space = workspace({ 'identity.yaml': `${two}workloads:${DEPLOYMENT('shop', 'checkout')}` });
    const { code, out } = await space.run(['synth', 'identity.yaml']);
    expect(code).toBe(0);
    expect(out.match(/admitted, and nobody else/g)).toHaveLength(2);
    // Each in its own way: the webhook of EKS there, everything in the pod here.
    expect(space.read('dist/kubernetes/prod-blue/shop.yaml')).not.toContain('AWS_ROLE_ARN');
    expect(space.read('dist/kubernetes/green/shop.yaml')).toContain('AWS_ROLE_ARN');
  });

  test('gives objects without a namespace a file that no namespace can claim', async () => {
    const space = workspace({ 'identity.yaml': `${GOOD_YAML}    rbac: [{ verbs: [get], resources: [nodes], clusterWide: true }]\n` });
    await space.run(['synth', 'identity.yaml']);
    expect(space.read('dist/kubernetes/prod-blue/_cluster.yaml')).toContain('kind: ClusterRole');
    expect(space.read('dist/kubernetes/prod-blue/shop.yaml')).not.toContain('ClusterRole');
  });

  test('proves what an application does by itself, and what is owned elsewhere it leaves open', async () => {
    const none = GOOD_YAML.replace('roleName: checkout', 'injection: none');
    expect((await workspace({ 'identity.yaml': none }).run(['synth', 'identity.yaml'])).out).toContain('admitted, and nobody else');
    const own = workspace({ 'identity.yaml': `${none}workloads:${DEPLOYMENT('shop', 'checkout')}` });
    expect((await own.run(['synth', 'identity.yaml'])).out).toContain('admitted, and nobody else');
    expect(own.read('dist/kubernetes/prod-blue/shop.yaml')).not.toMatch(/held|specimen/);
    const existing = await workspace({ 'identity.yaml': GOOD_YAML.replace('roleName: checkout', 'roleName: checkout, existing: true') }).run(['synth', 'identity.yaml']);
    expect(existing.code).toBe(0);
    expect(existing.out).toContain('not decided: ');
  });

  test('says who else is admitted by the cloud\'s own model', async () => {
    const { code, out } = await workspace({ 'identity.yaml': GOOGLE_YAML }).run(['synth', 'identity.yaml']);
    expect(code).toBe(0);
    expect(out).toContain('; also shop/checkout in every other cluster of the project shop-prod');
  });

  test('warns on stderr, and does its work', async () => {
    const { code, out, err } = await workspace({ 'identity.yaml': `${GOOD_YAML}    rbac: [{ verbs: ["*"], resources: [pods] }]\n` }).run(['synth', 'identity.yaml']);
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: checkout\.rbac\[0\]\.verbs: .* \[rbac\/wildcard\]\n$/);
    expect(out).not.toContain('warning');
  });
});

describe('with many identities', () => {
  const many = (workloads: readonly object[] = []): string => JSON.stringify({
    version: 1,
    clusters: [{ name: 'google-one', gke: { projectId: 'shop-prod', location: 'us-central1', clusterName: 'one' } }],
    identities: Array.from({ length: 120 }, (_, i) => ({ name: `app-${i}-name`, namespace: 'shop', clusters: ['google-one'], trustedBy: { gcp: {} } })),
    workloads,
  });

  test('the table is cut, and the files are counted', async () => {
    const { code, out } = await workspace({ 'many.json': many() }).run(['synth', 'many.json']);
    expect(code).toBe(0);
    expect(out.split('\n').slice(-3)).toEqual(['and 20 more that hold (--json lists them)', 'dist/kubernetes: 1 file · dist/cloud: 120 files · dist/patches: 1 file', '']);
    expect(out.match(/^app-/gm)).toHaveLength(100);
  });

  test('the one that is refused is never cut', async () => {
    const spec = { serviceAccountName: 'app-119-name', nodeSelector: { 'iam.gke.io/gke-metadata-server-enabled': 'false' }, containers: [{ name: 'app', image: 'nginx' }] };
    const space = workspace({ 'many.json': many([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec }]) });
    const { code, out } = await space.run(['synth', 'many.json']);
    expect(code).toBe(1);
    expect(out).toMatch(/^app-119-name .*REFUSED: Pod shop\/web: /m);
  });
});

describe('what does not hold is refused, and nothing is written', () => {
  test('a pod that cannot ask', async () => {
    const space = workspace({ 'identity.yaml': `${GOOGLE_YAML}workloads:${DEPLOYMENT('shop', 'checkout', ON_A_BARE_NODE)}` });
    const { code, out, err } = await space.run(['synth', 'identity.yaml']);
    expect(code).toBe(1);
    expect(out).toMatch(/^checkout {2}google-one {2}gcp .* REFUSED: Deployment shop\/web: .*without the metadata server/m);
    expect(out).not.toContain('dist/');
    expect(err).toBe('It does not hold: nothing was written to dist.\n');
    expect(space.has('dist')).toBe(false);
  });

  test('a pod that does not ask, so that the trust is for nobody', async () => {
    const skipping = DEPLOYMENT('shop', 'checkout').replace('labels: { app: web }', 'labels: { app: web }, annotations: { eks.amazonaws.com/skip-containers: app }');
    const { code, out } = await workspace({ 'identity.yaml': `${GOOD_YAML}workloads:${skipping}` }).run(['synth', 'identity.yaml']);
    expect(code).toBe(1);
    expect(out).toMatch(/^checkout {2}prod-blue {2}aws .* REFUSED: no manifest asks for it$/m);
    expect(out).toMatch(/^STRANGER: system:serviceaccount:shop:checkout .* becomes arn:aws:iam::111122223333:role\/checkout/m);
  });

  test('and the output of before stays', async () => {
    const space = workspace({ 'identity.yaml': GOOGLE_YAML });
    await space.run(['synth', 'identity.yaml']);
    const before = space.tree('dist');
    space.write('identity.yaml', `${GOOGLE_YAML}workloads:${DEPLOYMENT('shop', 'checkout', ON_A_BARE_NODE)}`);
    expect((await space.run(['synth', 'identity.yaml'])).code).toBe(1);
    space.write('identity.yaml', GOOGLE_YAML.replace('namespace: shop', 'namespace: Shop'));
    expect((await space.run(['synth', 'identity.yaml'])).code).toBe(1);
    expect(space.tree('dist')).toEqual(before);
  });

  test.each([
    ['workload that runs as nobody', DEPLOYMENT('shop', 'check-out'), 'workload/nobody', /workloads\[0\]\.spec\.template\.spec\.serviceAccountName: .* got "shop\/check-out"; did you mean shop\/checkout\?/],
    ['workload without a namespace', DEPLOYMENT('shop', 'checkout').replace(', namespace: shop', ''), 'workload/nobody', /got "default\/checkout"; did you mean shop\/checkout\?/],
    ['manifest without pods', '\n  - { apiVersion: v1, kind: Service, metadata: { name: web, namespace: shop } }\n', 'workload/kind', /workloads\[0\]\.kind: expected one of Pod, /],
    ['workload twice', DEPLOYMENT('shop', 'checkout') + DEPLOYMENT('shop', 'checkout'), 'workload/twice', /workloads\[1\]\.metadata\.name/],
    ['workload that uses a name of ours for something else', DEPLOYMENT('shop', 'checkout', ', volumes: [{ name: token-payments, emptyDir: {} }]'), 'workload/collision', /workloads\[0\]\.spec\.template\.spec\.volumes/],
  ])('a %s', async (_what, workloads, finding, message) => {
    const space = workspace({ 'identity.yaml': `${GOOD_YAML}workloads:${workloads}` });
    const { code, err } = await space.run(['synth', 'identity.yaml']);
    expect({ code, written: space.has('dist') }).toEqual({ code: 1, written: false });
    expect(err).toMatch(/^ERR_INVALID_DEFINITION: /);
    expect(err).toContain(`[${finding}]`);
    expect(err).toMatch(message);
  });
});

describe('a value that only the cloud knows', () => {
  test('is asked for by name when it is missing', async () => {
    const space = workspace({ 'identity.yaml': AZURE_YAML });
    const { code, err } = await space.run(['synth', 'identity.yaml']);
    expect({ code, written: space.has('dist') }).toEqual({ code: 1, written: false });
    expect(err).toMatch(/^ERR_MISSING_FACT: trustedBy\.azure\.clientId of "checkout" is made by Azure; pass --facts with the stack's outputs, or set it/);
  });

  test.each([
    ['a stack\'s outputs', { other: 1, symbolon: { identities: { checkout: { azure: { clientId: CLIENT_ID } } } } }],
    ['a file of facts', { version: 1, identities: { checkout: { azure: { clientId: CLIENT_ID } } } }],
  ])('comes from %s', async (_what, facts) => {
    const space = workspace({ 'identity.yaml': AZURE_YAML, 'facts.json': JSON.stringify(facts) });
    const { code, out } = await space.run(['synth', 'identity.yaml', '--facts', 'facts.json']);
    expect(code).toBe(0);
    expect(out).toContain(CLIENT_ID);
    expect(space.read('dist/kubernetes/azure-one/shop.yaml')).toContain(CLIENT_ID);
  });

  test.each([
    ['hidden by Pulumi', '{"symbolon":{"identities":{"checkout":{"azure":{"clientId":"[secret]"}}}}}', 1, 'ERR_INVALID_FACTS'],
    ['given twice', `{"identities":{"checkout":{"azure":{"clientId":"a","clientId":"${CLIENT_ID}"}}}}`, 2, 'ERR_INPUT: facts.json:1:52: the key "clientId" stands here twice'],
    ['in a file that is no JSON', '{"identities":\n  {,}}', 2, 'ERR_INPUT: facts.json:2:4: it is no JSON'],
    ['in a file that is empty', '', 2, 'ERR_INPUT: facts.json: it is empty'],
  ])('is refused when it is %s', async (_what, facts, exit, message) => {
    const space = workspace({ 'identity.yaml': AZURE_YAML, 'facts.json': facts });
    const { code, err } = await space.run(['synth', 'identity.yaml', '--facts', 'facts.json']);
    expect(code).toBe(exit);
    expect(err.startsWith(message)).toBe(true);
  });
});

describe('a file that cannot be read', () => {
  test.each([
    ['is not there', ['nope.yaml'], /^ERR_INPUT: nope\.yaml: there is no such file$/m],
    ['is a folder', ['folder.yaml'], /^ERR_INPUT: folder\.yaml: this is a folder/],
    ['is a folder without an ending', ['folder'], /^ERR_INPUT: folder: this is a folder/],
    ['stands under a file', ['identity.yaml/a.yaml'], /^ERR_INPUT: identity\.yaml\/a\.yaml: there is no such file/],
    ['has another ending', ['identity.toml'], /^ERR_INPUT: identity\.toml: expected a file that ends in \.yaml, /],
    ['is empty', ['empty.json'], /^ERR_INPUT: empty\.json: it is empty/],
    ['is no JSON', ['broken.json'], /^ERR_INPUT: broken\.json:2:\d+: it is no JSON: /],
    ['has a key twice', ['twins.json'], /^ERR_INPUT: twins\.json:3:3: the key "version" stands here twice/],
    ['is UTF-16', ['utf16.yaml'], /^ERR_INPUT: utf16\.yaml: it is not UTF-8/],
    ['is data, and an environment is named', ['identity.yaml', '--env', 'prod'], /^ERR_INPUT: identity\.yaml: it is data and knows no environments/],
    ['is that of the facts', ['identity.yaml', '--facts', 'nope.json'], /^ERR_INPUT: nope\.json: there is no such file/],
  ])('because it %s', async (_what, args, message) => {
    const space = workspace({
      'identity.yaml': GOOD_YAML,
      'identity.toml': 'a',
      'folder/a.yaml': GOOD_YAML,
      'folder.yaml/a.yaml': GOOD_YAML,
      'empty.json': ' ',
      'broken.json': '{\n  "version": 1,,\n}',
      'twins.json': '{\n  "version": 1, "a": ["version", {"version": "}"}],\n  "version": 1\n}',
      'utf16.yaml': new Uint8Array([0xff, 0xfe, 0x61, 0x00]),
    });
    const { code, out, err } = await space.run(['synth', ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  test('is a folder for the output that cannot be written, too', async () => {
    const space = workspace({ 'identity.yaml': GOOD_YAML, 'dist': 'a file' });
    const { code, err } = await space.run(['synth', 'identity.yaml']);
    expect(code).toBe(2);
    expect(err).toMatch(/^ERR_INPUT: dist is no folder/);
  });
});

describe('--json', () => {
  const json = async (files: { readonly [path: string]: string }, ...args: string[]): Promise<Json & { readonly code: number; readonly err: string }> => {
    const { code, out, err } = await workspace(files).run([...args, '--json']);
    return { code, err, ...JSON.parse(out) as Json };
  };

  test('prints the verdicts in the words of the definition, and the files', async () => {
    expect(await json({ 'identity.yaml': GOOD_YAML }, 'synth', 'identity.yaml')).toMatchObject({
      code: 0,
      err: '',
      version: 1,
      ok: true,
      warnings: [],
      strangers: [],
      out: 'dist',
      verdicts: [{
        identity: 'checkout',
        binding: 'aws',
        cluster: 'prod-blue',
        provider: 'aws',
        subject: { namespace: 'shop', serviceAccount: 'checkout' },
        becomes: 'arn:aws:iam::111122223333:role/checkout',
        admitted: true,
        decided: true,
        alsoAdmits: [],
        claims: { subject: 'system:serviceaccount:shop:checkout', audience: 'sts.amazonaws.com' },
      }],
      tokens: [{ identity: 'checkout', token: 'payments', audience: 'https://payments.example.com', expirationSeconds: 900, refreshSeconds: 720 }],
      files: ['kubernetes/prod-blue/shop.yaml', 'cloud/aws/_anchors.prod-blue.json', 'cloud/aws/checkout.json', 'patches/prod-blue/shop.yaml'],
    });
  });

  test('prints findings with their codes and places', async () => {
    const result = await json({ 'identity.yaml': GOOD_YAML.replace('shop', 'Shop') }, 'synth', 'identity.yaml');
    expect(result).toMatchObject({ code: 1, err: '', ok: false, files: [], error: { code: 'ERR_INVALID_DEFINITION', issues: [{ code: 'name/dns-label', path: 'identities[0].namespace' }] } });
  });

  test('prints the facts that are missing', async () => {
    expect(await json({ 'identity.yaml': AZURE_YAML }, 'synth', 'identity.yaml')).toMatchObject({
      code: 1, ok: false, error: { code: 'ERR_MISSING_FACT', facts: [{ at: ['identities', 'checkout', 'azure', 'clientId'] }] },
    });
  });

  test('prints a proof that does not hold', async () => {
    const result = await json({ 'identity.yaml': `${GOOGLE_YAML}workloads:${DEPLOYMENT('shop', 'checkout', ON_A_BARE_NODE)}` }, 'synth', 'identity.yaml');
    expect(result).toMatchObject({ code: 1, err: '', ok: false, files: [], verdicts: [{ identity: 'checkout', admitted: false, workload: 'Deployment shop/web' }] });
    expect(result.error).toBeUndefined();
  });

  test('prints warnings where they belong', async () => {
    const result = await json({ 'identity.yaml': `${GOOD_YAML}    rbac: [{ verbs: ["*"], resources: [pods] }]\n` }, 'synth', 'identity.yaml');
    expect(result).toMatchObject({ code: 0, err: '', warnings: [{ code: 'rbac/wildcard', path: 'checkout.rbac[0].verbs' }] });
  });

  test.each([[['synth', 'nope.yaml'], 2], [['synth', '--bogus'], 2], [['bogus'], 2], [['synth'], 2]])('prints an error for %j', async (args, exit) => {
    expect(await json({}, ...args)).toMatchObject({ code: exit, err: '', ok: false, error: { code: 'ERR_INPUT' } });
  });
});
