/** A cluster that is there, and one that the stack makes, whose issuer nobody knows before. */
import * as eks from '@pulumi/aws/eks';
import { defineCluster, defineWorkloadIdentity } from 'symbolon';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

const made = new eks.Cluster('green', { name: 'green', roleArn: 'arn:aws:iam::111122223333:role/eks', vpcConfig: { subnetIds: ['subnet-1', 'subnet-2'] } });
const issuer = made.identities.apply(([identity]) => identity?.oidcs?.[0]?.issuer ?? '');

const cluster = (name: string, known?: string) => defineCluster({
  name, eks: { accountId: '111122223333', region: 'us-west-2', clusterName: name }, ...(known !== undefined && { issuer: known }),
});
const blue = cluster('blue', 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE');
const green = cluster('green');

new TrustAnchors('green', { cluster: green, facts: { issuer }, aws: ['111122223333'] });
const identity = new WorkloadIdentity('checkout', {
  definition: defineWorkloadIdentity({
    name: 'checkout',
    namespace: 'shop',
    clusters: [blue, green],
    trustedBy: { aws: { managedPolicies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'], on: { green: { roleName: 'checkout-green' } } } },
  }),
  halves: 'cloud',
  on: { green: { facts: { issuer } } },
});

export const symbolon = identity.facts;
export const handle = identity.on('green').handles.aws;
