/** The rules of pools, fleets and principals of Google Cloud, at their edges, and what is rendered of them. */
import { BINDINGS, blue, boundTo, checkoutWith, errorsOf, gke, green, k3s, SENTENCE } from '../support/definitions';
import { checkWorkloadIdentity, defineCluster, defineWorkloadIdentity, planWorkloadIdentities, type ClusterInput, type InvalidDefinitionError, type Issue } from 'symbolon';

const x = (length: number): string => 'x'.repeat(length);
const pooled = (gcpPool: object, cluster: ClusterInput = blue): ClusterInput => ({ ...cluster, gcpPool: { projectNumber: '123456789012', ...gcpPool } });

function faultsOf(cluster: object): readonly Issue[] {
  try {
    defineCluster(cluster as ClusterInput);
    return [];
  } catch (error) {
    return (error as InvalidDefinitionError).issues;
  }
}

const keys = (...members: readonly object[]): string => JSON.stringify({ keys: members.map(each => ({ kty: 'RSA', n: 'AQAB', e: 'AQAB', ...each })) });
const jwk = (members: object): string => keys(members);

const CONDITIONS = [
  'assertion.sub == "x"', 'assertion.aud in ["a", \'b\'] && (true || !false)', 'assertion[\'kubernetes.io\'][\'namespace\']', '"(" + \'"\' + "\\"]"', 'a <= 1 && b >= 2 && c != 3', '"""a "quoted" (text""" == x',
  'r"\\" == x', 'true // it is so (', '{"a": [1]}["a"][0] == 1', 'x == \'=\'',
];
const MALFORMED = ['foo(', 'foo)', 'assertion.sub = "x"', 'assertion.foo.bar(', '["a"', '(a]', '"open', '\'open', '"""open"', '"a\nb"', 'a === b'];

test.each<[field: string, right: readonly unknown[], wrong: readonly unknown[], code: string, path?: string]>([
  ['projectNumber', ['123456', '1'.repeat(20)], ['', 'shop-prod', '12345', '١٢٣٤٥٦'], 'gcp-pool/project-number'],
  ['poolId', ['abcd', x(32), '-a-1'], ['abc', x(33), 'gcp-shop', 'Shop', 'a_bc', 'a.bc'], 'gcp-pool/id'],
  ['providerId', ['abcd', x(32)], ['abc', x(33), 'gcp-shop'], 'gcp-pool/id'],
  ['subjectPrefix', ['a', x(32)], ['', x(33), 'a::b', 'a"b', 'A'], 'gcp-pool/prefix'],
  ['attributeCondition', ['true', x(4096)], ['', ' ', x(4097)], 'gcp-pool/condition'],
  ['attributes', [{}, { a_1: 'assertion.sub' }, { [x(100)]: x(2048) }], [], 'gcp-pool/attributes'],
  ['attributes', [], [{ A: 'assertion.sub' }], 'gcp-pool/attributes', 'attributes.A'],
  ['attributes', [], [{ a: '' }, { a: x(2049) }], 'gcp-pool/attributes', 'attributes.a'],
  ['attributes', [Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`a${i}`, 'x']))], [Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`a${i}`, 'x'])), { a: x(2047), b: x(2047), c: x(2047), d: x(2048) }], 'gcp-pool/attributes'],
  ['allowedAudiences', [['a'], Array.from({ length: 10 }, (_, i) => `a${i}`), [x(256)]], [[], Array.from({ length: 11 }, (_, i) => `a${i}`)], 'gcp-pool/audiences'],
  ['allowedAudiences', [], [[''], [x(257)], ['a b']], 'gcp-pool/audiences', 'allowedAudiences[0]'],
  ['allowedAudiences', [], [['a', 'a']], 'gcp-pool/audiences', 'allowedAudiences[1]'],
  ['jwksJson', [jwk({}), jwk({ kty: 'EC', alg: 'ES256', use: 'sig', kid: 'k', crv: 'P-256', x: 'a', y: 'a' }), keys({ kid: 'a' }, { kid: 'b' }, {})], ['', '{}', '[]', 'null', '{"keys":[]}', '{"keys":[1]}', '{"keys":{}}'], 'gcp-pool/jwks'],
  ['jwksJson', [], [jwk({ kty: 'oct' }), jwk({ kty: 'OKP' }), jwk({ x5c: [] }), jwk({ d: 'secret' })], 'gcp-pool/jwks', 'jwksJson.keys[0]'],
  ['jwksJson', [jwk({ alg: 'RS256' }), jwk({ kty: 'EC', crv: 'P-256', x: 'a', y: 'a' }), jwk({ use: 'sig' })], [jwk({ kty: 'EC', crv: 'P-384' }), jwk({ kty: 'EC', crv: 'P-521', alg: 'ES512' }), jwk({ kty: 'EC' }), jwk({ alg: 'RS384' })], 'gcp-pool/jwks', 'jwksJson.keys[0]'],
  ['jwksJson', [], [jwk({ use: 'enc' }), jwk({ use: 1 }), jwk({ n: '!!' }), jwk({ n: undefined }), jwk({ e: '' }), jwk({ n: 'a+b/' }), jwk({ kty: 'EC', crv: 'P-256', x: 'a' }), jwk({ kid: '' }), jwk({ kid: 1 })], 'gcp-pool/jwks', 'jwksJson.keys[0]'],
  ['jwksJson', [], [keys({ kid: 'a' }, { kid: 'a' })], 'gcp-pool/jwks', 'jwksJson.keys[1]'],
  ['attributeCondition', CONDITIONS, MALFORMED, 'gcp-pool/condition'],
  ['attributes', CONDITIONS.map(a => ({ a })), MALFORMED.map(a => ({ a })), 'gcp-pool/attributes', 'attributes.a'],
])('gcpPool.%s', (field, right, wrong, code, path = field) => {
  for (const value of right) expect(faultsOf(pooled({ [field]: value }))).toEqual([]);
  for (const value of wrong) expect(faultsOf(pooled({ [field]: value }))).toContainEqual(expect.objectContaining({ code, path: `gcpPool.${path}`, message: expect.stringMatching(SENTENCE) as string }));
});

