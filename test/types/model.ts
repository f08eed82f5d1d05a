/**
 * What the model carries from the first day, as a user writes it. That it compiles is the test; the mechanisms that are
 * not built yet are written down all the same, and none of them may need another shape.
 */
import { defineCluster, type ClusterInput, type DefinitionFile, type Facts, type WorkloadIdentityInput } from 'symbolon';

export const blue = defineCluster({
  name: 'prod-blue',
  issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod-blue' },
});
export const green = defineCluster({
  name: 'prod-green',
  issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLF',
  eks: { accountId: '444455556666', region: 'eu-west-1', clusterName: 'prod-green' },
});
export const aks = defineCluster({
  name: 'prod-aks',
  issuer: 'https://westeurope.oic.prod-aks.azure.com/00000000-0000-4000-8000-000000000001/00000000-0000-4000-8000-000000000002/',
  aks: { tenantId: '00000000-0000-4000-8000-000000000001', subscriptionId: '00000000-0000-4000-8000-000000000003', resourceGroup: 'shop', clusterName: 'prod-aks' },
});
export const gke = defineCluster({ name: 'prod-gke', gke: { projectId: 'shop-prod', projectNumber: '123456789012', location: 'europe-west4', clusterName: 'prod-gke' } });
export const k3s = defineCluster({ name: 'edge', issuer: 'https://edge.example.com/', injection: 'explicit' });
/** Known to Google by a pool that it shares, and by a fleet. */
export const pooled = defineCluster({
  ...blue,
  name: 'prod-pooled',
  issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLP',
  gcpPool: {
    projectNumber: '123456789012',
    poolId: 'shop-clusters',
    providerId: 'pooled',
    existing: 'pool',
    subjectPrefix: 'pooled',
    allowedAudiences: ['sts.googleapis.com'],
    attributes: { namespace: 'assertion["kubernetes.io"].namespace' },
    attributeCondition: 'attribute.namespace in ["shop"]',
    jwksJson: '{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA","kid":"1"}]}',
  },
});
export const member = defineCluster({ name: 'member', issuer: 'https://member.example.com', fleet: { hostProjectId: 'shop-fleet', hostProjectNumber: '345678901234', membership: 'member', location: 'europe-west4' } });
/** Of which APIs are given the keys. */
export const keyed = defineCluster({ name: 'prod-keyed', issuer: 'https://10.0.0.1/', jwt: { jwksJson: '{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA","kid":"1"}]}' } });
/** A cluster whose issuer is a fact. */
export const unborn: ClusterInput = { name: 'unborn', eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'unborn' } };
export const ack: ClusterInput = { name: 'prod-ack', issuer: 'https://oidc-ack.example.com', ack: { accountId: '1234567890123456', region: 'cn-hangzhou', clusterId: `c${'0a'.repeat(16)}` } };

const azure = { resourceGroup: 'shop', location: 'westeurope', clientId: '00000000-0000-4000-8000-000000000004' } as const;

