/** Whatever a file holds, reading it ends well, and nobody is let in by mistake. */
import fc from 'fast-check';
import { EVERYWHERE } from './definitions';
import { printTrust } from './printers';
import { gapsOf, printed, proofOf } from './support';
import { gather } from '../../src/evidence';
import { READERS } from '../../src/evidence/readers';
import { halvesOf } from '../../src/testing/halves';
import { AKS_ISSUER, CLIENT, EKS_ISSUER, ROLE, account, pod } from '../proof/support';


/** Keys by which some reader takes a document for its own. */
const SHAPES: readonly (readonly string[])[] = [
  ['Role'], ['Roles'], ['RoleDetailList'], ['Url', 'ClientIDList'], ['OpenIDConnectProviderList'], ['association'], ['associations'],
  ['id', 'clientId', 'location'], ['id', 'issuer', 'subject', 'audiences'], ['id', 'issuer', 'audiences', 'claimsMatchingExpression'], ['appId', 'id', 'signInAudience'], ['id', 'properties'],
  ['bindings', 'etag', 'version'], ['name', 'oidc', 'attributeMapping', 'state'], ['name', 'email'],
  ['Roles', 'RequestId'], ['OIDCProvider'], ['OIDCProviders'],
  ['request_id', 'data'], ['kubernetes/', 'token/'], ['cluster'], ['id', 'name', 'oidcIssuerProfile'], ['name', 'selfLink', 'workloadIdentityConfig'], ['cluster_id', 'name', 'rrsa_config'], ['issuer', 'jwks_uri'],
  ['documents'], ['apiVersion', 'kind', 'metadata', 'items'],
];

/** Texts that make readers take a value for what they know. */
const TEXTS = [
  ROLE, 'acs:ram::1234567890123456:role/checkout', 'acs:ram::1234567890123456:oidc-provider/blue', `arn:aws:iam::111122223333:oidc-provider/${EKS_ISSUER.slice(8)}`, 'arn:aws:eks:us-west-2:111122223333:cluster/blue',
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/checkout', '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/checkout/federatedIdentityCredentials/blue',
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/aks/identityBindings/b', 'projects/123456789012/locations/global/workloadIdentityPools/p/providers/blue', 'projects/demo/serviceAccounts/app@demo.iam.gserviceaccount.com',
  'app@demo.iam.gserviceaccount.com', CLIENT, 'roles/iam.workloadIdentityUser', 'Allow', 'sts:*', '*', '%7B%7D', '{"Statement":{"Effect":"Allow"}}', EKS_ISSUER, AKS_ISSUER, 'vault.example.com/auth/jwt/role/checkout', '__proto__', 'toString',
];
/** Keys of all depths that readers and the proof look for. */
const KEYS = [
  'Arn', 'RoleName', 'AssumeRolePolicyDocument', 'Statement', 'Effect', 'Action', 'Principal', 'Federated', 'Condition', 'StringEquals', 'AttachedManagedPolicies', 'RolePolicyList', 'PolicyArn', 'role', 'members', 'condition', 'Role',
  'OIDCProvider', 'IssuerUrl', 'ClientIds', 'associationArn', 'clusterName', 'namespace', 'serviceAccount', 'roleArn', 'managedIdentity', 'clientId', 'issuerUrl', 'issuer', 'oidc', 'identity', 'arn', 'name', 'type', 'accessor',
  'bound_service_account_names', 'bound_audiences', 'bound_claims', 'role_type', 'user_claim', 'kubernetes_host', 'jwks_url', 'issuerUri', 'kind', 'request', 'toString', 'constructor', 'google.subject', 'spec', 'template', 'containers',
];

const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string());
const { value: anything } = fc.letrec(tie => ({
  value: fc.oneof({ maxDepth: 5 }, text, fc.constant(null), fc.boolean(), fc.integer(), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), fc.string()), tie('value'), { maxKeys: 4 })),
}));
const documentArb = fc.oneof(
  fc.constantFrom(...SHAPES).chain(keys => fc.record(Object.fromEntries(keys.map(key => [key, anything])), { requiredKeys: [] })),
  anything,
);
const aboutArb = fc.record({ of: text, cluster: fc.constantFrom('blue', 'green') }, { requiredKeys: [] });

const MANIFESTS = [
  account({ 'eks.amazonaws.com/role-arn': ROLE, 'azure.workload.identity/client-id': CLIENT, 'iam.gke.io/gcp-service-account': 'app@demo.iam.gserviceaccount.com', 'pod-identity.alibabacloud.com/role-name': 'checkout' }),
  pod({}, {
    labels: { 'azure.workload.identity/use': 'true', 'pod-identity.alibabacloud.com/injection': 'on' },
    annotations: { 'vault.hashicorp.com/agent-inject': 'true', 'vault.hashicorp.com/role': 'checkout', 'vault.hashicorp.com/service': 'https://vault.example.com', 'vault.hashicorp.com/auth-path': 'auth/jwt' },
  }),
];

test('no document makes a reader throw, whatever the user says of it', () => {
  fc.assert(fc.property(documentArb, aboutArb, (value, about) => {
    const gathered = gather([printed(value, about)], [{ name: 'blue', issuer: EKS_ISSUER }]);
    for (const { message } of gapsOf(gathered)) expect(message).not.toMatch(/undefined|\[object/);
  }), { numRuns: 1000 });
});

test('nor the proof, and what says nothing of the pod does not let it in', () => {
  fc.assert(fc.property(fc.array(fc.tuple(documentArb, aboutArb), { maxLength: 4 }), extra => {
    const gathered = gather([...MANIFESTS.map(value => printed(value, { cluster: 'blue' })), ...extra.map(([value, about]) => printed(value, about))], [{ name: 'blue', issuer: EKS_ISSUER }]);
    const { verdicts } = proofOf(gathered);
    expect(verdicts.filter(({ admitted, workload }) => admitted && workload === 'Deployment shop/web').filter(({ reason }) => !/trust policy|TokenReview/.test(reason))).toEqual([]);
  }), { numRuns: 500 });
});

/** What tools do print, with one place of it something else. */
function broken(value: unknown, at: readonly number[], instead: unknown): unknown {
  const [first, ...rest] = at;
  if (first === undefined || typeof value !== 'object' || value === null || Object.keys(value).length === 0) return instead;
  const keys = Object.keys(value);
  const key = keys[first % keys.length] as string;
  const entries = Object.entries(value).map(([each, part]) => [each, each === key ? broken(part, rest, instead) : part]);
  return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries);
}

const PRINTED = printTrust(halvesOf(EVERYWHERE).trust);

test('what tools print, broken in one place, makes nobody throw', () => {
  fc.assert(fc.property(fc.nat(PRINTED.length - 1), fc.array(fc.nat(7), { minLength: 1, maxLength: 7 }), anything, (which, at, instead) => {
    const documents = PRINTED.map(({ value, ...about }, i) => printed(i === which ? broken(value, at, instead) : value, about));
    const gathered = gather([...MANIFESTS.map(value => printed(value, { cluster: 'blue' })), ...documents], [{ name: 'blue', issuer: EKS_ISSUER }]);
    expect(() => proofOf(gathered)).not.toThrow();
  }), { numRuns: 1000 });
});

test('every output that is read is named', () => {
  expect(new Set(READERS.flatMap(({ prints }) => prints)).size).toBe(READERS.flatMap(({ prints }) => prints).length);
  expect(READERS.every(({ prints }) => prints.length > 0)).toBe(true);
});
