/**
 * The vendors' rules, one row each: what somebody could write, and the finding that it is. Hard limits are errors; what a vendor
 * only advises, or what an account can have raised, is a warning. Their pages stand at the rules.
 */
import { aks, BINDINGS, blue, checkoutWith, gke, k3s, SENTENCE } from '../support/definitions';
import { checkWorkloadIdentity, type ClusterInput, type WorkloadIdentityInput } from 'symbolon';

const x = (length: number): string => 'x'.repeat(length);
const GUID = '00000000-0000-4000-8000-000000000009';
const ACK: ClusterInput = { name: 'ack', issuer: `https://oidc-ack-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/c${'0a'.repeat(16)}`, ack: { accountId: '1234567890123456', region: 'cn-hangzhou', clusterId: `c${'0a'.repeat(16)}` } };
const outside: ClusterInput = { ...k3s, gcpPool: { projectNumber: '123456789012' }, vault: { host: 'https://api.example.com', keys: 'discovery' } };
const cluster = (fields: object): ClusterInput => ({ ...outside, ...fields });
const pool = (fields: object): ClusterInput => cluster({ gcpPool: { projectNumber: '123456789012', ...fields } });
const issuer = (length: number): ClusterInput => cluster({ issuer: `https://a.example.com/${x(length - 22)}` });
const many = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, 'v']));

type Provider = keyof typeof BINDINGS;
const REGIONS: { readonly [provider in Provider]?: object } = { aws: { region: 'us-west-2' }, alibaba: { region: 'cn-hangzhou' } };
const bound = (provider: Provider, fields: object = {}, on: ClusterInput | readonly ClusterInput[] = outside, more: object = {}): WorkloadIdentityInput =>
  checkoutWith({ clusters: [on].flat(), trustedBy: { [provider]: { ...BINDINGS[provider], ...REGIONS[provider], ...fields } }, ...more });
const tokens = (token: object, on: ClusterInput = outside): WorkloadIdentityInput => checkoutWith({ clusters: [on], trustedBy: {}, tokens: { a: { audience: 'https://a.example.com', ...token } } });
/** More clusters than an account has issuers for, each with a role of its own. */
const crowd = (count: number): readonly ClusterInput[] => Array.from({ length: count }, (_, i) => ({ name: `c${i}`, issuer: `https://oidc${i}.example.com` }));
const azurePods = { mechanism: 'managed-identity', clientId: GUID };

