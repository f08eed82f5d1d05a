/**
 * From the automounted token to a projected one. The automounted token is off for the account and its pods; since the
 * identity has rules, what in-cluster clients look for is projected at the same place: a token of one hour, the
 * cluster's CA, and the namespace. The application stays as it is.
 */
import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { prod } from './cluster';
import { defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

// region: definition
export const controller = defineWorkloadIdentity({
  name: 'my-service-account',
  namespace: 'default',
  clusters: [prod],
  rbac: [{ verbs: ['get', 'list', 'watch'], resources: ['pods'] }],
});
// endregion

export const app = new App();
const chart = new Chart(app, 'migration', { namespace: 'default' });
const deployment = new Deployment(chart, 'migrated', { containers: [{ name: 'app', image: 'example/controller:1.0' }] });
new WorkloadIdentity(chart, 'identity', { definition: controller, cluster: prod }).attachTo(deployment);
