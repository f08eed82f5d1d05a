/**
 * Every mechanism once, each on a cluster that has it: what is the least to be said. The cdk8s app beside this file makes the
 * Kubernetes half, the Pulumi program the cloud half.
 */
import { defineCluster, defineWorkloadIdentity, type BindingInput, type ClusterDefinition, type WorkloadIdentityDefinition } from 'symbolon';

const tenantId = '9b1c2d3e-4f50-4a61-8b72-93c4d5e6f708';
const subscriptionId = '5d6e7f80-91a2-43b4-95c6-d7e8f9a0b1c2';

export const eks = defineCluster({
  name: 'eks',
  issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod' },
});

export const aks = defineCluster({
  name: 'aks',
  issuer: `https://westeurope.oic.prod-aks.azure.com/${tenantId}/0a1b2c3d-4e5f-4061-a273-8495a6b7c8d9/`,
  aks: { tenantId, subscriptionId, resourceGroup: 'clusters', clusterName: 'prod' },
});

export const gke = defineCluster({
  name: 'gke',
  gke: { projectId: 'shop-prod', projectNumber: '210987654321', location: 'europe-west4', clusterName: 'prod' },
});

export const ack = defineCluster({
  name: 'ack',
  issuer: 'https://oidc-ack-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/c0123456789abcdef0123456789abcdef',
  ack: { accountId: '1234567890123456', region: 'cn-hangzhou', clusterId: 'c0123456789abcdef0123456789abcdef' },
});

/** Of one's own: its issuer's documents are public, and it is a member of a fleet. */
export const edge = defineCluster({
  name: 'edge',
  issuer: 'https://oidc.edge.example.com',
  signingAlgorithms: ['RS256'],
  gcpPool: { projectNumber: '123456789012' },
  fleet: { hostProjectId: 'shop-fleet', hostProjectNumber: '345678901234', membership: 'edge' },
  vault: { host: 'https://api.edge.example.com', reviewer: 'token', keys: 'discovery' },
});

export const VAULT = 'https://vault.example.com';
const images = [{ role: 'roles/storage.objectViewer', bucket: 'shop-images' }];

const one = (name: string, cluster: ClusterDefinition, trustedBy: { readonly [provider: string]: BindingInput }): WorkloadIdentityDefinition =>
  defineWorkloadIdentity({ name, namespace: 'shop', clusters: [cluster], trustedBy });

// region: mechanisms
export const identities = [
  one('irsa', eks, { aws: { mechanism: 'irsa' } }),
  one('pod-identity', eks, { aws: { mechanism: 'pod-identity' } }),
  one('managed-identity', aks, { azure: { mechanism: 'managed-identity', resourceGroup: 'shop', location: 'westeurope' } }),
  one('application', aks, { azure: { mechanism: 'application' } }),
  one('identity-binding', aks, { azure: { mechanism: 'identity-binding', resourceGroup: 'shop', location: 'westeurope' } }),
  one('service-account', gke, { gcp: { mechanism: 'service-account', grants: images } }),
  one('principal', gke, { gcp: { mechanism: 'principal', grants: images } }),
  one('from-outside', edge, { gcp: { mechanism: 'workload-identity-pool', projectId: 'shop-prod', grants: images } }),
  one('fleet-member', edge, { gcp: { mechanism: 'fleet', projectId: 'shop-prod', grants: images } }),
  one('rrsa', ack, { alibaba: { mechanism: 'rrsa', policies: [{ name: 'AliyunOSSReadOnlyAccess', type: 'System' }] } }),
  one('vault-reviewed', edge, { vault: { mechanism: 'kubernetes', address: VAULT, mount: 'edge', tokenPolicies: ['shop'] } }),
  one('vault-signed', edge, { vault: { mechanism: 'jwt', address: VAULT, mount: 'edge-jwt', tokenPolicies: ['shop'] } }),
  one('own-api', edge, { jwt: { mechanism: 'signature', audience: 'https://ledger.example.com' } }),
];
// endregion