test('a private key that was taken for a public one is not shown', () => {
  const [fault] = faultsOf(pooled({ jwksJson: jwk({ d: 'dDdDdD', p: 'pPpP' }) }));
  expect(fault?.message).toContain('no longer a secret');
  expect(JSON.stringify(fault)).not.toMatch(/dDdDdD|pPpP|AQAB/);
});

test.each<[string, readonly unknown[], readonly unknown[], string]>([
  ['hostProjectId', ['shop-fleet'], ['shop', '123456789012'], 'fleet/project'],
  ['hostProjectNumber', ['345678901234'], ['shop-fleet'], 'fleet/project-number'],
  ['membership', ['a', x(63)], ['', x(64), 'A', '-a', 'a/b'], 'fleet/membership'],
  ['location', ['global', 'europe-west4'], ['', 'Europe', 'a/b'], 'fleet/location'],
])('fleet.%s', (field, right, wrong, code) => {
  const fleet = { hostProjectId: 'shop-fleet', membership: 'one' };
  for (const value of right) expect(faultsOf({ ...k3s, fleet: { ...fleet, [field]: value } })).toEqual([]);
  for (const value of wrong) expect(faultsOf({ ...k3s, fleet: { ...fleet, [field]: value } })).toContainEqual(expect.objectContaining({ code, path: `fleet.${field}`, message: expect.stringMatching(SENTENCE) as string }));
});

test.each<[string, readonly string[], readonly string[], string]>([
  ['location', ['europe-west4', 'us-central1-a', 'northamerica-northeast1', 'us-south1-ai1b'], ['', 'EU', 'europe', 'Europe-West4', 'europe-west', 'us-central1/a'], 'gke/location'],
  ['clusterName', ['a', 'a1', x(40)], ['', 'Gke', '1x', 'a-', x(41), 'a_b'], 'gke/cluster-name'],
])('gke.%s', (field, right, wrong, code) => {
  for (const value of right) expect(faultsOf({ ...gke, gke: { ...gke.gke, [field]: value } })).toEqual([]);
  for (const value of wrong) expect(faultsOf({ ...gke, gke: { ...gke.gke, [field]: value } })).toContainEqual(expect.objectContaining({ code, path: `gke.${field}`, message: expect.stringMatching(SENTENCE) as string }));
});

