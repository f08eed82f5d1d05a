/**
 * A pod in an Istio mesh. istiod adds its own volume `istio-token` (audience istio-ca) to it when the pod is made; a
 * volume of that name in the manifest is one too many, so it is left to istiod. Tokens for other parties go beside it.
 */
import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { prod } from './cluster';
import { defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

// region: definition
export const cart = defineWorkloadIdentity({
  name: 'cart',
  namespace: 'shop',
  clusters: [prod],
  tokens: { pricing: { audience: 'https://pricing.example.com', containers: ['cart'] } },
});
// endregion

export const app = new App();
const chart = new Chart(app, 'istio', { namespace: 'shop' });
const deployment = new Deployment(chart, 'cart', {
  podMetadata: { labels: { 'sidecar.istio.io/inject': 'true' } },
  containers: [{ name: 'cart', image: 'shop/cart:3.0' }],
});
new WorkloadIdentity(chart, 'identity', { definition: cart, cluster: prod }).attachTo(deployment);
