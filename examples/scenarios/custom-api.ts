/** A client that an API of your own knows by its token. How the API verifies it: docs/guides/accepting-tokens.md */
import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { prod } from './cluster';
import { defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

// region: definition
export const client = defineWorkloadIdentity({
  name: 'api-client',
  namespace: 'shop',
  clusters: [prod],
  // The application finds the file by the variable API_TOKEN_FILE.
  tokens: { api: { audience: 'https://api.example.com', expirationSeconds: 3600 } },
});
// endregion

export const app = new App();
const chart = new Chart(app, 'custom-api', { namespace: 'shop' });
const deployment = new Deployment(chart, 'client', { containers: [{ name: 'client', image: 'shop/api-client:2.1' }] });
new WorkloadIdentity(chart, 'identity', { definition: client, cluster: prod }).attachTo(deployment);
