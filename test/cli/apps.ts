/** Identities on AWS and Azure, for apps and files. */
export const IDENTITIES = `
import { defineCluster, defineWorkloadIdentity } from 'symbolon';
const eks = (name) => defineCluster({ name, issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/' + name.toUpperCase().padEnd(32, '0'), eks: { accountId: '111122223333', region: 'us-west-2', clusterName: name } });
export const blue = eks('blue');
export const green = eks('green');
export const checkout = defineWorkloadIdentity({ name: 'checkout', namespace: 'shop', clusters: [blue], trustedBy: { aws: {} } });
export const cart = defineWorkloadIdentity({ name: 'cart', namespace: 'shop', clusters: [blue, green], trustedBy: { aws: {} } });
export const azure = defineWorkloadIdentity({ name: 'azure', namespace: 'shop', clusters: [blue], trustedBy: { azure: { resourceGroup: 'shop', location: 'westeurope', subscriptionId: '5d6e7f80-91a2-43b4-95c6-d7e8f9a0b1c2', tenantId: '9b1c2d3e-4f50-4a61-8b72-93c4d5e6f708' } } });
`;
/** What every app begins with. */
export const HEAD = `
import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { WorkloadIdentity } from 'symbolon/cdk8s';
import { azure, blue, cart, checkout, green } from './identities';
const chart = (app, id) => new Chart(app, id, { namespace: 'shop' });
const web = (scope, id = 'web') => new Deployment(scope, id, { containers: [{ image: 'nginx' }] });
`;
/** The files of an app, with everything that its body names. */
export const app = (body: string): { readonly [path: string]: string } => ({ 'identities.ts': IDENTITIES, 'app.ts': `${HEAD}${body}` });
