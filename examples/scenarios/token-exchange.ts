/**
 * An authorization server of your own exchanges the pod's token for one of its own (RFC 8693). The pod's token is for
 * that server alone: what the server issues is what other services see.
 */
import { App, Chart } from 'cdk8s';
import { Deployment, EnvValue } from 'cdk8s-plus-28';
import { prod } from './cluster';
import { defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

const AUTHORIZATION_SERVER = 'https://auth.example.com';

// region: definition
export const partner = defineWorkloadIdentity({
  name: 'partner-sync',
  namespace: 'partners',
  clusters: [prod],
  tokens: { subject: { audience: AUTHORIZATION_SERVER, expirationSeconds: 900, env: 'SUBJECT_TOKEN_FILE' } },
});
// endregion

export const app = new App();
const chart = new Chart(app, 'token-exchange', { namespace: 'partners' });
const deployment = new Deployment(chart, 'sync', {
  containers: [{ name: 'sync', image: 'partners/sync:4.0', envVariables: { TOKEN_ENDPOINT: EnvValue.fromValue(`${AUTHORIZATION_SERVER}/token`) } }],
});
new WorkloadIdentity(chart, 'identity', { definition: partner, cluster: prod }).attachTo(deployment);
