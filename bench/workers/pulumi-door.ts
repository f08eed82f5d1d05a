import { mocked } from '../mocked';
import { cluster, identity } from '../sample';
import { defineCluster, defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/pulumi';

mocked(n => {
  const blue = defineCluster(cluster);
  for (let i = 0; i < n; i++) {
    const definition = defineWorkloadIdentity({ ...identity(i), clusters: [blue] });
    new WorkloadIdentity(definition.name, { definition, halves: 'both' });
  }
});