/** What is built: each is planned by the tests. */
export const BUILT: { readonly [what: string]: WorkloadIdentityInput } = {
  'several clusters, different on each': {
    name: 'checkout',
    namespace: 'shop',
    clusters: [aks, k3s],
    trustedBy: { azure: { ...azure, subscriptionId: '00000000-0000-4000-8000-000000000003', on: { edge: { injection: 'explicit', tenantId: '00000000-0000-4000-8000-000000000009', subscriptionId: '00000000-0000-4000-8000-00000000000a', clientId: '00000000-0000-4000-8000-000000000008' } } } },
  },
  'another account on one cluster': { name: 'checkout', namespace: 'shop', clusters: [blue, green], trustedBy: { aws: { on: { 'prod-green': { accountId: '444455556666', expirationSeconds: 3600 } } } } },
  'two accounts of one cloud': {
    name: 'checkout',
    namespace: 'shop',
    clusters: [blue],
    trustedBy: { aws: {}, audit: { provider: 'aws', accountId: '444455556666', roleName: 'audit-reader', injection: 'none' } },
  },
  'a binding for some of the clusters': { name: 'checkout', namespace: 'shop', clusters: [blue, gke], trustedBy: { aws: { clusters: ['prod-blue'] }, gcp: { clusters: ['prod-gke'] } } },
  'several service accounts behind one cloud identity': {
    name: 'checkout',
    runsAs: [{ namespace: 'shop' }, { namespace: 'shop', serviceAccount: 'checkout-worker', create: false }, { namespace: 'batch', clusters: ['prod-blue'] }],
    clusters: [blue, green],
    trustedBy: { aws: { accountId: '111122223333' } },
  },
  'a cloud identity that is made elsewhere': { name: 'checkout', namespace: 'shop', clusters: [blue], trustedBy: { aws: { roleName: 'legacy', existing: true } } },
  'grants of every kind': {
    name: 'checkout',
    namespace: 'shop',
    clusters: [aks, gke],
    trustedBy: {
      azure: { ...azure, clusters: ['prod-aks'], principalId: '00000000-0000-4000-8000-000000000005', roleAssignments: [{ role: 'Key Vault Secrets User', scope: '/subscriptions/00000000-0000-4000-8000-000000000003/resourceGroups/shop' }] },
      gcp: { clusters: ['prod-gke'], grants: [{ role: 'roles/viewer' }, { role: 'roles/storage.objectViewer', bucket: 'orders' }, { role: 'roles/secretmanager.secretAccessor', secret: 'key' }, { role: 'roles/pubsub.publisher', topic: 'events' }] },
    },
  },
  'Google from every kind of cluster, with a service account and without': {
    name: 'checkout',
    namespace: 'shop',
    clusters: [pooled, gke, member],
    trustedBy: {
      gcp: {
        projectId: 'shop-prod',
        grants: [{ role: 'roles/storage.objectViewer', bucket: 'orders' }],
        on: { 'prod-pooled': { impersonate: false }, 'prod-gke': { mechanism: 'principal' }, 'member': { mechanism: 'fleet', expirationSeconds: 600, skipContainers: ['sidecar'] } },
      },
    },
  },
  'Google by a webhook, and roles for a whole namespace': {
    name: 'checkout',
    namespace: 'shop',
    clusters: [pooled, gke],
    trustedBy: { gcp: { projectId: 'shop-prod', on: { 'prod-pooled': { injection: 'webhook', audience: 'sts.googleapis.com' }, 'prod-gke': { mechanism: 'principal', grants: [{ role: 'roles/viewer' }], unsafeMembers: { everyPodOf: 'namespace', reason: 'a cache for all' } } } } },
  },
  'APIs of one\'s own, each with its document': {
    name: 'checkout',
    namespace: 'shop',
    clusters: [blue, keyed],
    trustedBy: {
      reports: { provider: 'jwt', audience: 'https://reports.example.com', alsoAudiences: ['https://old.example.com'], on: { 'prod-keyed': { expirationSeconds: 600, env: 'REPORTS', mountPath: '/reports' } } },
      jwt: { mechanism: 'signature', audience: 'https://billing.example.com', injection: 'none' },
    },
  },
  'tokens for several containers, and the Kubernetes API': {
    name: 'checkout',
    namespace: 'shop',
    clusters: [blue],
    tokens: { payments: { audience: 'https://payments.example.com', expirationSeconds: 900, containers: ['app'] }, vault: { audience: 'https://vault.example.com', containers: ['agent'], path: 'jwt', mountPath: '/vault', env: 'VAULT_JWT' } },
    rbac: [{ verbs: ['get', 'list'], resources: ['pods'] }, { verbs: ['get'], resources: ['nodes'], clusterWide: true }, { verbs: ['update'], apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: ['checkout'], namespaces: ['locks'] }],
  },
  'policies of every kind': {
    name: 'checkout',
    namespace: 'shop',
    clusters: [blue],
    trustedBy: {
      aws: {
        managedPolicies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'],
        permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary',
        inlinePolicies: { queue: { Statement: [{ Effect: 'Allow', Action: ['sqs:ReceiveMessage'], Resource: 'arn:aws:sqs:us-west-2:111122223333:orders', Condition: { StringEquals: { 'aws:ResourceAccount': '111122223333' } } }] } },
      },
    },
  },
  'Alibaba Cloud': { name: 'checkout', namespace: 'shop', clusters: [ack], trustedBy: { alibaba: { mechanism: 'rrsa', policies: [{ name: 'AliyunOSSReadOnlyAccess', type: 'System' }] } } },
  'Vault, at another mount on each cluster': {
    name: 'checkout',
    namespace: 'shop',
    clusters: [blue, green],
    trustedBy: { vault: { mechanism: 'jwt', address: 'https://vault.example.com', mount: 'blue', tokenPolicies: ['shop'], on: { 'prod-green': { mount: 'green' } } } },
  },
  'two mounts of one Vault': {
    name: 'checkout',
    namespace: 'shop',
    clusters: [blue],
    trustedBy: { vault: { address: 'https://vault.example.com' }, secrets: { provider: 'vault', mechanism: 'jwt', address: 'https://vault.example.com', injection: 'none' } },
  },
};

const APPLICATION = '/applications/00000000-0000-4000-8000-000000000007';

