/** Two identities on AKS, whose client ids Azure makes. */
import { onAks } from '../support/definitions';
import { WorkloadIdentity } from 'symbolon/pulumi';

const identities = ['checkout', 'billing'].map(name => new WorkloadIdentity(name, { definition: { ...onAks, name }, halves: 'both' }));

export const symbolon = identities.map(identity => identity.facts);
