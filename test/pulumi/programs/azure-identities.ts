/** Two identities on AKS, whose client ids Azure makes. */
import { WorkloadIdentity } from 'symbolon/pulumi';
import { onAks } from '../support/definitions';

const identities = ['checkout', 'billing'].map(name => new WorkloadIdentity(name, { definition: { ...onAks, name }, halves: 'both' }));

export const symbolon = identities.map(identity => identity.facts);
