/** One application that calls three services, each of which takes its own token and no other: three files in one folder. */
import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { prod } from './cluster';
import { defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

// region: definition
export const orders = defineWorkloadIdentity({
  name: 'orders',
  namespace: 'shop',
  clusters: [prod],
  volumes: { services: { mountPath: '/var/run/secrets/services' } },
  tokens: {
    database: { audience: 'https://database.example.com', expirationSeconds: 3600, volume: 'services' },
    cache: { audience: 'https://cache.example.com', expirationSeconds: 1800, volume: 'services' },
    logging: { audience: 'https://logging.example.com', expirationSeconds: 900, volume: 'services' },
  },
});
// endregion

export const app = new App();
const chart = new Chart(app, 'multi-service', { namespace: 'shop' });
const deployment = new Deployment(chart, 'orders', { containers: [{ name: 'orders', image: 'shop/orders:5.2' }] });
new WorkloadIdentity(chart, 'identity', { definition: orders, cluster: prod }).attachTo(deployment);
