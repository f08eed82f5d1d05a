/** An identity of a cluster whose IAM OIDC provider somebody else made: it is looked up. */
import { defineCluster, defineWorkloadIdentity } from 'symbolon';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

const blue = defineCluster({
  name: 'blue',
  issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'blue' },
});

const found = new TrustAnchors('blue', { cluster: blue, aws: [{ account: '111122223333', existing: true }] });
new WorkloadIdentity('checkout', { definition: defineWorkloadIdentity({ name: 'checkout', namespace: 'shop', clusters: [blue], trustedBy: { aws: {} } }) }, { dependsOn: found });

export const { anchors } = found;
