/** The clusters and identities of these tests. */
import { defineCluster, type WorkloadIdentityInput } from 'symbolon';

export const ISSUERS = {
  blue: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  green: 'https://oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF',
  ack: `https://oidc-ack-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/c${'0a'.repeat(16)}`,
  aks: 'https://westeurope.oic.prod-aks.azure.com/00000000-0000-4000-8000-000000000001/00000000-0000-4000-8000-000000000009/',
};

const eks = (clusterName: string, issuer?: string) => defineCluster({
  name: clusterName, eks: { accountId: '111122223333', region: 'us-west-2', clusterName }, ...(issuer !== undefined && { issuer }),
});

export const blue = eks('prod-blue', ISSUERS.blue);
export const green = eks('prod-green', ISSUERS.green);
/** The same clusters before their issuers are known. */
export const lateBlue = eks('prod-blue');
export const lateGreen = eks('prod-green');
export const aks = defineCluster({ name: 'prod-aks', issuer: ISSUERS.aks, aks: { tenantId: '00000000-0000-4000-8000-000000000001', subscriptionId: '00000000-0000-4000-8000-000000000002' } });
export const gke = defineCluster({ name: 'prod-gke', gke: { projectId: 'shop-prod', location: 'europe-west1', clusterName: 'prod' } });

export const ack = defineCluster({ name: 'prod-ack', issuer: ISSUERS.ack, ack: { accountId: '1234567890123456', region: 'cn-hangzhou', clusterId: `c${'0a'.repeat(16)}` } });
/** The same cluster before its issuer is known. */
export const lateAck = defineCluster({ name: 'prod-ack', ack: { accountId: '1234567890123456', region: 'cn-hangzhou', clusterId: `c${'0a'.repeat(16)}` } });

export const common = { name: 'checkout', namespace: 'shop', rbac: [{ verbs: ['get', 'list'], resources: ['pods'] }] };

export const onEks: WorkloadIdentityInput = {
  ...common, clusters: [blue], trustedBy: { aws: { managedPolicies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] } },
};

/** Azure makes the client id up, and the role assignment's principal. */
export const onAks: WorkloadIdentityInput = {
  ...common,
  clusters: [aks],
  trustedBy: {
    azure: {
      resourceGroup: 'identities',
      location: 'westeurope',
      roleAssignments: [{ role: 'Storage Blob Data Reader', scope: '/subscriptions/00000000-0000-4000-8000-000000000002/resourceGroups/data' }],
    },
  },
};

/** Entra makes up the ids of an application and of its service principal. */
export const asApplication: WorkloadIdentityInput = {
  ...common,
  clusters: [aks],
  trustedBy: { azure: { mechanism: 'application', roleAssignments: onAks.trustedBy?.azure?.roleAssignments ?? [] } },
};

export const onGke: WorkloadIdentityInput = {
  ...common,
  clusters: [gke],
  trustedBy: {
    gcp: {
      grants: [
        { role: 'roles/viewer' }, { role: 'roles/storage.objectViewer', bucket: 'orders' },
        { role: 'roles/secretmanager.secretAccessor', secret: 'key' }, { role: 'roles/pubsub.publisher', topic: 'events' },
      ],
    },
  },
};

export const onAck: WorkloadIdentityInput = {
  ...common,
  clusters: [ack],
  trustedBy: { alibaba: { policies: [{ name: 'AliyunOSSReadOnlyAccess' }], customPolicies: { orders: { Statement: [{ Effect: 'Allow', Action: 'oss:GetObject', Resource: '*' }] } } } },
};

/** A cluster that Vault asks whether tokens are right, and whose keys it has, too. */
export const knownToVault = defineCluster({ ...blue, vault: { host: 'https://prod-blue.example.com', keys: 'discovery' } });

export const onVault: WorkloadIdentityInput = {
  ...common,
  clusters: [knownToVault],
  trustedBy: {
    vault: { address: 'https://vault.example.com', tokenPolicies: ['shop'], tokenTtl: 600 },
    signed: { provider: 'vault', mechanism: 'jwt', address: 'https://vault.example.com', vaultNamespace: 'org/team', injection: 'none' },
  },
};

export const onApi: WorkloadIdentityInput = {
  ...common,
  clusters: [blue],
  trustedBy: { reports: { provider: 'jwt', audience: 'https://reports.example.com' } },
};

/** One identity on a cluster of each cloud. */
export const everywhere: WorkloadIdentityInput = {
  ...common,
  clusters: [blue, aks, gke],
  trustedBy: {
    aws: { ...onEks.trustedBy?.aws, clusters: ['prod-blue'] },
    azure: { ...onAks.trustedBy?.azure, clusters: ['prod-aks'] },
    gcp: { ...onGke.trustedBy?.gcp, clusters: ['prod-gke'] },
  },
};

/** An identity of both EKS clusters, before their issuers are known. */
export const late: WorkloadIdentityInput = { ...onEks, clusters: [lateBlue, lateGreen] };
