/** An application that is made here, on two clusters, and two components on one that somebody else made. */
import { asApplication, aks } from '../support/definitions';
import { Provider } from '../support/resources';
import { defineCluster } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/pulumi';

const edge = defineCluster({ name: 'edge', issuer: 'https://oidc.example.com/edge' });
const APPLICATION = '/applications/00000000-0000-4000-8000-0000000000e1';
const on = { 'prod-aks': { kubernetes: new Provider('kubernetes', 'prod-aks') }, 'edge': { kubernetes: new Provider('kubernetes', 'edge') } };
const { roleAssignments } = asApplication.trustedBy?.azure ?? {};
const azure = { mechanism: 'application', tenantId: '00000000-0000-4000-8000-000000000001' } as const;
const shared = { ...azure, existing: true, applicationId: APPLICATION, clientId: '00000000-0000-4000-8000-0000000000e2' };

const checkout = new WorkloadIdentity('checkout', { definition: { ...asApplication, clusters: [aks, edge], trustedBy: { azure: { ...azure, roleAssignments: roleAssignments ?? [] } } }, halves: 'both', on });
const others = ['billing', 'audit'].map(name => new WorkloadIdentity(name, { definition: { ...asApplication, name, clusters: [aks, edge], trustedBy: { azure: shared } }, halves: 'both', on }));

export const symbolon = [checkout, ...others].map(identity => identity.facts);
