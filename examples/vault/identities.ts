/**
 * Two ways to Vault from one cluster: with the agent that Vault's injector adds, and with a program that logs in itself.
 *   npx symbolon synth examples/vault/identities.ts
 */
import { defineCluster, defineWorkloadIdentity } from 'symbolon';

// region: cluster
export const cluster = defineCluster({
  name: 'prod',
  issuer: 'https://oidc.prod.example.com',
  vault: {
    // Method kubernetes: Vault asks the API server, with the token of a reviewer that the Pulumi program gives it.
    host: 'https://api.prod.example.com:6443',
    reviewer: 'token',
    // Method jwt: Vault checks signatures with the keys that the issuer publishes.
    keys: 'discovery',
  },
});
// endregion

const address = 'https://vault.example.com:8200';

// region: agent
export const billing = defineWorkloadIdentity({
  name: 'billing',
  namespace: 'shop',
  clusters: [cluster],
  trustedBy: { vault: { address, mount: 'prod', tokenPolicies: ['billing'], injection: 'webhook' } },
});
// endregion

// region: program
export const reports = defineWorkloadIdentity({
  name: 'reports',
  namespace: 'shop',
  clusters: [cluster],
  trustedBy: { vault: { mechanism: 'jwt', address, mount: 'prod-jwt', tokenPolicies: ['reports'], tokenTtl: 900, expirationSeconds: 600 } },
});
// endregion

// region: workloads
const deployment = (name: string, annotations?: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name }, ...(annotations !== undefined && { annotations }) },
      spec: { serviceAccountName: name, containers: [{ name: 'app', image: `shop/${name}:1` }] },
    },
  },
});

export const workloads = [
  // Which secrets the agent writes to /vault/secrets is for the workload to say.
  deployment('billing', { 'vault.hashicorp.com/agent-inject-secret-database': 'secret/data/billing/database' }),
  deployment('reports'),
];
// endregion
