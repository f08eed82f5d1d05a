/** `symbolon synth examples/tokens/app.ts` renders the workloads with their tokens, and says how long each lives. */
import { App, Chart, Cron } from 'cdk8s';
import { CronJob, Deployment, ServiceAccount } from 'cdk8s-plus-28';
import { edge, gateway, reportTokens } from './identities';
import { ProjectedTokens, WorkloadIdentity } from 'symbolon/cdk8s';

export const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });

const web = new Deployment(chart, 'gateway', {
  containers: [
    { name: 'gateway', image: 'shop/gateway:2.1' },
    { name: 'agent', image: 'hashicorp/vault:1.17' },
  ],
});
new WorkloadIdentity(chart, 'identity', { definition: gateway, cluster: edge }).attachTo(web);

// region: alone
const reports = new CronJob(chart, 'reports', {
  schedule: Cron.daily(),
  serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'reporter', 'reporter'),
  containers: [{ name: 'reports', image: 'shop/reports:1.0' }],
});
new ProjectedTokens(chart, 'report-tokens', reportTokens).attachTo(reports);
// endregion

app.synth();