test.each<[string, readonly string[], readonly string[]]>([
  ['project', ['other-proj', 'example.com:shop-prod', '123456789012'], ['projects/other-proj', 'Other', '']],
  ['bucket', ['my-bucket', 'abc', x(63), 'data.shop.example.com', 'a_b'], ['gs://my-bucket', 'My_Bucket', 'ab', '192.168.5.4', x(64), 'a/b', 'google-logs', '-abc', `${x(64)}.example.com`]],
  ['secret', ['key', 'API_key-1', x(255), 'projects/other-proj/secrets/key'], ['s/versions/1', 'projects/p/secrets/s/versions/1', 'a b', x(256), '', 'projects/p/topics/t']],
  ['topic', ['events', 'a.b~c+d%e_f-g', x(255), 'projects/other-proj/topics/events'], ['a/b', '1top', 'to', 'googx', x(256), 'projects/p/topics/to', 'projects/p/secrets/events']],
])('what a %s of a grant is called, said and by fact', (kind, right, wrong) => {
  const grants = (resource: unknown) => boundTo('gcp', gke, { grants: [{ role: 'roles/viewer', [kind]: resource }] });
  const byFact = (fact: string) => () => planWorkloadIdentities(defineWorkloadIdentity(grants({ fact: 'name' })), { identities: { checkout: { gcp: { name: fact } } } });
  for (const value of right) {
    expect(errorsOf(grants(value))).toEqual([]);
    expect(byFact(value)).not.toThrow();
  }
  for (const value of wrong) {
    const finding = expect.objectContaining({ code: 'gcp/resource-name', path: `trustedBy.gcp.grants[0].${kind}`, message: expect.stringMatching(SENTENCE) as string }) as object;
    expect(errorsOf(grants(value))).toEqual([finding]);
    if (value !== '') expect(byFact(value)).toThrow(expect.objectContaining({ issues: [finding] }));
  }
});

test('a service account of a domain\'s project has the domain behind the project, wherever it is named', () => {
  const email = 'checkout@shop-prod.example.com.iam.gserviceaccount.com';
  const project = { projectId: 'example.com:shop-prod' };
  const [onGke, outside] = [gke, pooled({})].map(cluster => planWorkloadIdentities(defineWorkloadIdentity(boundTo('gcp', cluster, project))));
  expect(onGke?.clusters[0]?.objects[0]?.metadata.annotations).toEqual({ 'iam.gke.io/gcp-service-account': email });
  expect(onGke?.trust.find(({ kind }) => kind === 'iam.ServiceAccountMember')?.request).toMatchObject({ resource: `projects/example.com:shop-prod/serviceAccounts/${email}` });
  expect(JSON.stringify(outside?.clusters[0]?.objects)).toContain(`serviceAccounts/${email}:generateAccessToken`);
  for (const plan of [onGke, outside]) expect(plan?.edges.map(({ handle }) => handle)).toEqual([email]);
});

test('a number that is none is one finding, wherever it comes from', () => {
  const number = { projectNumber: 'shop-prod' };
  expect(errorsOf(boundTo('gcp', pooled(number)))).toMatchObject([{ code: 'gcp-pool/project-number', path: 'clusters[0].gcpPool.projectNumber' }]);
});

test.each<[string, ClusterInput, object, readonly string[]]>([
  ['what a service account has, for a principal', gke, { mechanism: 'principal', accountId: 'checkout', displayName: 'Checkout', existing: true }, ['accountId', 'displayName', 'existing']],
  ['the same in a pool', pooled({}), { impersonate: false, accountId: 'checkout' }, ['accountId']],
  ['the name of an account that is there', gke, { existing: true, displayName: 'Checkout' }, ['displayName']],
  ['a lifetime for the metadata server', gke, { expirationSeconds: 7200 }, ['expirationSeconds']],
  ['a lifetime for a token of one\'s own', gke, { expirationSeconds: 7200, injection: 'explicit' }, []],
  ['a lifetime for a webhook', pooled({}), { expirationSeconds: 7200, injection: 'webhook' }, []],
  ['an account with all that it has', gke, { accountId: 'checkout', displayName: 'Checkout', existing: false }, []],
])('%s', (_what, cluster, fields, idle) => {
  const { accountId: _accountId, ...binding } = BINDINGS.gcp;
  const warnings = checkWorkloadIdentity(checkoutWith({ clusters: [cluster], trustedBy: { gcp: { ...binding, ...fields } } })).filter(({ code }) => code === 'gcp/no-use');
  expect(warnings.map(({ severity, path }) => `${severity} ${path}`)).toEqual(idle.map(field => `warning trustedBy.gcp.${field}`));
  for (const { message } of warnings) expect(message).toMatch(SENTENCE);
});

