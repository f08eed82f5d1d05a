/**
 * The clusters that CLUSTERS names, with one identity in each cloud, whose credentials on Azure two components make.
 * ISSUERS is where their issuers are.
 */
import * as kubernetes from '@pulumi/kubernetes';
import { definitionsOf } from './definitions';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

const { clusters, checkout, billing } = definitionsOf(process.env);
const on = Object.fromEntries(clusters.map(({ name }) => [name, { kubernetes: new kubernetes.Provider(name, { context: name }) }]));

for (const cluster of clusters) new TrustAnchors(cluster.name, { cluster, aws: ['111122223333'] });

const identity = new WorkloadIdentity('checkout', { definition: checkout, halves: 'both', on });
new WorkloadIdentity('billing', { definition: billing, halves: 'both', on });

export const symbolon = identity.facts;
