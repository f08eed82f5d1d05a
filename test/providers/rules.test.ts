/** The rules of each cloud, at their edges: what is just right passes, and what is just wrong is a finding in the field's own words. */
import { ack, aks, blue, boundTo, checkoutWith, errorsOf, gke, k3s, SENTENCE } from '../support/definitions';
import { checkWorkloadIdentity, defineWorkloadIdentity, planWorkloadIdentities, type ClusterInput, type WorkloadIdentityInput } from 'symbolon';

const x = (length: number): string => 'x'.repeat(length);
const READ = { Statement: [{ Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: '*' }] };
const policies = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `arn:aws:iam::aws:policy/p${i}`);
const GUID = '00000000-0000-4000-8000-000000000004';
const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7';
const numbered = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, '']));
const HOME = { aws: blue, azure: aks, gcp: gke };

type Rows = readonly [field: string, right: readonly unknown[], wrong: readonly unknown[], code: string, path?: string][];

const RULES: { readonly [provider in keyof typeof HOME]: Rows } = {
  aws: [
    ['accountId', ['000000000000'], ['', '11112222333', '1111222233334', '1111-2222-3333', '١١١١٢٢٢٢٣٣٣٣'], 'aws/account'],
    ['partition', ['aws'], ['', 'AWS', 'aws-mars', 'aws-eusc'], 'aws/partition'],
    ['region', ['us-east-1', 'ap-southeast-7'], ['', 'us-east', 'us east 1', 'us-east-1a', '*'], 'aws/region'],
    ['roleName', ['a', x(64), 'a+=,.@_-B'], ['', x(65), 'a b', 'a/b', 'a*', 'å'], 'aws/role-name'],
    ['rolePath', ['/', '/a/', '/a/b/', `/${x(510)}/`], ['', 'a', '/a', 'a/', `/${x(511)}/`, '/a b/', '/ä/', '/aws-service-role/', '/aws-service-role/x/'], 'aws/role-path'],
    ['tags', [{ 'größe 1': 'a_.:/=+-@b' }], [{ 'a,b': 'x' }], 'aws/tags', 'tags["a,b"]'],
    ['tags', [], [{ team: '<shop>' }], 'aws/tags', 'tags.team'],
    ['tags', [], [{ key: '1', Key: '2' }], 'aws/tags', 'tags.Key'],
    ['audience', ['sts.amazonaws.com', 'sts.amazonaws.com.cn', x(255)], ['', x(256), '*', 'sts.*', 'a b'], 'aws/audience'],
    ['expirationSeconds', [600, 86400], [599, 86401, 3600.5], 'token/lifetime'],
    ['maxSessionDuration', [3600, 43200], [3599, 43201, 3600.5], 'aws/session-duration'],
    ['description', ['', x(1000), 'tab\tline\n', 'ÿ'], [x(1001), '—', 'магазин', '\u0000'], 'aws/description'],
    ['trustPolicyQuota', [2048, 8192], [2047, 8193, 4096.5], 'aws/trust-quota'],
    ['permissionsBoundary', ['arn:aws:iam::111122223333:policy/a', 'arn:aws:iam::aws:policy/x', { fact: 'boundary' }], ['a', 'arn:aws:iam::111122223333:role/a', 'arn:aws:iam::1:policy/a'], 'aws/policy-arn'],
    ['managedPolicies', [[], ['arn:aws:iam::aws:policy/a', 'arn:aws:iam::111122223333:policy/a'], [{ fact: 'a' }, { fact: 'b' }]], [['AmazonS3ReadOnlyAccess'], ['arn:aws:s3:::bucket']], 'aws/policy-arn', 'managedPolicies[0]'],
    ['managedPolicies', [], [['arn:aws:iam::aws:policy/a', 'arn:aws:iam::aws:policy/a'], [{ fact: 'a' }, { fact: 'a' }]], 'aws/policy-twice'],
    ['inlinePolicies', [{ [x(128)]: READ }], [{ [x(129)]: READ }], 'aws/policy-name', `inlinePolicies.${x(129)}`],
    ['inlinePolicies', [{ p: { Statement: [{ Effect: 'Allow', NotAction: ['iam:*'], NotResource: 'arn:aws:s3:::a' }] } }], [{ p: { Statement: [] } }], 'aws/policy-statement', 'inlinePolicies.p.Statement'],
    ['inlinePolicies', [], [{ p: { Statement: [{ Effect: 'Allow', Resource: '*' }] } }, { p: { Statement: [{ Effect: 'Allow', Action: [], Resource: '*' }] } }, { p: { Statement: [{ Effect: 'Deny', Action: '', Resource: '*' }] } }], 'aws/policy-statement', 'inlinePolicies.p.Statement[0].Action'],
    ['inlinePolicies', [], [{ p: { Statement: [...READ.Statement, { Effect: 'Allow', Action: 's3:*' }] } }], 'aws/policy-statement', 'inlinePolicies.p.Statement[1].Resource'],
    ['inlinePolicies', [], [{ p: { Statement: [{ ...READ.Statement[0], NotAction: 's3:*' }] } }], 'aws/policy-statement', 'inlinePolicies.p.Statement[0].NotAction'],
    ['managedPolicies', [policies(10), policies(25)], [policies(26)], 'aws/policy-count'],
    ['managedPolicyQuota', [10, 25], [9, 26, 10.5], 'aws/policy-quota'],
    ['tags', [{ [x(128)]: x(256) }, {}], [{ [x(129)]: '' }], 'aws/tags', `tags.${x(129)}`],
    ['tags', [], [{ 'aws:team': 'x' }], 'aws/tags', 'tags["aws:team"]'],
    ['tags', [Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, '']))], [Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, '']))], 'aws/tags'],
  ],
  azure: [
    ['tenantId', [GUID], ['', 'example.com', GUID.slice(1), 'A0000000-0000-4000-8000-000000000004'], 'azure/guid'],
    ['subscriptionId', [GUID], ['shop'], 'azure/guid'],
    ['clientId', [GUID], ['checkout'], 'azure/guid'],
    ['resourceGroup', ['a', x(90), 'My-Group_(1).x', 'größe', 'グループ'], ['', x(91), 'a.', 'a/b', 'a b', 'a€'], 'azure/resource-group'],
    ['location', ['westeurope'], [''], 'azure/location'],
    ['identityName', ['abc', x(128), 'A-b_9'], ['ab', x(129), '-abc', 'a.b.c'], 'azure/identity-name'],
    ['credentialName', ['abc', x(120)], ['ab', x(121), '_abc', 'a.bc'], 'azure/credential-name'],
    ['expirationSeconds', [3600, 86400], [3599, 86401], 'token/lifetime'],
    ['roleAssignments', [[{ role: 'Reader', scope: `/subscriptions/${GUID}` }], [{ role: GUID, scope: { fact: 'vault' } }]], [[{ role: 'reader', scope: `/subscriptions/${GUID}` }]], 'azure/role', 'roleAssignments[0].role'],
    ['roleAssignments', [[{ role: 'Reader', scope: `/subscriptions/${GUID}/resourceGroups/x` }, { role: 'Contributor', scope: `/subscriptions/${GUID}/resourceGroups/x` }], [{ role: 'Reader', scope: `/subscriptions/${GUID}/resourcegroups/x/providers/Microsoft.Storage/storageAccounts/a/blobServices/default/containers/b` }], [{ role: 'Reader', scope: `/subscriptions/${GUID}/providers/Microsoft.X/ys/z` }]], [[{ role: 'Reader', scope: `/subscriptions/${GUID}/resourceGroups/x` }, { role: READER, scope: `/subscriptions/${GUID}/resourceGroups/X` }], [{ role: 'Reader', scope: `/subscriptions/${GUID}` }, { role: READER, scope: `/subscriptions/${GUID}` }]], 'azure/role-twice', 'roleAssignments[1]'],
    ['roleAssignments', [], [[{ role: 'Reader', scope: `/subscriptions/${GUID}/resourceGroups/x/providers/Microsoft.Storage` }], [{ role: 'Reader', scope: `/subscriptions/${GUID}/resourceGroups/x/*` }], [{ role: 'Reader', scope: `/subscriptions/${GUID}/resourceGroups` }], [{ role: 'Reader', scope: `/subscriptions/${GUID}/resourceGroups/x/providers/Microsoft.Storage/storageAccounts` }]], 'azure/scope', 'roleAssignments[0].scope'],
    ['tags', [{}, { [x(512)]: x(256) }, numbered(50), { 'team name': 'größe', 'a.b:c': '<>%&\\?/' }], [numbered(51)], 'azure/tags'],
    ['tags', [], [{ [x(513)]: '' }], 'azure/tags', `tags.${x(513)}`],
    ['tags', [], [{ a: x(257) }], 'azure/tags', 'tags.a'],
    ...['<', '>', '%', '&', '\\', '?', '/'].map((odd): Rows[number] => ['tags', [], [{ [`a${odd}b`]: '' }], 'azure/tags', `tags[${JSON.stringify(`a${odd}b`)}]`]),
    ['tags', [], [{ Team: 'a', team: 'b' }], 'azure/tags', 'tags.team'],
    ['roleAssignments', [], [[{ role: 'Reader', scope: 'shop' }], [{ role: 'Reader', scope: `/subscriptions/${GUID}/` }], [{ role: 'Reader', scope: '/subscriptions/shop' }]], 'azure/scope', 'roleAssignments[0].scope'],
  ],
  gcp: [
    ['projectId', ['shop-1', x(30), 'example.com:shop-1'], ['shop', x(31), 'shop-', '1shop-prod', 'Shop-prod', '123456789012'], 'gcp/project'],
    ['accountId', ['abcdef', x(30)], ['abcde', x(31), 'abcde-', '1abcde', 'Abcdef', 'abc_def'], 'gcp/account-id'],
    ['displayName', ['', x(100)], [x(101)], 'gcp/display-name'],
    ['expirationSeconds', [600, 86400], [599, 86401], 'token/lifetime'],
    ['grants', [[{ role: 'roles/viewer' }], [{ role: 'projects/p/roles/mine', bucket: 'abc' }], [{ role: 'organizations/1/roles/mine', topic: { fact: 't' } }]], [[{ role: 'viewer' }], [{ role: 'roles/' }], [{ role: 'roles/a b' }]], 'gcp/role', 'grants[0].role'],
    ['grants', [], [[{ role: 'roles/viewer', bucket: 'abc', topic: 'abc' }]], 'gcp/grant-resource', 'grants[0]'],
  ],
};