test('a field that one cluster has a use for is none without; the set of pods that is granted is said where it is defined', () => {
  const on = (gcp: object) => checkWorkloadIdentity(checkoutWith({ clusters: [gke, pooled({})], trustedBy: { gcp: { ...BINDINGS.gcp, ...gcp } } })).map(({ severity, code, path }) => `${severity} ${code} ${path}`);
  expect(on({ expirationSeconds: 7200 })).toEqual([]);
  expect(on({ on: { gke: { expirationSeconds: 7200 } } })).toEqual(['warning gcp/no-use trustedBy.gcp.on.gke.expirationSeconds']);
  expect(checkWorkloadIdentity(checkoutWith({ clusters: [gke], trustedBy: { gcp: { mechanism: 'principal', unsafeMembers: { everyPodOf: 'namespace', reason: 'a shared cache' } } } })))
    .toEqual([expect.objectContaining({ severity: 'warning', code: 'gcp/unsafe', path: 'trustedBy.gcp.unsafeMembers', message: expect.stringContaining('a shared cache') as string })]);
});

test('a cluster of GKE has no pool of its own', () => {
  expect(faultsOf({ ...gke, gcpPool: {} })).toMatchObject([{ code: 'gke/pool', path: 'gcpPool' }]);
});

/** Every row has an account's id, for which some have no use: that is asked elsewhere. */
const found = (cluster: ClusterInput, fields: { readonly [field: string]: unknown }) => checkWorkloadIdentity(boundTo('gcp', cluster, fields)).filter(({ code }) => code !== 'gcp/no-use').map(({ code, path, message }) => {
  expect(message).toMatch(SENTENCE);
  return `${code} ${path}`;
});

test.each<[string, ClusterInput, { readonly [field: string]: unknown }, readonly string[]]>([
  ['a pool on GKE', gke, { mechanism: 'workload-identity-pool' }, ['gcp/mechanism trustedBy.gcp.mechanism']],
  ['the principal of GKE elsewhere', blue, { mechanism: 'principal' }, ['gcp/mechanism trustedBy.gcp.mechanism']],
  ['a fleet that nobody says', gke, { mechanism: 'fleet', injection: 'explicit' }, ['gcp/mechanism trustedBy.gcp.mechanism']],
  ['a fleet by webhook', { ...gke, fleet: { hostProjectId: 'shop-fleet', membership: 'gke' } }, { mechanism: 'fleet' }, ['gcp/injection trustedBy.gcp.injection']],
  ['a service account that is none', gke, { impersonate: false }, ['gcp/impersonate trustedBy.gcp.impersonate']],
  ['a principal that is a service account', gke, { mechanism: 'principal', impersonate: true }, ['gcp/impersonate trustedBy.gcp.impersonate']],
  ['containers that the metadata server is to skip', gke, { skipContainers: ['sidecar'] }, ['gcp/skip-containers trustedBy.gcp.skipContainers']],
  ['containers that are skipped explicitly', gke, { skipContainers: ['sidecar'], injection: 'explicit' }, []],
  ['a webhook without a service account', blue, { impersonate: false, injection: 'webhook' }, ['gcp/webhook-account trustedBy.gcp.impersonate']],
  ['ten minutes by a webhook that makes an hour of them', blue, { injection: 'webhook', expirationSeconds: 600 }, ['token/lifetime trustedBy.gcp.expirationSeconds']],
  ['ten minutes explicitly', blue, { expirationSeconds: 600 }, []],
  ['an audience that the provider does not take', pooled({ allowedAudiences: ['a'] }), { audience: 'b' }, ['gcp/audience trustedBy.gcp.audience']],
  ['an audience that it takes', pooled({ allowedAudiences: ['a', 'b'] }), { audience: 'b' }, []],
  ['an audience for a pool of Google\'s', gke, { audience: 'b', injection: 'explicit' }, ['gcp/audience trustedBy.gcp.audience']],
  ['a set of pods for a service account', gke, { unsafeMembers: { everyPodOf: 'namespace', reason: 'r' } }, ['gcp/unsafe-members trustedBy.gcp.unsafeMembers']],
  ['a set of pods for no reason', gke, { mechanism: 'principal', unsafeMembers: { everyPodOf: 'namespace', reason: ' ' } }, ['gcp/unsafe-members trustedBy.gcp.unsafeMembers.reason']],
  ['no project for a service account', blue, { projectId: undefined }, ['gcp/project trustedBy.gcp.projectId']],
  ['no project for a grant in it', blue, { projectId: undefined, impersonate: false, grants: [{ role: 'roles/viewer' }] }, ['gcp/project trustedBy.gcp.projectId']],
  ['no project where none is needed', blue, { projectId: undefined, impersonate: false, grants: [{ role: 'roles/viewer', bucket: 'orders' }, { role: 'roles/viewer', secret: 'projects/p/secrets/s' }] }, []],
  ['a name of an account that is not made', pooled({}), { impersonate: false, accountId: 'x' }, []],
])('%s', (_what, cluster, fields, expected) => {
  expect(found(cluster, fields)).toEqual(expected);
});

