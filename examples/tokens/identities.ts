/**
 * Tokens for relying parties that verify Kubernetes' tokens themselves: each with its own audience and lifetime, each only where it
 * is asked for.
 */
import { defineCluster, defineProjectedTokens, defineWorkloadIdentity } from 'symbolon';

export const edge = defineCluster({ name: 'edge', issuer: 'https://oidc.edge.example.com' });

// region: gateway
/** A gateway in front of two services, with an agent beside it. */
export const gateway = defineWorkloadIdentity({
  name: 'gateway',
  namespace: 'shop',
  clusters: [edge],
  tokens: {
    payments: { audience: 'https://payments.example.com', expirationSeconds: 'shortest', volume: 'upstream' },
    ledger: { audience: 'https://ledger.example.com', volume: 'upstream' },
    // Vault's token is for the agent alone, and in a volume of its own.
    vault: { audience: 'https://vault.example.com', expirationSeconds: 'hour', containers: ['agent'] },
  },
  volumes: {
    upstream: {
      mountPath: '/var/run/upstream',
      skipContainers: ['agent'],
      sources: [
        { configMap: { name: 'upstream-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardAPI: { items: [{ path: 'pod-name', fieldRef: { fieldPath: 'metadata.name' } }] } },
      ],
      env: { UPSTREAM_CA_FILE: 'ca.crt' },
      // For the owner and the group; the group is the pod's, so that a user who is not root can read.
      defaultMode: '0440',
    },
  },
  fsGroup: 2000,
});
// endregion

// region: alone
/** Without an identity: for pods whose service account somebody else makes. */
export const reportTokens = defineProjectedTokens({
  tokens: { reports: { audience: 'https://reports.example.com', expirationSeconds: 'half-day' } },
});
// endregion