describe.each(Object.keys(HOME) as (keyof typeof HOME)[])('%s', provider => {
  test.each(RULES[provider])('%s', (field, right, wrong, code, path = field) => {
    for (const value of right) expect(errorsOf(boundTo(provider, HOME[provider], { [field]: value, ...(field === 'clientId' && { injection: 'explicit' }) }))).toEqual([]);
    for (const value of wrong) {
      const found = errorsOf(boundTo(provider, HOME[provider], { [field]: value }));
      expect(found).toContainEqual(expect.objectContaining({ code, path: `trustedBy.${provider}.${path}`, message: expect.stringMatching(SENTENCE) as string }));
    }
  });
});

test('one role is in one account: clusters of two accounts have to say which', () => {
  const away = { ...blue, name: 'away', issuer: `${blue.issuer}`.replace(/E$/, 'X'), eks: { ...blue.eks, accountId: '444455556666' } };
  const two = (aws: object) => errorsOf(checkoutWith({ clusters: [blue, away], trustedBy: { aws } })).map(({ code, path }) => `${code} ${path}`);
  expect(two({})).toEqual(['aws/account trustedBy.aws.accountId']);
  expect(two({ accountId: '111122223333' })).toEqual([]);
  expect(two({ on: { away: { accountId: '444455556666' } } })).toEqual([]);
});

