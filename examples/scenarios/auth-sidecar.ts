/**
 * A sidecar that calls the API for the application, and the only container with a token. It forwards requests and adds
 * the token to them; it never hands the token out, since whoever reaches its port would then have it.
 */
import { App, Chart } from 'cdk8s';
import { Deployment, EnvValue } from 'cdk8s-plus-28';
import { prod } from './cluster';
import { defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

// region: definition
export const orders = defineWorkloadIdentity({
  name: 'orders',
  namespace: 'shop',
  clusters: [prod],
  tokens: { api: { audience: 'https://api.example.com', containers: ['auth-proxy'] } },
});
// endregion

export const app = new App();
const chart = new Chart(app, 'auth-sidecar', { namespace: 'shop' });
const deployment = new Deployment(chart, 'orders', {
  // region: containers
  containers: [
    { name: 'orders', image: 'shop/orders:1.0', envVariables: { API_URL: EnvValue.fromValue('http://127.0.0.1:8181') } },
    { name: 'auth-proxy', image: 'shop/auth-proxy:1.0', args: ['--listen=127.0.0.1:8181', '--upstream=https://api.example.com'] },
  ],
  // endregion
});
new WorkloadIdentity(chart, 'identity', { definition: orders, cluster: prod }).attachTo(deployment);
