/** The Pulumi program of the repository. */
import { blue, checkout, reports } from './identities';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

new TrustAnchors('prod-blue', { cluster: blue, aws: ['111122223333'] });
for (const definition of [checkout, reports]) new WorkloadIdentity(definition.name, { definition, halves: 'cloud' });
