/** The cloud half: what belongs to the clusters first, then who is trusted. pulumi config set --secret reviewerToken */
import * as pulumi from '@pulumi/pulumi';
import { VAULT, edge, eks, identities } from '../identities';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

const reviewerToken = new pulumi.Config().requireSecret('reviewerToken');

/** AKS and GKE need none, and that of ACK is there with RRSA. */
const anchors = [
  new TrustAnchors('eks', { cluster: eks, aws: ['111122223333'] }),
  new TrustAnchors('edge', {
    cluster: edge,
    gcp: ['123456789012'],
    vault: [{ account: `${VAULT}/v1/auth/edge`, secrets: { reviewerToken } }, { account: `${VAULT}/v1/auth/edge-jwt`, realm: 'jwt' }],
  }),
];

export const symbolon = identities.map(definition => new WorkloadIdentity(definition.name, { definition }, { dependsOn: anchors }).facts);