test('the tokens of Azure\'s webhook have one audience, whatever a binding says; tokens of one\'s own have any', () => {
  expect(errorsOf(boundTo('azure', aks, { audience: 'api://other' })).map(({ code, path }) => `${code} ${path}`)).toEqual(['azure/webhook-audience trustedBy.azure.audience']);
  expect(errorsOf(boundTo('azure', aks, { audience: 'api://other', injection: 'explicit' }))).toEqual([]);
});

test('Google\'s mechanism for GKE is refused elsewhere, with the way out', () => {
  expect(errorsOf(boundTo('gcp', k3s, { mechanism: 'service-account' }))).toEqual([expect.objectContaining({ code: 'gcp/mechanism', path: 'trustedBy.gcp.mechanism', message: expect.stringContaining('gke block') as string })]);
});

test('a managed identity that exists needs no location, since nothing is made there', () => {
  expect(errorsOf(boundTo('azure', aks, { location: undefined, existing: true }))).toEqual([]);
});

test('a Google service account that exists may have a name of another time', () => {
  expect(errorsOf(boundTo('gcp', gke, { accountId: '123456789012-compute', existing: true }))).toEqual([]);
});

test('more managed policies than the usual quota are a warning, unless the role is made elsewhere', () => {
  const found = (count: number, more: object = {}) => checkWorkloadIdentity(boundTo('aws', blue, { managedPolicies: policies(count), ...more })).map(({ code, severity, path }) => `${severity} ${code} ${path}`);
  expect(found(10)).toEqual([]);
  expect(found(11)).toEqual(['warning aws/policy-count trustedBy.aws.managedPolicies']);
  expect(found(26)).toEqual(['error aws/policy-count trustedBy.aws.managedPolicies']);
  for (const quota of [10, 20, 25]) {
    expect(found(quota, { managedPolicyQuota: quota })).toEqual([]);
    expect(found(quota + 1, { managedPolicyQuota: quota })).toEqual(['error aws/policy-count trustedBy.aws.managedPolicies']);
  }
  expect(found(11, { existing: true })).not.toContain('warning aws/policy-count trustedBy.aws.managedPolicies');
});

