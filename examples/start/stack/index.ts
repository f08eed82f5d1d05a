import { blue, checkout } from './identities';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

// The IAM OIDC provider: once per cluster and account. Where it is there already, say existing: true.
new TrustAnchors('prod-blue', { cluster: blue, aws: ['111122223333'] });

const identity = new WorkloadIdentity('checkout', { definition: checkout, halves: 'cloud' });

export const role = identity.on(blue).handles.aws;
export const symbolon = identity.facts;
