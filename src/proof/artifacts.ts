import type { KubernetesObject } from '../kubernetes/manifest';

/** What the proof reads: what was rendered, and nothing of how. */
export interface Artifacts {
  readonly clusters: readonly ClusterArtifact[];
  /** The cloud half: requests to the clouds' APIs. */
  readonly trust: readonly TrustArtifact[];
}

/** The Kubernetes half in one cluster: its manifests, and who signs its tokens. */
export interface ClusterArtifact {
  readonly name: string;
  /** The `iss` of its tokens. Without it some questions cannot be decided, and the verdict says so. */
  readonly issuer?: string;
  /** GKE: the pool of the cluster's project; empty for a cluster that has none. @default read from a GKE issuer */
  readonly workloadPool?: string;
  /** AKS: the id of the cluster, which identity bindings belong to. Without it they cannot be decided. */
  readonly resourceId?: string;
  /** EKS: the ARN of the cluster, by which associations of Pod Identity know it. */
  readonly clusterArn?: string;
  /** ACK: the RAM OIDC provider that its webhook names, by ARN. */
  readonly ramProvider?: string;
  /** What its keys sign by: `RS256`. Several where keys are being changed. @default what every relying party takes */
  readonly signingAlgorithms?: readonly string[];
  readonly objects: readonly KubernetesObject[];
}

/** One request to a cloud's API. */
export interface TrustArtifact {
  readonly provider: string;
  readonly kind: string;
  readonly name: string;
  /** The cluster that it belongs to: anchors do. */
  readonly cluster?: string;
  readonly becomes?: string;
  readonly request: unknown;
  /** Fields of the request that matter and that nobody can read: they are not known before it is made, or secret. What depends on them cannot be decided. @default none */
  readonly unknown?: readonly string[];
}

/** Stands in a manifest for a text that nobody can read yet. What depends on it cannot be decided. */
export const NOT_KNOWN_YET = '(not known yet)';