const AWS: readonly (readonly [string, WorkloadIdentityInput, string])[] = [
  ['an issuer without https', bound('aws', {}, cluster({ issuer: 'http://a.example.com' })), 'error issuer/format'],
  ['an issuer with a query', bound('aws', {}, cluster({ issuer: 'https://a.example.com?x=1' })), 'error issuer/format'],
  ['an issuer with a port', bound('aws', {}, cluster({ issuer: 'https://a.example.com:8443' })), 'error aws/issuer'],
  ['an issuer of 256 characters', bound('aws', {}, issuer(256)), 'error aws/issuer'],
  ['an issuer that nobody reaches', bound('aws', {}, cluster({ issuer: 'https://kubernetes.default.svc' })), 'error issuer/unreachable'],
  ['an audience of 256 characters', bound('aws', { audience: x(256) }), 'error aws/audience'],
  ['the audience of China\'s host', bound('aws', { audience: 'sts.amazonaws.com.cn' }), 'warning aws/audience-partition'],
  ['the audience of Pod Identity with roles for service accounts', bound('aws', { audience: 'pods.eks.amazonaws.com' }), 'warning aws/irsa-audience'],
  ['a partition that there is not', bound('aws', { partition: 'aws-xx' }), 'error aws/partition'],
  ['a region that is none', bound('aws', { region: 'us west' }), 'error aws/region'],
  ['a region of another partition', bound('aws', { partition: 'aws-cn', region: 'us-east-1' }), 'error aws/partition'],
  ['a region in China without its partition', bound('aws', { region: 'cn-north-1' }), 'error aws/partition'],
  ['a role of another partition than the cluster that says the region', bound('aws', { partition: 'aws-cn', region: undefined }, blue), 'error aws/partition'],
  ['a cluster of EKS in another partition than its region', bound('aws', {}, { ...blue, eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod', partition: 'aws-cn' } }), 'error eks/partition'],
  ['a role\'s name of 65 characters', bound('aws', { roleName: x(65) }), 'error aws/role-name'],
  ['a role\'s name with a blank', bound('aws', { roleName: 'a b' }), 'error aws/role-name'],
  ['a role\'s path without slashes', bound('aws', { rolePath: 'x' }), 'error aws/role-path'],
  ['a description of 1001 characters', bound('aws', { description: x(1001) }), 'error aws/description'],
  ['51 tags', bound('aws', { tags: many(51) }), 'error aws/tags'],
  ['a session under an hour', bound('aws', { maxSessionDuration: 3599 }), 'error aws/session-duration'],
  ['a session over twelve hours', bound('aws', { maxSessionDuration: 43201 }), 'error aws/session-duration'],
  ['a token for less than ten minutes', bound('aws', { expirationSeconds: 599 }), 'error token/lifetime'],
  ['a token for more than a day', bound('aws', { expirationSeconds: 86401 }), 'error token/lifetime'],
  ['containers to skip by semicolons', bound('aws', { skipContainers: ['a;b'] }, blue), 'error aws/skip-containers'],
  ['no region', bound('aws', { region: undefined }), 'warning aws/no-region'],
  ['every service account of every namespace', bound('aws', { unsafeSubjects: { like: ['system:serviceaccount:*:*'], reason: 'r' } }), 'error aws/unsafe-subjects'],
  ['a wildcard in a subject', bound('aws', {}, outside, { serviceAccount: '*' }), 'error name/dns-subdomain'],
  ['more than a role\'s trust can hold', bound('aws', {}, crowd(12)), 'error aws/trust-policy-size'],
  ['more clusters than an account has issuers for', bound('aws', { clustersPerRole: 2 }, crowd(101)), 'warning aws/provider-count'],
  ['Pod Identity outside EKS', bound('aws', { mechanism: 'pod-identity' }), 'error aws/pod-identity-platform'],
  ['a session policy with tags', bound('aws', { mechanism: 'pod-identity', sessionPolicy: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] } }, blue), 'error aws/session-policy'],
  ['a trust for Pod Identity without tags', bound('aws', { mechanism: 'pod-identity', disableSessionTags: true }, blue), 'error aws/session-tags'],
  ['a session policy that nothing applies', bound('aws', { sessionPolicy: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] } }, blue), 'error aws/pod-identity-field'],
  ['every role for a target', bound('aws', { mechanism: 'pod-identity', targetRole: 'arn:aws:iam::444455556666:role/*' }, blue), 'error aws/target-role'],
  ['a role of another account for Pod Identity', bound('aws', { mechanism: 'pod-identity', accountId: '444455556666' }, blue), 'error aws/pod-identity-account'],
];

