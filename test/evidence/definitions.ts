import { ack, aks as plain, blue, boundTo, gke } from '../support/definitions';
import { defineCluster, defineWorkloadIdentity, type WorkloadIdentityDefinition } from 'symbolon';

const aks = { ...plain, aks: { ...plain.aks, tenantId: '00000000-0000-4000-8000-000000000001', resourceGroup: 'clusters', clusterName: 'prod' } };
const edge = defineCluster({
  name: 'edge',
  issuer: 'https://oidc.edge.example.com',
  gcpPool: { projectNumber: '123456789012' },
  vault: { host: 'https://api.edge.example.com:6443', reviewer: 'token', keys: 'discovery' },
});
/** An application is in no resource group. */
const WITHOUT_GROUP = { resourceGroup: undefined, location: undefined, subscriptionId: undefined };
const address = 'https://vault.example.com:8200';

/** Every relying party, by every mechanism that one document alone makes. */
export const EVERYWHERE: readonly WorkloadIdentityDefinition[] = [
  boundTo('aws', blue),
  { ...boundTo('azure', aks), name: 'federated' },
  { ...boundTo('azure', aks, { mechanism: 'identity-binding' }), name: 'bound' },
  { ...boundTo('azure', aks, { mechanism: 'application', applicationId: '/applications/00000000-0000-4000-8000-000000000008', clientId: '00000000-0000-4000-8000-000000000009', ...WITHOUT_GROUP }), name: 'registered' },
  { ...boundTo('gcp', gke), name: 'metadata' },
  { ...boundTo('gcp', edge, { mechanism: 'workload-identity-pool', projectId: 'shop-prod', accountId: 'checkout-pool' }), name: 'pool' },
  { ...boundTo('alibaba', ack), name: 'robot' },
  { name: 'billing', namespace: 'shop', clusters: [edge], trustedBy: { vault: { address, mount: 'edge', tokenPolicies: ['billing'], injection: 'webhook' as const } } },
  { name: 'reports', namespace: 'shop', clusters: [edge], trustedBy: { vault: { mechanism: 'jwt' as const, address, mount: 'edge-jwt', tokenPolicies: ['reports'], expirationSeconds: 600 } } },
].map(input => defineWorkloadIdentity(input));