test.each<['aws' | 'alibaba', ClusterInput, { readonly [field: string]: unknown }]>([
  ['aws', blue, { managedPolicies: policies(1), inlinePolicies: { p: READ }, permissionsBoundary: 'arn:aws:iam::aws:policy/x', tags: { a: 'b' }, maxSessionDuration: 7200, description: 'x', conditions: { Bool: { 'aws:SecureTransport': 'true' } }, unsafeSubjects: { like: ['system:serviceaccount:shop:*'], reason: 'r' } }],
  ['alibaba', ack, { policies: [{ name: 'AliyunOSSReadOnlyAccess' }], customPolicies: { p: READ }, maxSessionDuration: 7200, description: 'x' }],
])('%s: what is said of a role that is made elsewhere is a warning, and nothing else is', (provider, cluster, fields) => {
  const found = (input: WorkloadIdentityInput): readonly string[] => checkWorkloadIdentity(input).filter(({ code }) => !code.endsWith('/no-region')).map(({ severity, code, path }) => `${severity} ${code} ${path}`);
  for (const [field, value] of Object.entries(fields)) {
    expect(found(boundTo(provider, cluster, { [field]: value, existing: true }))).toEqual([`warning ${provider}/existing trustedBy.${provider}.${field}`]);
    // One cluster whose role is made here is enough.
    const both = { ...boundTo(provider, cluster, { [field]: value, on: { other: { existing: true, roleName: 'other' } } }), clusters: [cluster, { ...k3s, name: 'other' }] };
    expect(found(both).filter(code => code.includes('/existing'))).toEqual([]);
  }
});

test('every policy without a statement is named, however many there are', () => {
  const found = errorsOf(boundTo('aws', blue, { inlinePolicies: { a: { Statement: [] }, b: READ, c: { Statement: [{ Effect: 'Allow' }] } } })).map(({ code, path }) => `${code} ${path}`);
  expect(found).toEqual(['inlinePolicies.a.Statement', 'inlinePolicies.c.Statement[0].Action', 'inlinePolicies.c.Statement[0].Resource'].map(path => `aws/policy-statement trustedBy.aws.${path}`));
});