test.each<[readonly string[], readonly string[]]>([[['RS256'], []], [['ES256', 'RS256'], []], [['ES384'], ['gcp/signing-algorithm clusters.blue.signingAlgorithms']], [['RS256', 'ES512'], ['gcp/signing-algorithm clusters.blue.signingAlgorithms']]])(
  'a pool for a cluster that signs by %j', (signingAlgorithms, findings) => {
    expect(found(pooled({}, { ...blue, signingAlgorithms } as ClusterInput), {})).toEqual(findings);
  },
);

test.each([[undefined, 104], ['blue', 98]])('with the prefix %s, namespace and service account have %i characters together', (subjectPrefix, room) => {
  const named = (serviceAccount: string) => errorsOf(checkoutWith({ serviceAccount, clusters: [pooled(subjectPrefix === undefined ? {} : { subjectPrefix })], trustedBy: { gcp: { projectId: 'shop-prod', accountId: 'checkout' } } }));
  expect(named(x(room - 4))).toEqual([]);
  expect(named(x(room - 3))).toMatchObject([{ code: 'gcp/subject', path: 'trustedBy.gcp.mechanism', message: expect.stringMatching(new RegExp(`of 128 bytes".*can have ${room} characters together`)) }]);
});

test('clusters that share a pool are one principal where their subjects have no prefix, which is said', () => {
  const on = (clusters: readonly ClusterInput[]) => checkWorkloadIdentity(checkoutWith({ clusters, trustedBy: { gcp: { projectId: 'shop-prod' } } })).map(({ code, severity }) => `${code} ${severity}`);
  expect(on([pooled({ poolId: 'shop' }), pooled({ poolId: 'shop', existing: 'pool' }, green)])).toEqual(['gcp/same-subject warning']);
  expect(on([pooled({ poolId: 'shop', subjectPrefix: 'blue' }), pooled({ poolId: 'shop', existing: 'pool', subjectPrefix: 'green' }, green)])).toEqual([]);
  expect(on([pooled({}), pooled({}, green)])).toEqual([]);
  expect(on([pooled({ poolId: 'shop' }), pooled({ poolId: 'shop', projectNumber: '210987654321', subjectPrefix: 'green' }, green)])).toEqual(['gcp/pool-project error']);
});

test('a project that a fact names by its id is refused', () => {
  const plan = () => planWorkloadIdentities(defineWorkloadIdentity(boundTo('gcp', blue)), { clusters: { blue: { projectNumber: 'shop-prod' } } });
  expect(plan).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ code: 'gcp-pool/project-number', path: 'clusters.blue.projectNumber' })] }));
});

