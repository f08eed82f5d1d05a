/**
 * What identities may do in the Kubernetes API, in words.
 *   npx symbolon synth examples/rbac/identities.ts
 */
import { ApiResource, defineCluster, defineWorkloadIdentity } from 'symbolon';

const edge = defineCluster({ name: 'edge', issuer: 'https://edge.example.com' });

// region: autoscaler
/** Watches pods, elects a leader, and scales one Deployment. */
export const autoscaler = defineWorkloadIdentity({
  name: 'autoscaler',
  namespace: 'shop',
  clusters: [edge],
  rbac: [
    { read: ['pods', 'deployments'] },
    { readWrite: [ApiResource.Leases] },
    { allow: ['get', 'patch'], on: ['deployments.apps/scale'], resourceNames: ['web'] },
    { read: ['nodes'], clusterWide: true },
    { allow: ['get'], nonResourceURLs: ['/metrics'] },
  ],
});
// endregion

// region: dashboard
/** A role that is there already, in two namespaces. */
export const dashboard = defineWorkloadIdentity({
  name: 'dashboard',
  namespace: 'tools',
  clusters: [edge],
  rbac: [{ clusterRole: 'view', namespaces: ['shop', 'billing'] }],
});
// endregion

// region: backup
/** A controller that reads every secret of a namespace, and says why that is wanted. */
export const backup = defineWorkloadIdentity({
  name: 'backup',
  namespace: 'tools',
  clusters: [edge],
  rbac: [{ read: ['secrets'], namespaces: ['shop'], unsafeReason: 'the backup holds the namespace as a whole, encrypted' }],
});
// endregion

/** Verifies the tokens of others by TokenReview, such as a Vault without a reviewer token. */
export const verifier = defineWorkloadIdentity({
  name: 'verifier',
  namespace: 'security',
  clusters: [edge],
  rbac: [{ reviewTokens: true }],
});

// region: orders
/** The service account for which others log in: a secrets operator asks for its tokens, and nodes for one at the registry. */
export const orders = defineWorkloadIdentity({
  name: 'orders',
  namespace: 'shop',
  clusters: [edge],
  rbac: [
    { tokensRequestedBy: ['external-secrets/external-secrets'] },
    { nodesMayRequest: ['https://registry.example.com'] },
  ],
});
// endregion

// region: issuer
/** The same from the other side: a controller that may ask for tokens of one service account, and of no other. */
export const issuer = defineWorkloadIdentity({
  name: 'issuer',
  namespace: 'cert-manager',
  clusters: [edge],
  rbac: [{ requestTokensOf: ['vault-issuer'], namespaces: ['shop'] }],
});
// endregion
