/** An ACK cluster whose issuer the stack makes, and the provider that stands for another cluster. */
import * as pulumi from '@pulumi/pulumi';
import { blue, lateAck, onAck } from '../support/definitions';
import { Cluster } from '../support/resources';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

const account = new Cluster('account').issuer;
const identity = new WorkloadIdentity('checkout', { definition: { ...onAck, clusters: [lateAck] }, halves: 'both', on: { 'prod-ack': { facts: { issuer: new Cluster('ack').issuer } } } });
const anchors = new TrustAnchors('prod-blue', { cluster: blue, alibaba: [account] });

export const symbolon = identity.facts;
export const provider = pulumi.output(anchors.anchors).apply(made => made.alibaba?.[0]);