const anchorsOf = (cluster: ClusterInput) => planWorkloadIdentities(defineWorkloadIdentity(boundTo('gcp', cluster))).trust.filter(document => document.cluster !== undefined);

test('ids follow from the cluster\'s name where Google takes it, and from a hash of it where not; no two names give one', () => {
  const idOf = (name: string): string => (anchorsOf(pooled({}, { ...k3s, name }))[0]?.request as { workloadIdentityPoolId: string }).workloadIdentityPoolId;
  const [long, longer] = [x(40), x(41)];
  for (const name of ['k3s', 'gcp-one', long, longer]) expect(idOf(name)).toMatch(/^(?!gcp-)k8s-[a-z0-9-]{1,19}-[0-9a-f]{8}$/);
  expect(idOf('blue')).toBe('blue');
  expect(idOf(x(32))).toBe(x(32));
  expect(idOf(long)).not.toBe(idOf(longer));
});

test('a provider says what it takes and what it makes of it, and nothing that was not said', () => {
  expect(anchorsOf(pooled({})).map(({ kind, name, request }) => ({ kind, name, request }))).toEqual([
    { kind: 'iam.WorkloadIdentityPool', name: 'projects/123456789012/locations/global/workloadIdentityPools/blue', request: { workloadIdentityPoolId: 'blue', workloadIdentityPool: {} } },
    {
      kind: 'iam.WorkloadIdentityPoolProvider',
      name: 'projects/123456789012/locations/global/workloadIdentityPools/blue/providers/blue',
      request: { workloadIdentityPoolProviderId: 'blue', workloadIdentityPoolProvider: { attributeMapping: { 'google.subject': 'assertion.sub' }, oidc: { issuerUri: blue.issuer, allowedAudiences: [] } } },
    },
  ]);
  const said = { poolId: 'shop', providerId: 'one-of-many', existing: 'pool', subjectPrefix: 'blue', attributes: { ns: 'assertion.x' }, attributeCondition: 'true', allowedAudiences: ['a', 'b'], jwksJson: jwk({}) };
  expect(anchorsOf(pooled(said)).map(({ name, request }) => ({ name, request }))).toEqual([{
    name: 'projects/123456789012/locations/global/workloadIdentityPools/shop/providers/one-of-many',
    request: {
      workloadIdentityPoolProviderId: 'one-of-many',
      workloadIdentityPoolProvider: {
        attributeMapping: { 'google.subject': '"blue::" + assertion.sub', 'attribute.ns': 'assertion.x' }, attributeCondition: 'true', oidc: { issuerUri: blue.issuer, allowedAudiences: ['a', 'b'], jwksJson: jwk({}) },
      },
    },
  }]);
  expect(anchorsOf(pooled({ existing: 'provider' }))).toEqual([]);
});