const AZURE: readonly (readonly [string, WorkloadIdentityInput, string])[] = [
  ['a token for less than an hour', bound('azure', { expirationSeconds: 3599 }), 'error token/lifetime'],
  ['a token for more than a day', bound('azure', { expirationSeconds: 86401 }), 'error token/lifetime'],
  ['an audience of 601 characters', bound('azure', { audience: x(601) }), 'error azure/audience'],
  ['an issuer of 601 characters', bound('azure', {}, issuer(601)), 'error azure/issuer'],
  ['an issuer with a blank before it', bound('azure', {}, cluster({ issuer: ' https://a.example.com' })), 'error issuer/format'],
  ['a credential\'s name of two characters', bound('azure', { credentialName: 'ab' }), 'error azure/credential-name'],
  ['one issuer and one subject twice', bound('azure', {}, [outside, { ...outside, name: 'k4' }]), 'error identity/issuer-twice'],
  ['21 credentials on an identity', bound('azure', {}, crowd(21)), 'error azure/credential-count'],
  ['keys that Entra does not verify', bound('azure', {}, cluster({ signingAlgorithms: ['ES256'] })), 'error azure/signing-algorithm'],
  ['an issuer of AKS without its slash', bound('azure', {}, { ...aks, issuer: String(aks.issuer).replace(/\/$/, '') }), 'error issuer/trailing-slash'],
  ['a region without credentials', bound('azure', { location: 'malaysiasouth' }), 'warning azure/region'],
  ['kube-system, which AKS keeps webhooks out of', bound('azure', {}, aks, { namespace: 'kube-system' }), 'warning azure/kube-system'],
  ['a client id for a principal', bound('azure', { ...azurePods, principalId: GUID, roleAssignments: [{ role: 'Reader', scope: `/subscriptions/${GUID}` }] }), 'error azure/principal-id'],
  ['an object id for an application\'s resource id', bound('azure', { mechanism: 'application', applicationId: GUID, resourceGroup: undefined, location: undefined }), 'error azure/application-id'],
  ['the client id in an application\'s resource id', bound('azure', { mechanism: 'application', applicationId: `/applications/${GUID}`, clientId: GUID, resourceGroup: undefined, location: undefined }), 'error azure/application-id'],
  ['no cloud for an issuer of another', bound('azure', { injection: 'explicit' }, { ...outside, issuer: `https://usgovvirginia.oic.prod-aks.azure.us/${GUID}/${GUID}/` }), 'error azure/cloud'],
  ['51 tags', bound('azure', { tags: many(51) }), 'error azure/tags'],
  ['a tag of Azure\'s own', bound('azure', { tags: { azure: 'x' } }), 'warning azure/tag-reserved'],
  ['tags for an identity that is there', bound('azure', { existing: true, tags: { team: 'x' } }), 'warning azure/no-use'],
  ['one role by name and by GUID', bound('azure', { principalId: GUID.replace(/.$/, '8'), roleAssignments: ['Reader', 'acdd72a7-3385-48ef-bd42-f606fba81ae7'].map(role => ({ role, scope: `/subscriptions/${GUID}` })) }), 'error azure/role-twice'],
  ['every resource of a group', bound('azure', { roleAssignments: [{ role: 'Reader', scope: `/subscriptions/${GUID}/resourceGroups/x/*` }] }), 'error azure/scope'],
  ['a role that nobody knows', bound('azure', { roleAssignments: [{ role: 'Blob Reader', scope: `/subscriptions/${GUID}` }] }), 'error azure/role'],
  ['a preview', bound('azure', { mechanism: 'identity-binding' }, { ...aks, aks: { ...aks.aks, tenantId: aks.aks?.tenantId ?? '', resourceGroup: 'clusters', clusterName: 'aks' } }), 'warning azure/preview'],
];

