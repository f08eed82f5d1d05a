/** Two identities: the chart makes the service account of the one, and we that of the other. */
import { defineCluster, defineWorkloadIdentity } from 'symbolon';

export const blue = defineCluster({
  name: 'prod-blue',
  issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod-blue' },
});

/** The chart makes its ServiceAccount. */
export const web = defineWorkloadIdentity({
  name: 'web',
  runsAs: [{ namespace: 'shop', serviceAccount: 'release-web', create: false }],
  clusters: [blue],
  trustedBy: { aws: { managedPolicies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] } },
});

/** For the workloads of the chart that name no service account, and for some of our own. */
export const report = defineWorkloadIdentity({
  name: 'report',
  namespace: 'shop',
  clusters: [blue],
  trustedBy: { aws: { injection: 'explicit' } },
  tokens: { ledger: { audience: 'https://ledger.example.com', containers: ['report'] } },
});

// region: audit
/** A second identity for pods that run as `report` already: a token, and nothing else. */
export const audit = defineWorkloadIdentity({
  name: 'audit',
  runsAs: [{ namespace: 'shop', serviceAccount: 'report', create: false }],
  clusters: [blue],
  tokens: { audit: { audience: 'https://audit.example.com' } },
});
// endregion
