/**
 * Two containers of one pod, each with a token for its own relying party. Both tokens say who the pod is, in the same
 * words; what differs is who takes them, and that neither container finds the other's.
 */
import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { prod } from './cluster';
import { defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

// region: definition
export const shop = defineWorkloadIdentity({
  name: 'shop',
  namespace: 'shop',
  clusters: [prod],
  tokens: {
    frontend: { audience: 'https://frontend.example.com', containers: ['frontend'] },
    backend: { audience: 'https://backend.example.com', containers: ['backend'] },
  },
});
// endregion

export const app = new App();
const chart = new Chart(app, 'two-containers', { namespace: 'shop' });
const deployment = new Deployment(chart, 'shop', {
  containers: [{ name: 'frontend', image: 'shop/frontend:1.0', port: 8080 }, { name: 'backend', image: 'shop/backend:1.0', port: 8081 }],
});
new WorkloadIdentity(chart, 'identity', { definition: shop, cluster: prod }).attachTo(deployment);