const GOOGLE: readonly (readonly [string, WorkloadIdentityInput, string])[] = [
  ['an account\'s id of five characters', bound('gcp', { accountId: 'abcde' }), 'error gcp/account-id'],
  ['an account\'s id of 31 characters', bound('gcp', { accountId: x(31) }), 'error gcp/account-id'],
  ['a number for a project\'s id', bound('gcp', { projectId: '123456789012' }), 'error gcp/project'],
  ['an id for a project\'s number', bound('gcp', {}, pool({ projectNumber: 'shop-prod' })), 'error gcp-pool/project-number'],
  ['a pool\'s id of Google\'s', bound('gcp', {}, pool({ poolId: 'gcp-x' })), 'error gcp-pool/id'],
  ['a pool\'s id of three characters', bound('gcp', {}, pool({ poolId: 'abc' })), 'error gcp-pool/id'],
  ['a provider\'s id with capitals', bound('gcp', {}, pool({ providerId: 'Blue' })), 'error gcp-pool/id'],
  ['11 audiences', bound('gcp', {}, pool({ allowedAudiences: Array.from({ length: 11 }, (_, i) => `a${i}`) })), 'error gcp-pool/audiences'],
  ['an audience of 257 characters', bound('gcp', {}, pool({ allowedAudiences: [x(257)] })), 'error gcp-pool/audiences'],
  ['a key that is no public one', bound('gcp', {}, pool({ jwksJson: '{"keys":[{"kty":"oct"}]}' })), 'error gcp-pool/jwks'],
  ['a key on a curve that Google does not verify', bound('gcp', {}, pool({ jwksJson: '{"keys":[{"kty":"EC","crv":"P-384","x":"a","y":"a"}]}' })), 'error gcp-pool/jwks'],
  ['keys that Google does not verify', bound('gcp', {}, cluster({ signingAlgorithms: ['ES384'] })), 'error gcp/signing-algorithm'],
  ['two keys of one name', bound('gcp', {}, pool({ jwksJson: JSON.stringify({ keys: ['AQAB', 'AQAC'].map(n => ({ kty: 'RSA', n, e: 'AQAB', kid: 'a' })) }) })), 'error gcp-pool/jwks'],
  ['a condition that is no expression', bound('gcp', {}, pool({ attributeCondition: 'assertion.sub = "x"' })), 'error gcp-pool/condition'],
  ['a condition of 4097 characters', bound('gcp', {}, pool({ attributeCondition: x(4097) })), 'error gcp-pool/condition'],
  ['51 attributes', bound('gcp', {}, pool({ attributes: many(51) })), 'error gcp-pool/attributes'],
  ['an attribute in capitals', bound('gcp', {}, pool({ attributes: { A: 'assertion.sub' } })), 'error gcp-pool/attributes'],
  ['a mapping of 2049 characters', bound('gcp', {}, pool({ attributes: { a: x(2049) } })), 'error gcp-pool/attributes'],
  ['a subject of 128 bytes', bound('gcp', {}, outside, { namespace: x(52), serviceAccount: x(53) }), 'error gcp/subject'],
  ['two clusters in one pool', bound('gcp', {}, [pool({ poolId: 'shop' }), { ...pool({ poolId: 'shop', existing: 'pool' }), name: 'k4', issuer: 'https://k4.example.com' }]), 'warning gcp/same-subject'],
  ['under an hour for a webhook that makes an hour of it', bound('gcp', { injection: 'webhook', expirationSeconds: 600 }), 'error token/lifetime'],
  ['a webhook for a fleet', bound('gcp', { mechanism: 'fleet', injection: 'webhook' }, cluster({ fleet: { hostProjectId: 'shop-fleet', membership: 'one' } })), 'error gcp/injection'],
  ['a role without roles/', bound('gcp', { grants: [{ role: 'storage.objectViewer', bucket: 'orders' }] }), 'error gcp/role'],
  ['a role by which pods become every account of a project', bound('gcp', { grants: [{ role: 'roles/iam.serviceAccountTokenCreator' }] }), 'warning gcp/grant-acts-as'],
  ['a bucket by its URL', bound('gcp', { grants: [{ role: 'roles/storage.objectViewer', bucket: 'gs://orders' }] }), 'error gcp/resource-name'],
  ['one version of a secret', bound('gcp', { grants: [{ role: 'roles/secretmanager.secretAccessor', secret: 'key/versions/1' }] }), 'error gcp/resource-name'],
  ['a continent for a location', bound('gcp', {}, { name: 'gke', gke: { projectId: 'shop-prod', location: 'europe', clusterName: 'gke' } }), 'error gke/location'],
  ['a cluster\'s name of 41 characters', bound('gcp', {}, { name: 'gke', gke: { projectId: 'shop-prod', location: 'europe-west4', clusterName: x(41) } }), 'error gke/cluster-name'],
  ['every pod of a namespace', bound('gcp', { mechanism: 'principal', unsafeMembers: { everyPodOf: 'namespace', reason: 'r' } }, gke), 'warning gcp/unsafe'],
  ['a lifetime that the metadata server knows nothing of', bound('gcp', { expirationSeconds: 7200 }, gke), 'warning gcp/no-use'],
  ['a pool of one\'s own for GKE', bound('gcp', {}, { ...gke, gcpPool: {} }), 'error gke/pool'],
];

const ALIBABA: readonly (readonly [string, WorkloadIdentityInput, string])[] = [
  ['a token for less than ten minutes', bound('alibaba', { expirationSeconds: 599 }), 'error token/lifetime'],
  ['a token for more than twelve hours', bound('alibaba', { expirationSeconds: 43201 }), 'error token/lifetime'],
  ['an ARN for a role\'s name', bound('alibaba', { roleName: 'acs:ram::1234567890123456:role/x' }), 'error alibaba/role-name'],
  ['an issuer of another region', bound('alibaba', {}, { ...ACK, issuer: String(ACK.issuer).replace('oidc-ack-cn-hangzhou', 'oidc-ack-cn-beijing') }), 'error issuer/region'],
  ['an issuer of another cluster', bound('alibaba', {}, { ...ACK, issuer: String(ACK.issuer).replace(/a$/, 'b') }), 'error issuer/cluster'],
  ['an issuer with a slash at its end', bound('alibaba', {}, { ...ACK, issuer: `${ACK.issuer}/` }), 'warning issuer/shape'],
  ['an issuer with an @', bound('alibaba', {}, cluster({ issuer: 'https://a@b.example.com' })), 'error issuer/format'],
  ['an issuer of 256 characters', bound('alibaba', {}, issuer(256)), 'error alibaba/issuer'],
  ['a provider\'s name of 129 characters', bound('alibaba', { providerName: x(129) }), 'error alibaba/provider-name'],
  ['a session under an hour', bound('alibaba', { maxSessionDuration: 3599 }), 'error alibaba/session-duration'],
  ['a session over twelve hours', bound('alibaba', { maxSessionDuration: 43201 }), 'error alibaba/session-duration'],
  ['the webhook of ACK elsewhere', bound('alibaba', { injection: 'webhook' }), 'error alibaba/no-webhook'],
  ['a role of another account by webhook', bound('alibaba', { accountId: '9234567890123456', injection: 'webhook' }, ACK), 'error alibaba/webhook-account'],
  ['more clusters than an account has issuers for', bound('alibaba', {}, crowd(101)), 'warning alibaba/provider-count'],
];