test.each<['azure' | 'alibaba', ClusterInput, string, string, 'webhook' | 'explicit', string]>([
  ['azure', aks, 'layout', 'webhook-1.6', 'explicit', 'azure/layout'],
  ['alibaba', ack, 'optIn', 'namespace-label', 'webhook', 'alibaba/opt-in'],
])('%s: what is for one way of injection alone is a warning where no cluster has that way', (provider, cluster, field, value, way, code) => {
  const other = { ...k3s, name: 'other' };
  const warned = (input: WorkloadIdentityInput): readonly string[] => checkWorkloadIdentity(input).filter(issue => issue.code === code).map(({ severity, path }) => `${severity} ${path}`);
  const without = way === 'webhook' ? 'explicit' : 'webhook';
  expect(warned(boundTo(provider, cluster, { [field]: value, injection: without }))).toEqual([`warning trustedBy.${provider}.${field}`]);
  expect(warned(boundTo(provider, cluster, { [field]: value, injection: 'none' }))).toEqual([`warning trustedBy.${provider}.${field}`]);
  expect(warned(boundTo(provider, cluster, { [field]: value, injection: way }))).toEqual([]);
  expect(warned(boundTo(provider, cluster, { injection: without }))).toEqual([]);
  // One cluster that has it is enough.
  const both = boundTo(provider, cluster, { [field]: value, injection: without, on: { [way === 'webhook' ? cluster.name : 'other']: { injection: way } } });
  expect(warned({ ...both, clusters: [cluster, other] })).toEqual([]);
});

test('Entra takes issuers of 600 characters; AKS vouches for its own, whatever their length', () => {
  const at = (length: number): string => `https://oidc.example.com/${x(length - 'https://oidc.example.com/'.length)}`;
  const codes = (issuer: string): readonly string[] => errorsOf(boundTo('azure', { ...k3s, issuer })).map(({ code, path }) => `${code} ${path}`);
  expect(codes(at(600))).toEqual([]);
  expect(codes(at(601))).toEqual(['azure/issuer clusters.k3s.issuer']);
});

test('a client id where the id of the principal belongs is refused, as soon as a role is assigned to it', () => {
  const roleAssignments = [{ role: 'Reader', scope: `/subscriptions/${GUID}` }];
  const codes = (fields: { readonly [field: string]: unknown }): readonly string[] => errorsOf(boundTo('azure', aks, { clientId: GUID, ...fields })).map(({ code, path }) => `${code} ${path}`);
  expect(codes({ principalId: GUID, roleAssignments })).toEqual(['azure/principal-id trustedBy.azure.principalId']);
  expect(codes({ principalId: GUID.replace(/.$/, '9'), roleAssignments })).toEqual([]);
});

test('what nobody said of a token\'s lifetime is what the platform grants, and no finding', () => {
  const lifetimes = (cluster: ClusterInput): unknown => planWorkloadIdentities(defineWorkloadIdentity(boundTo('aws', cluster, { region: 'us-west-2' }))).clusters[0]?.injections[0]?.volumes
    .flatMap(({ projected }) => projected.sources.flatMap(source => ('serviceAccountToken' in source ? [source.serviceAccountToken.expirationSeconds] : [])));
  expect(checkWorkloadIdentity(boundTo('aws', ack, { region: 'us-west-2' }))).toEqual([]);
  expect([lifetimes(ack), lifetimes(k3s)]).toEqual([[43200], [86400]]);
  expect(checkWorkloadIdentity(boundTo('aws', ack, { region: 'us-west-2', expirationSeconds: 86400 }))).toMatchObject([{ code: 'token/platform-cap', severity: 'warning' }]);
});

test('the audience of a host of China\'s is a warning: STS has one audience everywhere', () => {
  const warnings = (fields: { readonly audience: string }): readonly string[] => checkWorkloadIdentity(boundTo('aws', blue, fields)).map(({ code, severity, path }) => `${severity} ${code} ${path}`);
  expect(warnings({ audience: 'sts.amazonaws.com.cn' })).toEqual(['warning aws/audience-partition trustedBy.aws.audience']);
  expect(warnings({ audience: 'pods.eks.amazonaws.com' })).toEqual(['warning aws/irsa-audience trustedBy.aws.audience']);
  expect(warnings({ audience: 'sts.shop.example.com' })).toEqual([]);
});