test('explicitly, the token is for the provider by its address, the configuration for it by its name, and a project is named where nobody has', () => {
  const { clusters: [planned], edges: [edge] } = planWorkloadIdentities(defineWorkloadIdentity(boundTo('gcp', pooled({}), { skipContainers: ['sidecar'] })));
  const name = '//iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/blue/providers/blue';
  expect(edge?.claims.audience).toBe(`https:${name}`);
  const [config] = Object.values(planned?.objects.find(({ kind }) => kind === 'ConfigMap')?.data as { [file: string]: string });
  expect(JSON.parse(config as string)).toMatchObject({ type: 'external_account', audience: name, service_account_impersonation_url: expect.stringContaining('checkout@shop-prod.iam') });
  expect(planned?.injections[0]?.env).toEqual([
    { name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/var/run/secrets/gcp-ksa/google-application-credentials.json', windowsValue: 'C:\\var\\run\\secrets\\gcp-ksa\\google-application-credentials.json', skipContainers: ['sidecar'] },
    { name: 'GOOGLE_CLOUD_PROJECT', value: 'shop-prod', yieldsTo: expect.arrayContaining(['GOOGLE_CLOUD_PROJECT']), skipContainers: ['sidecar'] },
  ]);
  expect(planned?.injections[0]?.mounts).toMatchObject([{ skipContainers: ['sidecar'] }]);
});

test('for the webhook everything stands in annotations, so that none of its defaults count', () => {
  const { clusters: [planned] } = planWorkloadIdentities(defineWorkloadIdentity(boundTo('gcp', pooled({}), { injection: 'webhook', skipContainers: ['a', 'b'] })));
  const name = 'projects/123456789012/locations/global/workloadIdentityPools/blue/providers/blue';
  expect(planned?.objects).toEqual([expect.objectContaining({
    metadata: {
      name: 'checkout',
      namespace: 'shop',
      annotations: {
        'cloud.google.com/workload-identity-provider': name, 'cloud.google.com/service-account-email': 'checkout@shop-prod.iam.gserviceaccount.com', 'cloud.google.com/audience': `https://iam.googleapis.com/${name}`, 'cloud.google.com/token-expiration': '3600', 'cloud.google.com/injection-mode': 'direct',
      },
    },
  })]);
  expect(planned?.injections[0]).toMatchObject({ annotations: { 'cloud.google.com/skip-containers': 'a,b' }, volumes: [], mounts: [], env: [] });
});

test('where the pod carries nothing for it, the principal is the handle: for grants of one\'s own', () => {
  const numbered = { ...gke, gke: { projectId: 'shop-prod', projectNumber: '123456789012' }, issuer: 'https://container.googleapis.com/v1/projects/shop-prod/locations/x/clusters/y' };
  const plan = planWorkloadIdentities(defineWorkloadIdentity(boundTo('gcp', numbered, { mechanism: 'principal' })));
  expect(plan.edges.map(({ handle }) => handle)).toEqual(['principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/shop-prod.svc.id.goog/subject/ns/shop/sa/checkout']);
  expect([plan.trust, plan.clusters[0]?.objects[0]?.metadata.annotations]).toEqual([[], undefined]);
});

test('clusters in which a principal is one share its grants', () => {
  const on = (clusters: readonly ClusterInput[]) => planWorkloadIdentities(defineWorkloadIdentity(checkoutWith({ clusters, trustedBy: { gcp: { mechanism: 'principal', grants: [{ role: 'roles/viewer', bucket: 'orders' }] } } }))).trust;
  const one = { name: 'one', gke: { projectId: 'shop-prod', projectNumber: '123456789012', location: 'us-east1', clusterName: 'one' } };
  expect(on([one, { ...one, name: 'two', gke: { ...one.gke, clusterName: 'two' } }])).toEqual(on([one]));
});

test('a pool that two clusters share is made by one of them', () => {
  const on = (shared: object) => () => planWorkloadIdentities(defineWorkloadIdentity(checkoutWith({ clusters: [pooled({ poolId: 'shop', subjectPrefix: 'blue' }), pooled({ poolId: 'shop', subjectPrefix: 'green', ...shared }, green)], trustedBy: { gcp: { projectId: 'shop-prod' } } })));
  expect(on({})).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ code: 'identity/owned-twice', message: expect.stringContaining('workloadIdentityPools/shop') })] }));
  expect(on({ existing: 'pool' })().trust.filter(({ kind }) => kind.startsWith('iam.WorkloadIdentityPool')).map(({ cluster, kind }) => `${cluster} ${kind}`)).toEqual(['blue iam.WorkloadIdentityPool', 'blue iam.WorkloadIdentityPoolProvider', 'green iam.WorkloadIdentityPoolProvider']);
});

test.each(['roles/iam.serviceAccountTokenCreator', 'roles/iam.workloadIdentityUser'])('%s on a project is a warning, since pods become every service account of it; elsewhere it is a role', role => {
  const warnings = (grant: object): readonly string[] => checkWorkloadIdentity(boundTo('gcp', gke, { grants: [{ role: 'roles/viewer' }, { role, ...grant }] })).map(({ code, severity, path }) => `${severity} ${code} ${path}`);
  for (const grant of [{}, { project: 'shop-data' }]) expect(warnings(grant)).toEqual(['warning gcp/grant-acts-as trustedBy.gcp.grants[1].role']);
  expect(warnings({ bucket: 'images' })).toEqual([]);
});
