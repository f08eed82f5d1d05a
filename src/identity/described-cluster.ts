import { valueAt } from './edge-facts';
import type { Facts } from './facts';
import { issuerOf, platformOf } from '../platforms';
import type { ClusterDefinition } from '../platforms/cluster';

/** What the proof has to know of a cluster besides its manifests. */
export interface DescribedCluster {
  readonly name: string;
  readonly issuer?: string;
  readonly workloadPool?: string;
  readonly resourceId?: string;
  readonly clusterArn?: string;
  readonly ramProvider?: string;
  readonly signingAlgorithms?: readonly string[];
}

/** What the definition of a cluster says, and what the facts add to it. */
export function describedCluster(cluster: ClusterDefinition, facts: Facts): DescribedCluster {
  const issuer = issuerOf(cluster) ?? valueAt(facts, ['clusters', cluster.name, 'issuer']);
  const platform = platformOf(cluster);
  const workloadPool = platform.workloadPoolOf?.(cluster);
  const resourceId = platform.resourceIdOf?.(cluster);
  const ramProvider = platform.ramProviderOf?.(cluster);
  const clusterArn = platform.clusterArnOf?.(cluster);
  return {
    name: cluster.name,
    ...(issuer !== undefined && { issuer }),
    ...(workloadPool !== undefined && { workloadPool }),
    ...(resourceId !== undefined && { resourceId }),
    ...(clusterArn !== undefined && { clusterArn }),
    ...(ramProvider !== undefined && { ramProvider }),
    ...(cluster.signingAlgorithms !== undefined && { signingAlgorithms: cluster.signingAlgorithms }),
  };
}
