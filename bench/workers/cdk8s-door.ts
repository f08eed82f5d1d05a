import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { cluster, deployment, identity } from '../sample';
import { timed } from '../timed';
import { defineCluster, defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

timed((n, outdir) => {
  const app = new App({ outdir });
  const chart = new Chart(app, 'shop');
  const blue = defineCluster(cluster);
  for (let i = 0; i < n; i++) {
    const definition = defineWorkloadIdentity({ ...identity(i), clusters: [blue] });
    // In a construct for each app, as by hand: the two trees are alike, and cdk8s has as many keys to learn in both.
    const scope = new Construct(chart, `app-${i}`);
    new WorkloadIdentity(scope, 'identity', { definition, cluster: blue }).attachTo(new ApiObject(scope, 'web', deployment(i)));
  }
  app.synth();
});
