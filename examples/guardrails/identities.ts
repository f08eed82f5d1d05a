/** Who runs in the namespace shop. */
import { defineCluster, defineWorkloadIdentity } from 'symbolon';

export const blue = defineCluster({
  name: 'prod-blue',
  issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod-blue' },
});

export const checkout = defineWorkloadIdentity({
  name: 'checkout',
  namespace: 'shop',
  clusters: [blue],
  trustedBy: { aws: { managedPolicies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] } },
  tokens: { payments: { audience: 'https://payments.example.com', expirationSeconds: 900 } },
});

export const stock = defineWorkloadIdentity({
  name: 'stock',
  namespace: 'shop',
  clusters: [blue],
  rbac: [{ read: ['configmaps'] }],
  apiToken: true,
});
