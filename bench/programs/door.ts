import { cluster, identity } from '../sample';
import { defineCluster, defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/pulumi';

/** n identities, both halves, as Symbolon registers them. */
export function program(n: number): void {
  const blue = defineCluster(cluster);
  for (let i = 0; i < n; i++) {
    const definition = defineWorkloadIdentity({ ...identity(i), clusters: [blue] });
    new WorkloadIdentity(definition.name, { definition, halves: 'both' });
  }
}
