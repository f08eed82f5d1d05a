/** The cloud half: the pool of the EKS cluster, and after it the identities, since IAM takes no member of a pool that is not there. */
import { eks, reports, thumbnails } from '../identities';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

// region: pool
const anchors = new TrustAnchors('eks-prod', { cluster: eks, gcp: ['123456789012'] });

const identities = [reports, thumbnails].map(definition => new WorkloadIdentity(definition.name, { definition }, { dependsOn: anchors }));
// endregion

/** For grants on what nobody here has a row for: the member is the pod's own principal. */
export const principal = identities[1]?.on('eks-prod').handles.gcp;
export const symbolon = identities.map(identity => identity.facts);
