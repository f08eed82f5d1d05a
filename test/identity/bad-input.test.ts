/** What users get wrong. Each row is one mistake, and says what the finding has to tell: where, what was given, what is allowed. */
import { ack, aks, blue, boundTo, checkout, checkoutWith, errorsOf, gke, green, k3s, SENTENCE } from '../support/definitions';
import { checkWorkloadIdentity, defineWorkloadIdentity, type ClusterInput, type WorkloadIdentityInput } from 'symbolon';

type Row = [mistake: string, input: WorkloadIdentityInput, code: string, path: string, given: string, allowed: string];

const token = (fields: object): WorkloadIdentityInput => checkoutWith({ tokens: { payments: { audience: 'https://payments.example.com', ...fields } } });
const onCluster = (cluster: object): WorkloadIdentityInput => checkoutWith({ clusters: [{ ...k3s, ...cluster }], trustedBy: {} });
const eksWith = (fields: object): WorkloadIdentityInput => checkoutWith({ clusters: [{ ...blue, ...fields }] });
const long = (length: number): string => 'x'.repeat(length);
/** A policy of this length as IAM counts it, in JSON and without blanks. */
const inline = (length: number): object => {
  const policy = (resource: string): object => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: resource }] });
  return { blanks_do_not_count: policy(`${long(length - JSON.stringify(policy('')).length)} `) };
};

