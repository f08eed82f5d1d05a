/** A cluster that is there, and one that the stack makes, both with Outputs for their issuers; each has a role of its own. */
import * as pulumi from '@pulumi/pulumi';
import { ISSUERS, lateBlue, lateGreen } from '../support/definitions';
import { Cluster, Provider } from '../support/resources';
import { WorkloadIdentity } from 'symbolon/pulumi';

const green = new Cluster('green');

const identity = new WorkloadIdentity('checkout', {
  definition: {
    name: 'checkout',
    namespace: 'shop',
    clusters: [lateBlue, lateGreen],
    trustedBy: { aws: { managedPolicies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'], on: { 'prod-green': { roleName: 'checkout-green' } } } },
  },
  halves: 'both',
  on: {
    'prod-blue': { kubernetes: new Provider('kubernetes', 'blue'), facts: { issuer: pulumi.output(Promise.resolve(ISSUERS.blue)) } },
    'prod-green': { kubernetes: new Provider('kubernetes', 'green'), facts: { issuer: green.issuer } },
  },
});

export const symbolon = identity.facts;
export const handle = identity.on('prod-green').handles.aws;
