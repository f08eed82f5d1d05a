import { ApiObject, App, Chart } from 'cdk8s';
import { defineCluster, defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

const blue = defineCluster({ name: 'blue', issuer: 'https://oidc.example.com' });
const checkout = defineWorkloadIdentity({ name: 'checkout', namespace: 'shop', clusters: [blue], trustedBy: { aws: { accountId: '111122223333' } } });
const chart = new Chart(new App(), 'shop');
const deployment = new ApiObject(chart, 'deployment', {
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'checkout', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'checkout' } }, template: { metadata: { labels: { app: 'checkout' } }, spec: { containers: [{ name: 'app', image: 'checkout' }] } } },
});
new WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue }).attachTo(deployment);
const objects = chart.toJson();
console.log(JSON.stringify({
  kinds: objects.map(({ kind }) => kind),
  account: objects.find(({ kind }) => kind === 'Deployment').spec.template.spec.serviceAccountName,
}));