/** What Azure has beside managed identities. */
export const ON_AZURE: { readonly [what: string]: WorkloadIdentityInput } = {
  'an Entra application': {
    name: 'checkout',
    namespace: 'shop',
    clusters: [aks, k3s],
    trustedBy: { azure: { mechanism: 'application', tenantId: '00000000-0000-4000-8000-000000000001', applicationId: APPLICATION, applicationName: 'Checkout', clientId: azure.clientId, layout: 'webhook-1.6' } },
  },
  'an AKS identity binding, and a managed identity elsewhere': {
    name: 'checkout',
    namespace: 'shop',
    clusters: [aks, k3s],
    trustedBy: { azure: { ...azure, tenantId: '00000000-0000-4000-8000-000000000001', subscriptionId: '00000000-0000-4000-8000-000000000003', on: { 'prod-aks': { mechanism: 'identity-binding', identityBindingName: 'checkout' } } } },
  },
};

/** AWS's two mechanisms, and what each of them has besides. */
export const BUILT_ON_AWS: { readonly [what: string]: WorkloadIdentityInput } = {
  'EKS Pod Identity on one of the clusters': { name: 'checkout', namespace: 'shop', clusters: [blue, green], trustedBy: { aws: { on: { 'prod-green': { accountId: '444455556666', mechanism: 'pod-identity' } } } } },
  'both mechanisms on one role': { name: 'checkout', namespace: 'shop', clusters: [blue], trustedBy: { aws: { mechanism: 'irsa', alsoTrusts: ['pod-identity'] } } },
  'a role of another account, through the role of the cluster\'s': {
    name: 'checkout',
    namespace: 'shop',
    clusters: [blue],
    trustedBy: { aws: { mechanism: 'pod-identity', targetRole: 'arn:aws:iam::444455556666:role/orders', associationTags: { team: 'shop' }, skipContainers: ['proxy'] } },
  },
  'a session policy, which takes session tags away': {
    name: 'checkout',
    namespace: 'shop',
    clusters: [blue],
    trustedBy: {
      aws: {
        mechanism: 'pod-identity',
        disableSessionTags: true,
        unsafeTrustWithoutTags: { reason: 'the associations of this cluster are made by one team' },
        sessionPolicy: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::orders/*' }] },
      },
    },
  },
  'a trust that is narrower, and one that is wider': {
    name: 'checkout',
    namespace: 'shop',
    clusters: [blue],
    trustedBy: {
      aws: {
        conditions: { 'StringEquals': { 'aws:PrincipalOrgID': 'o-example' }, 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-example/*'] } },
        unsafeSubjects: { like: ['system:serviceaccount:preview-*:checkout'], reason: 'a namespace for each pull request' },
      },
    },
  },
  'more clusters than one role has room for': { name: 'checkout', namespace: 'shop', clusters: [blue, k3s], trustedBy: { aws: { accountId: '111122223333', clustersPerRole: 1 } } },
};

/** One identity for each environment: a definition is data, so a function of the environment gives it. */
export const perEnvironment = (environment: 'staging' | 'prod'): WorkloadIdentityInput => ({
  name: `checkout-${environment}`,
  namespace: `shop-${environment}`,
  clusters: [environment === 'prod' ? blue : k3s],
  trustedBy: { aws: { accountId: environment === 'prod' ? '111122223333' : '444455556666' } },
});

/** Two identities of one pod: the second uses the service account that the first makes. */
export const ONE_POD: readonly WorkloadIdentityInput[] = [
  { name: 'checkout', namespace: 'shop', clusters: [blue], trustedBy: { aws: {} } },
  { name: 'audit', runsAs: [{ namespace: 'shop', serviceAccount: 'checkout', create: false }], clusters: [blue], tokens: { audit: { audience: 'https://audit.example.com' } } },
];

/** Values that come late, and where they come from. */
export const LATE: { readonly input: WorkloadIdentityInput; readonly facts: Facts } = {
  input: {
    name: 'checkout',
    namespace: 'shop',
    clusters: [unborn, aks],
    trustedBy: {
      aws: { clusters: ['unborn'], managedPolicies: [{ fact: 'queuePolicy' }], permissionsBoundary: { fact: 'boundary' } },
      azure: { clusters: ['prod-aks'], resourceGroup: 'shop', location: 'westeurope', roleAssignments: [{ role: 'Reader', scope: { fact: 'vault' } }] },
    },
  },
  facts: {
    clusters: { unborn: { issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLG' } },
    identities: {
      checkout: {
        aws: { queuePolicy: 'arn:aws:iam::111122223333:policy/queue', boundary: 'arn:aws:iam::111122223333:policy/boundary' },
        azure: { clientId: '00000000-0000-4000-8000-000000000004', principalId: '00000000-0000-4000-8000-000000000005', vault: '/subscriptions/00000000-0000-4000-8000-000000000003' },
      },
    },
  },
};

/** Files as well as TypeScript: clusters by name. */
export const FILE: DefinitionFile = {
  version: 1,
  clusters: [{ name: 'prod-blue', eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod-blue' } }],
  identities: [{ name: 'checkout', namespace: 'shop', clusters: ['prod-blue'], trustedBy: { aws: { roleName: 'checkout' } } }],
  workloads: [{ apiVersion: 'apps/v1', kind: 'Deployment' }],
};