const VAULT: readonly (readonly [string, WorkloadIdentityInput, string])[] = [
  ['everybody in every namespace', bound('vault', { unsafeGlobs: { serviceAccounts: ['*'], namespaces: ['*'], reason: 'r' } }), 'error vault/everybody'],
  ['everybody in every namespace, by more than one star', bound('vault', { unsafeGlobs: { serviceAccounts: ['*'], namespaces: ['**'], reason: 'r' } }), 'error vault/everybody'],
  ['namespaces by a pattern', bound('vault', { unsafeGlobs: { namespaces: ['shop-*'], reason: 'r' } }), 'warning vault/unsafe'],
  ['two keys in one text', bound('vault', { mechanism: 'jwt' }, cluster({ vault: { keys: 'pem', publicKeys: ['-----BEGIN PUBLIC KEY-----\nx\n-----END PUBLIC KEY-----\n'.repeat(2)] } })), 'error vault-cluster/publicKeys'],
  ['a role\'s name in capitals', bound('vault', { roleName: 'A' }), 'error vault/role-name'],
  ['an address without https', bound('vault', { address: 'http://vault.example.com' }), 'warning vault/plain-http'],
  ['the API server\'s audience', bound('vault', { audience: 'https://kubernetes.default.svc' }), 'warning vault/api-audience'],
  ['names and namespaces that are not a product', bound('vault', {}, outside, { namespace: undefined, serviceAccount: undefined, runsAs: [{ namespace: 'a', serviceAccount: 'a' }, { namespace: 'b', serviceAccount: 'b' }] }), 'error vault/cross-product'],
  ['the pod\'s own token as reviewer, for another audience', bound('vault', {}, cluster({ vault: { host: 'https://api.example.com', reviewer: 'client' } })), 'error vault/self-review-audience'],
  ['a lifetime longer than the longest', bound('vault', { tokenTtl: 100, tokenMaxTtl: 50 }), 'error vault/ttl'],
  ['keys at a URL that is not said', bound('vault', { mechanism: 'jwt' }, cluster({ vault: { keys: 'jwks' } })), 'error vault-cluster/jwksUrl'],
  ['a private key', bound('vault', { mechanism: 'jwt' }, cluster({ vault: { keys: 'pem', publicKeys: ['-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----'] } })), 'error vault-cluster/publicKeys'],
];

const KUBERNETES: readonly (readonly [string, WorkloadIdentityInput, string])[] = [
  ['a token for 599 seconds', tokens({ expirationSeconds: 599 }), 'error token/lifetime'],
  ['a token for more than 2^32 seconds', tokens({ expirationSeconds: 2 ** 32 + 1 }), 'error token/lifetime'],
  ['a token for more than a day on EKS', tokens({ expirationSeconds: 90000 }, blue), 'warning token/platform-cap'],
  ['a token for more than twelve hours on ACK', tokens({ expirationSeconds: 50000 }, ACK), 'warning token/platform-cap'],
  ['a token for the API server that is good for a year', tokens({ audience: String(k3s.issuer), expirationSeconds: 3607 }), 'warning token/lifetime-3607'],
  ['an audience that names nobody', tokens({ audience: 'api' }), 'warning token/generic-audience'],
  ['a namespace in capitals', bound('aws', {}, outside, { namespace: 'Shop' }), 'error name/dns-label'],
  ['a mount beside which kubelet would keep nothing', tokens({ path: '../token' }), 'error token/path'],
];

describe.each(Object.entries({ AWS, AZURE, GOOGLE, ALIBABA, VAULT, KUBERNETES }))('%s', (_who, rows) => {
  test.each(rows)('%s', (_what, input, expected) => {
    const findings = checkWorkloadIdentity(input);
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toContain(expected);
    for (const { message } of findings) expect(message).toMatch(SENTENCE);
  });
});