const ROWS: readonly Row[] = [
  ['a token that lives five minutes', token({ expirationSeconds: 300 }), 'token/lifetime', 'tokens.payments.expirationSeconds', '300', 'from 600 to 4294967296'],
  ['a token that lives half a second too long', token({ expirationSeconds: 600.5 }), 'token/lifetime', 'tokens.payments.expirationSeconds', '600.5', 'a whole number'],
  ['a token that outlives what 32 bits count', token({ expirationSeconds: 4294967297 }), 'token/lifetime', 'tokens.payments.expirationSeconds', '4294967297', 'to 4294967296'],
  ['an Azure token shorter than the webhook takes', boundTo('azure', aks, { expirationSeconds: 1800 }), 'token/lifetime', 'trustedBy.azure.expirationSeconds', '1800', 'from 3600 to 86400'],
  ['an AWS token longer than EKS grants', boundTo('aws', blue, { expirationSeconds: 86401 }), 'token/lifetime', 'trustedBy.aws.expirationSeconds', '86401', 'from 600 to 86400'],

  ['an issuer without TLS', onCluster({ issuer: 'http://k3s.example.com' }), 'issuer/format', 'clusters[0].issuer', 'http://k3s.example.com', 'https URL'],
  ['an issuer with a query', onCluster({ issuer: 'https://k3s.example.com?tenant=1' }), 'issuer/format', 'clusters[0].issuer', '?tenant=1', 'without query'],
  ['an issuer with a fragment', onCluster({ issuer: 'https://k3s.example.com#main' }), 'issuer/format', 'clusters[0].issuer', '#main', 'fragment'],
  ['an issuer with a line break from a shell', onCluster({ issuer: 'https://k3s.example.com\n' }), 'issuer/format', 'clusters[0].issuer', '\\n', 'blanks'],
  ['an issuer whose host is in capitals', onCluster({ issuer: 'https://K3S.example.com' }), 'issuer/format', 'clusters[0].issuer', 'K3S', 'https URL'],
  ['an EKS issuer with a slash at its end', eksWith({ issuer: `${blue.issuer}/` }), 'issuer/trailing-slash', 'clusters[0].issuer', `${blue.issuer}/`, 'no slash at its end'],
  ['an AKS issuer without the slash at its end', boundTo('azure', { ...aks, issuer: aks.issuer?.slice(0, -1) } as ClusterInput), 'issuer/trailing-slash', 'clusters[0].issuer', aks.issuer?.slice(0, -1) ?? '', 'ends in a slash'],
  ['the issuer of a cluster in another region', eksWith({ eks: { ...blue.eks, region: 'eu-west-1' } }), 'issuer/region', 'clusters[0].issuer', 'us-west-2', 'eu-west-1'],
  ['issuers that differ in the slash at their ends', checkoutWith({ clusters: [{ name: 'a', issuer: 'https://k3.example.com' }, { name: 'b', issuer: 'https://k3.example.com/' }], trustedBy: {} }), 'identity/issuer-twice', 'clusters', 'https://k3.example.com', 'an issuer of its own'],
  ['one issuer for two clusters', checkoutWith({ clusters: [blue, { ...blue, name: 'copy' }] }), 'identity/issuer-twice', 'clusters', blue.issuer ?? '', 'an issuer of its own'],

  ['a namespace in capitals', checkoutWith({ namespace: 'Shop' }), 'name/dns-label', 'namespace', '"Shop"', '63'],
  ['a namespace of 64 characters', checkoutWith({ namespace: long(64) }), 'name/dns-label', 'namespace', long(64), '63'],
  ['a namespace with a dot', checkoutWith({ namespace: 'shop.eu' }), 'name/dns-label', 'namespace', '"shop.eu"', 'a-z, 0-9 and -'],
  ['a service account in capitals', checkoutWith({ serviceAccount: 'Checkout' }), 'name/dns-subdomain', 'serviceAccount', '"Checkout"', '253'],
  ['a service account of 254 characters', checkoutWith({ serviceAccount: long(254) }), 'name/dns-subdomain', 'serviceAccount', 'xxx', '253'],
  ['a wildcard for the service account', checkoutWith({ serviceAccount: '*' }), 'name/dns-subdomain', 'serviceAccount', '"*"', 'a-z, 0-9'],
  ['a wildcard for the namespace', checkoutWith({ namespace: '*' }), 'name/dns-label', 'namespace', '"*"', 'a-z, 0-9'],
  ['a wildcard in the Azure audience', boundTo('azure', k3s, { audience: 'api://*' }), 'azure/audience', 'trustedBy.azure.audience', 'api://*', 'without wildcards'],

  ['two audiences for a token', token({ audience: ['a', 'b'] }), 'structure/type', 'tokens.payments.audience', '["a","b"]', 'text'],
  ['two audiences for Azure', boundTo('azure', k3s, { audience: ['a', 'b'] }), 'structure/type', 'trustedBy.azure.audience', '["a","b"]', 'text'],
  ['no audience at all', token({ audience: '' }), 'token/audience', 'tokens.payments.audience', '""', 'one audience'],

  ['an Azure credential name of 121 characters', boundTo('azure', aks, { credentialName: long(121) }), 'azure/credential-name', 'trustedBy.azure.credentialName', 'xxx', '3 to 120'],
  ['an Azure credential name with a dot', boundTo('azure', aks, { credentialName: 'my.credential' }), 'azure/credential-name', 'trustedBy.azure.credentialName', '"my.credential"', 'A-Z, a-z, 0-9, - and _'],
  ['one credential name for two clusters', { ...boundTo('azure', aks, { credentialName: 'checkout' }), clusters: [aks, k3s] }, 'azure/credential-name', 'trustedBy.azure.credentialName', '"checkout"', 'a name of its own'],
  ['21 credentials on one managed identity', checkoutWith({ ...boundTo('azure', aks), namespace: undefined, runsAs: Array.from({ length: 21 }, (_, i) => ({ namespace: 'shop', serviceAccount: `s${i}` })) }), 'azure/credential-count', 'trustedBy.azure.identityName', '21', 'at most 20'],
  ['inline policies of 10241 characters', boundTo('aws', blue, { inlinePolicies: inline(10241) }), 'aws/inline-policy-size', 'trustedBy.aws.inlinePolicies', '10241', 'at most 10240'],
  ['a role name of 65 characters', boundTo('aws', blue, { roleName: long(65) }), 'aws/role-name', 'trustedBy.aws.roleName', 'xxx', '1 to 64'],
  ['a role name with a slash', boundTo('aws', blue, { roleName: 'shop/checkout' }), 'aws/role-name', 'trustedBy.aws.roleName', '"shop/checkout"', '+=,.@_-'],
  ['an account of four digits', boundTo('aws', blue, { accountId: '1234' }), 'aws/account', 'trustedBy.aws.accountId', '"1234"', '12 digits'],
  ['a GCP account id of five characters', boundTo('gcp', gke, { accountId: 'short' }), 'gcp/account-id', 'trustedBy.gcp.accountId', '"short"', '6 to 30'],
  ['a GCP account id that ends in a hyphen', boundTo('gcp', gke, { accountId: 'checkout-' }), 'gcp/account-id', 'trustedBy.gcp.accountId', '"checkout-"', 'no - at the end'],
  ['a GCP account id of 31 characters', boundTo('gcp', gke, { accountId: long(31) }), 'gcp/account-id', 'trustedBy.gcp.accountId', 'xxx', '6 to 30'],

  ['an annotation that is ours', checkoutWith({ annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/other' } }), 'identity/collision', 'annotations["eks.amazonaws.com/role-arn"]', 'eks.amazonaws.com/role-arn', 'no annotation that trustedBy.aws has'],
  ['a fact without a name', boundTo('aws', blue, { managedPolicies: [{ fact: '' }] }), 'structure/type', 'trustedBy.aws.managedPolicies[0]', '{"fact":""}', 'fact (text like'],
  ['a fact whose name is a path', boundTo('aws', blue, { managedPolicies: [{ fact: 'a.b' }] }), 'structure/type', 'trustedBy.aws.managedPolicies[0]', '{"fact":"a.b"}', 'fact (text like'],
  ['a key that nobody knows', checkoutWith({ trustedby: {} }), 'structure/unknown-key', 'trustedby', '"trustedby"', 'trustedBy'],
  ['a key that nobody knows, in a binding', boundTo('aws', blue, { accountID: '111122223333' }), 'structure/unknown-key', 'trustedBy.aws.accountID', '"accountID"', 'accountId'],
  ['a provider that nobody knows', checkoutWith({ trustedBy: { oracle: {} } }), 'binding/provider', 'trustedBy.oracle.provider', '"oracle"', 'aws, azure, gcp'],

  ['a truth value where YAML read `yes`', checkoutWith({ namespace: true }), 'structure/type', 'namespace', 'true', 'text'],
  ['a number where YAML read 0123', checkoutWith({ trustedBy: { aws: { accountId: 83 } } }), 'structure/type', 'trustedBy.aws.accountId', '83', 'text'],
  ['a line break in a name', checkoutWith({ namespace: 'shop\n' }), 'name/dns-label', 'namespace', '"shop\\n"', 'a-z'],
  ['letters of another script', checkoutWith({ namespace: 'магазин' }), 'name/dns-label', 'namespace', 'магазин', 'a-z'],
  ['a letter that looks the same in another script', checkoutWith({ serviceAccount: 'сheckout' }), 'name/dns-subdomain', 'serviceAccount', 'сheckout', 'a-z'],

  ['no cluster', checkoutWith({ clusters: [] }), 'identity/clusters', 'clusters', '[]', 'at least one cluster'],
  ['a binding for no cluster', boundTo('aws', blue, { clusters: [] }), 'identity/clusters', 'trustedBy.aws.clusters', '[]', 'at least one cluster'],
  ['a cluster that the identity does not run in', boundTo('aws', blue, { clusters: ['bleu'] }), 'identity/unknown-cluster', 'trustedBy.aws.clusters[0]', '"bleu"', 'blue'],
  ['an `on` for a cluster that the binding is not for', checkoutWith({ clusters: [blue, green], trustedBy: { aws: { clusters: ['blue'], on: { green: { roleName: 'x' } } } } }), 'binding/on', 'trustedBy.aws.on.green', '"green"', 'blue'],
  ['one service account twice', checkoutWith({ namespace: undefined, runsAs: [{ namespace: 'shop' }, { namespace: 'shop', serviceAccount: 'checkout' }] }), 'identity/runs-as', 'runsAs', '"shop/checkout"', 'once'],
  ['a rule limited to no name, which Kubernetes reads as all of them', checkoutWith({ rbac: [{ verbs: ['get'], resources: ['secrets'], resourceNames: [] }] }), 'rbac/empty', 'rbac[0].resourceNames', '[]', 'at least one'],
  ['a rule in no namespace', checkoutWith({ rbac: [{ verbs: ['get'], resources: ['pods'], namespaces: [] }] }), 'rbac/empty', 'rbac[0].namespaces', '[]', 'at least one'],
  ['a rule everywhere and somewhere', checkoutWith({ rbac: [{ verbs: ['get'], resources: ['pods'], clusterWide: true, namespaces: ['shop'] }] }), 'rbac/scope', 'rbac[0].namespaces', '["shop"]', 'no namespaces'],
  ['a token file outside its mount', token({ path: '../token' }), 'token/path', 'tokens.payments.path', '"../token"', 'without ..'],
  ['a mount over everything', token({ mountPath: '/' }), 'token/mount-path', 'tokens.payments.mountPath', '"/"', 'absolute path'],
  ['a relative mount', token({ mountPath: 'tokens' }), 'token/mount-path', 'tokens.payments.mountPath', '"tokens"', 'absolute path'],
  ['a variable that no shell takes', token({ env: 'PAYMENTS-TOKEN' }), 'token/env', 'tokens.payments.env', '"PAYMENTS-TOKEN"', 'environment variable'],
  ['a token for no container', token({ containers: [] }), 'token/containers', 'tokens.payments.containers', '[]', 'at least one'],
  ['two tokens in one place', checkoutWith({ tokens: { a: { audience: 'a', mountPath: '/t' }, b: { audience: 'b', mountPath: '/t/' } } }), 'identity/collision', 'tokens.b', '/t', 'tokens.a'],
  ['a token mounted inside another, which is read-only', checkoutWith({ tokens: { a: { audience: 'a', mountPath: '/t' }, b: { audience: 'b', mountPath: '/t/b' } } }), 'identity/collision', 'tokens.b', '/t/b', 'tokens.a'],
  ['a token in the place of the API token', checkoutWith({ apiToken: true, tokens: { a: { audience: 'a', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' } } }), 'token/well-known-path', 'tokens.a.mountPath', 'serviceaccount', 'neither in nor around'],
  ['two tokens in one place, by the link that images have', checkoutWith({ tokens: { a: { audience: 'a', mountPath: '/var/run/secrets/x' }, b: { audience: 'b', mountPath: '/run/secrets/x' } } }), 'identity/collision', 'tokens.b', '/run/secrets/x', 'tokens.a'],
  ['a label value with a space', checkoutWith({ labels: { team: 'the shop' } }), 'metadata/label-value', 'labels.team', '"the shop"', '63'],
  ['an annotation without quotes, which is a truth value', checkoutWith({ annotations: { 'example.com/inject': true } }), 'structure/type', 'annotations["example.com/inject"]', 'true', 'text'],
  ['a label without quotes, which is a number', checkoutWith({ labels: { tier: 1 } }), 'structure/type', 'labels.tier', '1', 'text'],
  ['an annotation key with two slashes', checkoutWith({ annotations: { 'a/b/c': 'x' } }), 'metadata/annotation-key', 'annotations["a/b/c"]', '"a/b/c"', 'prefix/name'],
  ['two platforms for one cluster', onCluster({ eks: blue.eks, gke: gke.gke }), 'cluster/platform', 'clusters[0].gke', 'eks and gke', 'at most one'],
  ['a cluster name that is no name', onCluster({ name: 'Prod Blue' }), 'cluster/name', 'clusters[0].name', '"Prod Blue"', '63'],
];

test.each(ROWS)('%s is refused, and the finding says where, what, and what instead', (_mistake, input, code, path, given, allowed) => {
  const found = errorsOf(input);
  const finding = found.find(issue => issue.code === code && issue.path === path);
  expect({ finding, found }).toMatchObject({ finding: { severity: 'error' } });
  const message = finding?.message ?? '';
  expect(message).toMatch(SENTENCE);
  expect(message.startsWith(`${path}: expected `)).toBe(true);
  const [, wanted = '', got = ''] = /: expected (.*?), got (.*)$/s.exec(message) ?? [];
  expect(wanted).toContain(allowed);
  expect(got).toContain(given.slice(0, 100));
  expect(() => defineWorkloadIdentity(input)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION' }));
});

test('a trust policy over the quota is refused with its size, and passes where the account has a larger quota', () => {
  const accounts = Array.from({ length: 40 }, (_, i) => ({ namespace: 'shop', serviceAccount: `service-account-number-${i}` }));
  const input = (trustPolicyQuota?: number): WorkloadIdentityInput =>
    checkoutWith({ namespace: undefined, runsAs: accounts, trustedBy: { aws: { trustPolicyQuota } } });
  expect(errorsOf(input())).toEqual([expect.objectContaining({ code: 'aws/trust-policy-size', path: 'trustedBy.aws.trustPolicyQuota', message: expect.stringMatching(/at most 2048 .*got "\d{4} characters/) as string })]);
  expect(errorsOf(input(8192))).toEqual([]);
  expect(errorsOf(input(10000))).toContainEqual(expect.objectContaining({ code: 'aws/trust-quota', path: 'trustedBy.aws.trustPolicyQuota' }));
});

test('ten mistakes are ten findings, thrown at once, in one message', () => {
  const input = checkoutWith({
    namespace: 'Shop',
    serviceAccount: 'Checkout',
    labels: { team: 'the shop' },
    rbac: [{ verbs: [], resources: ['pods'] }],
    tokens: { payments: { audience: '', expirationSeconds: 300, path: '/token' } },
    trustedBy: { aws: { accountId: '1234', roleName: long(65), unknown: true } },
  });
  const expected = [
    ['name/dns-label', 'namespace'], ['name/dns-subdomain', 'serviceAccount'], ['metadata/label-value', 'labels.team'], ['rbac/empty', 'rbac[0].verbs'],
    ['token/audience', 'tokens.payments.audience'], ['token/lifetime', 'tokens.payments.expirationSeconds'], ['token/path', 'tokens.payments.path'],
    ['aws/account', 'trustedBy.aws.accountId'], ['aws/role-name', 'trustedBy.aws.roleName'], ['structure/unknown-key', 'trustedBy.aws.unknown'],
  ];
  expect(errorsOf(input).map(issue => [issue.code, issue.path]).sort()).toEqual([...expected].sort());
  try {
    defineWorkloadIdentity(input);
    throw new Error('unreachable');
  } catch (error) {
    expect(error).toMatchObject({ code: 'ERR_INVALID_DEFINITION', what: 'workload identity "checkout"', issues: { length: 10 } });
    for (const issue of errorsOf(input)) expect((error as Error).message).toContain(issue.message);
  }
});

test.each<[string, WorkloadIdentityInput]>([
  ['a token at the lower bound', token({ expirationSeconds: 600 })],
  ['a token at the upper bound', token({ expirationSeconds: 4294967296 })],
  ['a namespace of 63 characters', checkoutWith({ namespace: long(63) })],
  ['a service account of 253 characters', checkoutWith({ serviceAccount: Array.from({ length: 127 }, () => 'x').join('.') })],
  ['a service account with dots', checkoutWith({ serviceAccount: 'checkout.v2' })],
  ['a namespace of digits', checkoutWith({ namespace: '0123' })],
  ['an issuer with a path and a slash at its end', onCluster({ issuer: 'https://k3s.example.com/clusters/one/' })],
  ['an issuer with a path in capitals', onCluster({ issuer: 'https://k3s.example.com/Clusters/ONE' })],
  ['inline policies of 10240 characters', boundTo('aws', blue, { inlinePolicies: inline(10240) })],
  ['a role name of 64 characters', boundTo('aws', blue, { roleName: long(64) })],
  ['a role name with all that IAM takes', boundTo('aws', blue, { roleName: 'a+=,.@_-Z9' })],
  ['20 credentials on one managed identity', checkoutWith({ ...boundTo('azure', aks), namespace: undefined, runsAs: Array.from({ length: 20 }, (_, i) => ({ namespace: 'shop', serviceAccount: `s${i}` })) })],
  ['a credential name of 120 characters', boundTo('azure', aks, { credentialName: long(120) })],
  ['a GCP account id of 6 characters', boundTo('gcp', gke, { accountId: 'check1' })],
  ['a GCP account id of 30 characters', boundTo('gcp', gke, { accountId: long(30) })],
  ['a domain-scoped GCP project', boundTo('gcp', gke, { projectId: 'example.com:shop-prod' })],
  ['an annotation of somebody else', checkoutWith({ annotations: { 'example.com/team': 'shop', 'azure.workload.identity/client-id': 'x' } })],
  ['annotations with line breaks, quotes and other scripts', checkoutWith({ annotations: { note: 'yes\n"0123" — магазин' } })],
  ['labels that are words of YAML', checkoutWith({ labels: { a: 'yes', b: 'null', c: '0123', d: '' } })],
  ['tokens for two containers in one place, under one variable', checkoutWith({ tokens: { a: { audience: 'a', mountPath: '/t', env: 'TOKEN', containers: ['app'] }, b: { audience: 'b', mountPath: '/t', env: 'TOKEN', containers: ['sidecar'] } } })],
  ['mounts that only begin alike', checkoutWith({ tokens: { a: { audience: 'a', mountPath: '/t' }, b: { audience: 'b', mountPath: '/tb' } } })],
  ['keys of objects that are no data but whose names are', checkoutWith({ labels: { toString: 'x' }, trustedBy: { valueOf: { provider: 'aws' } } })],
])('%s passes', (_what, input) => {
  expect(errorsOf(input)).toEqual([]);
});

test.each<[string, WorkloadIdentityInput, string, string]>([
  ['a lifetime by which the API server knows its own tokens', token({ expirationSeconds: 3607 }), 'token/lifetime-3607', 'tokens.payments.expirationSeconds'],
  ['a lifetime that the platform shortens', token({ expirationSeconds: 100000 }), 'token/platform-cap', 'tokens.payments.expirationSeconds'],
  ['an audience that is the API server\'s own', token({ audience: 'https://kubernetes.default.svc' }), 'token/api-audience', 'tokens.payments.audience'],
  ['the cluster\'s issuer for an audience', token({ audience: blue.issuer }), 'token/api-audience', 'tokens.payments.audience'],
  ['a token for an API that AWS would take', token({ audience: 'sts.amazonaws.com' }), 'token/cloud-audience', 'tokens.payments.audience'],
  ['an API of one\'s own by the audience of AWS', checkoutWith({ trustedBy: { aws: {}, api: { provider: 'jwt', audience: 'sts.amazonaws.com' } } }), 'token/cloud-audience', 'trustedBy.api.audience'],
  ['an audience that could be anybody', token({ audience: 'api' }), 'token/generic-audience', 'tokens.payments.audience'],
  ['the service account that pods have that name none', checkoutWith({ serviceAccount: 'default' }), 'identity/default-account', 'serviceAccount'],
  ['a wildcard in RBAC', checkoutWith({ rbac: [{ verbs: ['*'], resources: ['pods'] }] }), 'rbac/wildcard', 'rbac[0].verbs'],
  ['an EKS issuer of an unknown shape', eksWith({ issuer: 'https://oidc.example.com/blue' }), 'issuer/shape', 'clusters[0].issuer'],
])('%s is a warning: shown, and left to the user', (_what, input, code, path) => {
  expect(checkWorkloadIdentity(input)).toContainEqual(expect.objectContaining({ severity: 'warning', code, path, message: expect.stringMatching(SENTENCE) as string }));
  expect(checkWorkloadIdentity(defineWorkloadIdentity(input)).map(issue => issue.code)).toContain(code);
});

test('the identity that all of these start from is right', () => {
  expect(checkWorkloadIdentity(checkout)).toEqual([]);
});

test.each<[string, { readonly [field: string]: unknown }, string]>([
  ['a cluster', { clusters: [blue, blue] }, 'identity/clusters'],
  ['a service account', { namespace: undefined, runsAs: [{ namespace: 'shop' }, { namespace: 'shop' }] }, 'identity/runs-as'],
])('%s that is listed twice is one mistake, and contradicts nothing', (_what, fields, code) => {
  for (const injection of ['webhook', 'explicit']) {
    const found = checkWorkloadIdentity(checkoutWith({ trustedBy: { aws: { injection } }, tokens: { a: { audience: 'https://a.example.com' } }, rbac: [{ read: ['pods'] }], ...fields }));
    expect(found.map(each => each.code)).toEqual([code]);
  }
});

test.each<[string, { readonly [field: string]: unknown }, readonly string[]]>([
  ['rights and no token for them', { rbac: [{ read: ['pods'] }], apiToken: false }, ['warning identity/no-api-token apiToken']],
  ['rights and a token', { rbac: [{ read: ['pods'] }] }, []],
  ['rights of others alone', { rbac: [{ tokensRequestedBy: ['a/b'] }], apiToken: false }, []],
  ['to review tokens, as Vault does with the one that it is given', { rbac: [{ reviewTokens: true }], apiToken: false }, []],
  ['no rights and no token', { apiToken: false }, []],
])('%s', (_what, fields, expected) => {
  expect(checkWorkloadIdentity(checkoutWith(fields)).map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual(expected);
});

test.each([
  ['aws', 'annotations', 'eks.amazonaws.com/token-expiration', '300'],
  ['aws', 'annotations', 'eks.amazonaws.com/skip-containers', 'proxy'],
  ['azure', 'labels', 'azure.workload.identity/use', 'true'],
  ['alibaba', 'annotations', 'pod-identity.alibabacloud.com/service-account-token-expiration', '60'],
] as const)('beside a binding of %s, its own keys are for its fields to set: %s', (provider, field, key, value) => {
  const cluster = { aws: blue, azure: aks, alibaba: ack }[provider];
  const input = boundTo(provider, cluster);
  const before = checkWorkloadIdentity(input).map(({ code }) => code);
  const found = checkWorkloadIdentity({ ...input, [field]: { [key]: value } }).filter(({ code }) => !before.includes(code));
  expect(found).toEqual([expect.objectContaining({ code: 'identity/binding-key', severity: 'error', path: `${field}["${key}"]` })]);
  const apart = { ...boundTo(provider, cluster, { injection: 'none' }), [field]: { [key]: value } };
  expect(checkWorkloadIdentity(apart).map(issue => issue.code)).not.toContain('identity/binding-key');
});
