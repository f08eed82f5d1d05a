/**
 * The cloud half, as a Pulumi program. The Kubernetes half is left to the cdk8s app, which reads the one value that
 * only Azure knows from this stack's output: `pulumi stack output --json > ../facts.json`.
 */
import { blobWriter, eks, gcsReader, s3Reader } from '../identities';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

new TrustAnchors('eks-demo', { cluster: eks, aws: ['111122223333'] });

const identities = [blobWriter, s3Reader, gcsReader].map(definition => new WorkloadIdentity(definition.name, { definition, halves: 'cloud' }));

export const symbolon = identities.map(identity => identity.facts);
