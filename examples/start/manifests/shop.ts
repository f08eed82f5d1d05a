import { App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-34';
import { defineCluster, defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

const blue = defineCluster({
  name: 'prod-blue',
  issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod-blue' },
});

const checkout = defineWorkloadIdentity({
  name: 'checkout',
  namespace: 'shop',
  clusters: [blue],
  trustedBy: { aws: { managedPolicies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] } },
});

export const app = new App();
const chart = new Chart(app, 'shop', { namespace: 'shop' });
const deployment = new Deployment(chart, 'checkout', { containers: [{ image: 'registry.example.com/checkout:1.0' }] });

new WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue }).attachTo(deployment);

app.synth(); // for cdk8s; symbolon renders the app by itself
