import type { ClusterInput, InjectionMode } from './cluster';
import type { Report } from '../core/issues';

/** The blocks of a cluster definition that name a platform. */
export type PlatformId = 'eks' | 'aks' | 'gke' | 'ack';

/** What a platform does for one provider without being told. */
export interface Usual {
  readonly mechanism: string;
  readonly injection: InjectionMode;
}

/** One kind of cluster, as a row of data and pure functions. */
export interface Platform {
  /** As its users call it, for messages. */
  readonly title: string;
  /** The longest lifetime that its API server grants, in seconds; longer ones are shortened without an error. */
  readonly maxTokenSeconds?: number;
  /** By provider: what the platform itself offers. A provider that is not listed has to bring everything in the pod. */
  readonly usual: { readonly [provider: string]: Usual };
  /** The issuer, where it follows from the platform block. */
  issuerOf?(cluster: ClusterInput): string | undefined;
  /** GKE: the pool that the cluster's service accounts belong to. */
  workloadPoolOf?(cluster: ClusterInput): string | undefined;
  /** AKS: the id of the cluster in Azure, as far as the definition says it. */
  resourceIdOf?(cluster: ClusterInput): string | undefined;
  /** EKS: the ARN of the cluster. */
  clusterArnOf?(cluster: ClusterInput): string | undefined;
  /** ACK: the RAM OIDC provider that its webhook names, by ARN; the roles that it names are of the same account. */
  ramProviderOf?(cluster: ClusterInput): string | undefined;
  /** The rules of the block, and of the issuer's shape. `path` is that of the cluster. */
  check(cluster: ClusterInput, path: string, report: Report): void;
}
