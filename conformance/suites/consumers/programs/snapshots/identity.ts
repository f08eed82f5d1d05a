import { defineCluster, defineWorkloadIdentity } from 'symbolon';

export const checkout = defineWorkloadIdentity({
  name: 'checkout',
  namespace: 'shop',
  clusters: [defineCluster({
    name: 'blue',
    issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
    eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'blue' },
  })],
  trustedBy: { aws: {} },
  tokens: { payments: { audience: 'https://payments.example.com', expirationSeconds: 900 } },
});
