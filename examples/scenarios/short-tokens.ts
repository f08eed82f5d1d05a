/**
 * Zero trust: every call is authenticated, with tokens that live as briefly as Kubernetes allows. Five minutes, as
 * tutorials have it, is not allowed: no API server issues less than ten. The pod may do nothing in the Kubernetes API.
 */
import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { prod } from './cluster';
import { defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

// region: definition
export const payments = defineWorkloadIdentity({
  name: 'payments',
  namespace: 'payments',
  clusters: [prod],
  tokens: { gateway: { audience: 'https://zero-trust-gateway.example.com', expirationSeconds: 600 } },
});
// endregion

export const app = new App();
const chart = new Chart(app, 'short-tokens', { namespace: 'payments' });
const deployment = new Deployment(chart, 'payments', { containers: [{ name: 'payments', image: 'payments/service:7.3' }] });
new WorkloadIdentity(chart, 'identity', { definition: payments, cluster: prod }).attachTo(deployment);
