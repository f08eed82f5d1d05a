/**
 * EKS Pod Identity: a role that changes from one mechanism to the other step by step, an add-on with a policy of its own, and a
 * role of another account.
 *   npx symbolon synth examples/aws-pod-identity/identities.ts --env switched
 */
import { awsPolicies, defineCluster, defineWorkloadIdentity, type AwsBinding, type WorkloadIdentityDefinition } from 'symbolon';

const prod = defineCluster({
  name: 'prod',
  issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF',
  eks: { accountId: '111122223333', region: 'eu-west-1', clusterName: 'prod' },
});

/** Deploy one after the other, and restart the pods after `switched`. Every step goes back to the one before it. */
// region: steps
const steps: { readonly [step: string]: AwsBinding } = {
  before: { mechanism: 'irsa' },
  trusted: { mechanism: 'irsa', alsoTrusts: ['pod-identity'] },
  switched: { mechanism: 'pod-identity', alsoTrusts: ['irsa'] },
  done: { mechanism: 'pod-identity' },
};
// endregion

export const orders = (step: string): WorkloadIdentityDefinition => defineWorkloadIdentity({
  name: 'orders',
  namespace: 'shop',
  clusters: [prod],
  trustedBy: {
    aws: { ...steps[step], inlinePolicies: { 'read-orders': { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::orders/*' }] } } },
  },
});

// region: external-dns
/** An add-on may do what it needs, where it needs it. */
export const externalDns = defineWorkloadIdentity({
  name: 'external-dns',
  namespace: 'kube-system',
  clusters: [prod],
  trustedBy: { aws: { mechanism: 'pod-identity', inlinePolicies: { dns: awsPolicies.externalDns({ hostedZoneIds: ['Z0123456789ABCDEFGHIJ'] }) } } },
});
// endregion

// region: target
/** The role of the cluster's account goes on to one of another account, whose trust its owners write. */
export const reports = defineWorkloadIdentity({
  name: 'reports',
  namespace: 'shop',
  clusters: [prod],
  trustedBy: { aws: { mechanism: 'pod-identity', targetRole: 'arn:aws:iam::444455556666:role/reports-reader' } },
});
// endregion
