import { Cluster } from '../../api-server/support/cluster';
import { Kubelet } from '../../api-server/support/kubelet';
import { system } from '../../support/systems';
import type { ClusterInput } from 'symbolon';

/** What no definition and no document says: the tenant, and what Azure calls the identity that it makes. */
export const MADE_BY_AZURE = { tenantId: '9b1c2d3e-4f50-4a61-8b72-93c4d5e6f708', clientId: 'c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b', applicationId: '/applications/e5f60718-293a-44b5-86d7-e8f90a1b2c3d' };
const SUBSCRIPTION = '5d6e7f80-91a2-43b4-95c6-d7e8f9a0b1c2';

/** The project of both clusters of GKE. */
export const GKE_PROJECT = 'demo-project';

/** Outside GKE, Google knows them by pools of one project. */
const POOL = { gcpPool: { projectNumber: '123456789012' } };

/** One cluster of every kind, as its user describes it; the issuer is that of its API server. */
const INPUTS: { readonly [platform: string]: Omit<ClusterInput, 'name' | 'issuer'> } = {
  'eks': { eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'shop' }, ...POOL },
  'aks': { aks: { tenantId: MADE_BY_AZURE.tenantId, subscriptionId: SUBSCRIPTION }, ...POOL },
  'gke': { gke: { projectId: GKE_PROJECT, projectNumber: '210987654321', location: 'us-central1', clusterName: 'blue' } },
  'ack': { ack: { accountId: '1234567890123456', region: 'cn-hangzhou', clusterId: 'c0123456789abcdef0123456789abcdef' }, ...POOL },
  'self-managed': { ...POOL },
};

/** The platforms of the matrix. */
export const PLATFORMS = Object.keys(INPUTS);

/** A running cluster of a platform: what its users say of it, its API server, and the kubelet of its node. */
export interface PlatformCluster {
  readonly platform: string;
  readonly issuer: string;
  readonly server: Cluster;
  readonly kubelet: Kubelet;
}

const running = new Map<string, PlatformCluster>();

export function clusterOf(platform: string): PlatformCluster {
  const known = running.get(platform);
  if (known !== undefined) return known;
  const facts = system('platforms')[platform];
  if (facts === undefined) throw new Error(`there is no API server for ${platform}`);
  const server = new Cluster(facts);
  const cluster = { platform, issuer: facts.issuer, server, kubelet: new Kubelet(server) };
  running.set(platform, cluster);
  return cluster;
}

export function closeClusters(): void {
  for (const { server } of running.values()) server.close();
}

/** As EKS calls the cluster; undefined for those of others. */
export function clusterArnOf(platform: string): string | undefined {
  const { eks } = INPUTS[platform] ?? {};
  return eks === undefined ? undefined : `arn:aws:eks:${eks.region}:${eks.accountId}:cluster/${eks.clusterName}`;
}

export function clusterInputOf(platform: string): ClusterInput {
  const { issuer, server } = clusterOf(platform);
  // For Vault alone: its mounts know the API server, and the keys at the issuer.
  return { name: platform, issuer, ...INPUTS[platform], vault: { host: server.client.access.server, keys: 'discovery' } };
}
