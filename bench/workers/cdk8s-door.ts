import { ApiObject, App, Chart } from 'cdk8s';
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
    new WorkloadIdentity(chart, `identity-${i}`, { definition, cluster: blue }).attachTo(new ApiObject(chart, `web-${i}`, deployment(i)));
  }
  app.synth();
});
