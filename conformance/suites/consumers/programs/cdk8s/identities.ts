import { defineCluster, defineWorkloadIdentity, type WorkloadIdentityDefinition } from 'symbolon';

export const blue = defineCluster({
  name: 'blue',
  issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'blue' },
});

/** One that carries its tokens itself, and may do something in the cluster. */
export const checkout = (namespace: string): WorkloadIdentityDefinition => defineWorkloadIdentity({
  name: `checkout-${namespace}`,
  namespace,
  serviceAccount: 'checkout',
  clusters: [blue],
  trustedBy: { aws: { managedPolicies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] } },
  tokens: { payments: { audience: 'https://payments.example.com', expirationSeconds: 900 } },
  rbac: [{ verbs: ['get', 'list'], resources: ['configmaps'] }],
  injection: 'explicit',
});

/** One whose pods a webhook completes. */
export const report = (namespace: string): WorkloadIdentityDefinition => defineWorkloadIdentity({
  name: `report-${namespace}`,
  namespace,
  serviceAccount: 'report',
  clusters: [blue],
  trustedBy: { aws: {} },
});
