/**
 * One identity in two clusters, per environment: the role trusts both issuers while traffic moves from blue to green.
 *   npx symbolon synth examples/blue-green/identities.ts --env staging
 */
import { defineCluster, defineWorkloadIdentity, type WorkloadIdentityDefinition } from 'symbolon';

const accounts: { readonly [env: string]: string } = { staging: '444455556666', production: '111122223333' };

const cluster = (env: string, color: 'blue' | 'green', id: string) => defineCluster({
  name: `${env}-${color}`,
  issuer: `https://oidc.eks.eu-west-1.amazonaws.com/id/${id}`,
  eks: { accountId: accounts[env] ?? '', region: 'eu-west-1', clusterName: `${env}-${color}` },
});

export const checkout = (env: string): WorkloadIdentityDefinition => defineWorkloadIdentity({
  name: `checkout-${env}`,
  runsAs: [
    { namespace: 'shop', serviceAccount: 'checkout' },
    { namespace: 'shop', serviceAccount: 'checkout-worker' },
  ],
  clusters: [cluster(env, 'blue', '0123456789ABCDEF0123456789ABCDEF'), cluster(env, 'green', 'FEDCBA9876543210FEDCBA9876543210')],
  trustedBy: { aws: { managedPolicies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] } },
  // No pod of a new cluster starts before its webhook does: they carry their tokens themselves.
  injection: 'explicit',
});
