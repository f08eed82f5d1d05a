/**
 * One identity on AKS and on a cluster of one's own, trusted as an Entra application; and one that many clusters of AKS
 * share by identity bindings.
 *   npx symbolon synth examples/azure-application/identities.ts --facts examples/azure-application/facts.json
 */
import { defineCluster, defineWorkloadIdentity } from 'symbolon';

const tenantId = '9b1c2d3e-4f50-4a61-8b72-93c4d5e6f708';
const subscriptionId = '5d6e7f80-91a2-43b4-95c6-d7e8f9a0b1c2';

/** `resourceGroup` and `clusterName` are needed for identity bindings alone. */
const aks = defineCluster({
  name: 'prod-aks',
  issuer: `https://westeurope.oic.prod-aks.azure.com/${tenantId}/0a1b2c3d-4e5f-4061-a273-8495a6b7c8d9/`,
  aks: { tenantId, subscriptionId, resourceGroup: 'clusters', clusterName: 'prod-aks' },
});

/** Entra verifies RS256 alone: said here, an issuer with another key is found before the first token is refused. */
const edge = defineCluster({ name: 'edge', issuer: 'https://oidc.edge.example.com', signingAlgorithms: ['RS256'] });

// region: invoices
/** By the webhook on AKS. On the other cluster the pods carry everything themselves, where the webhook from 1.6 on would put it. */
export const invoices = defineWorkloadIdentity({
  name: 'invoices',
  namespace: 'billing',
  clusters: [aks, edge],
  trustedBy: {
    azure: {
      mechanism: 'application',
      tenantId,
      applicationName: 'Invoices',
      layout: 'webhook-1.6',
      skipContainers: ['log-agent'],
      roleAssignments: [{ role: 'Storage Blob Data Contributor', scope: `/subscriptions/${subscriptionId}/resourceGroups/billing` }],
    },
  },
});
// endregion

// region: reports
/** No credential for each service account of each cluster: AKS vouches for those whom RBAC lets use the identity. */
export const reports = defineWorkloadIdentity({
  name: 'reports',
  namespace: 'billing',
  clusters: [aks],
  trustedBy: { azure: { mechanism: 'identity-binding', resourceGroup: 'identities', location: 'westeurope' } },
});
// endregion
