/** Mounts of both methods for a cluster whose issuer the stack makes, and an identity that logs in at both. */
import { knownToVault, onVault } from '../support/definitions';
import { Cluster } from '../support/resources';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

const { issuer: _issuer, ...cluster } = knownToVault;
const facts = { issuer: new Cluster('blue').issuer };

const anchors = new TrustAnchors('prod-blue', {
  cluster,
  facts,
  vault: [
    { account: 'https://vault.example.com/v1/auth/kubernetes', secrets: { reviewerToken: 'a-token-that-nobody-may-read' } },
    { account: 'https://vault.example.com/v1/org/team/auth/jwt', realm: 'jwt' },
  ],
});
const identity = new WorkloadIdentity('checkout', { definition: { ...onVault, clusters: [cluster] }, halves: 'both', on: { 'prod-blue': { facts } } });

export const symbolon = [identity.facts, anchors.facts];
export const handles = identity.on('prod-blue').handles;
