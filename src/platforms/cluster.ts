/** How the pod side of a binding comes about. */
export type InjectionMode =
  /** Annotations and labels; the platform's own webhook or metadata server does the rest. */
  | 'webhook'
  /** The pod spec carries token, mount and environment itself: right on any cluster, and no webhook can be late. */
  | 'explicit'
  /** Only the trust: the application finds its token and names the cloud identity by itself. */
  | 'none';

/** Amazon EKS. */
export interface EksInput {
  /** The AWS account that the cluster lives in, 12 digits. */
  readonly accountId: string;
  /** The AWS region that the cluster lives in: `us-west-2`. */
  readonly region: string;
  /** The name of the cluster in EKS. */
  readonly clusterName: string;
  /** The AWS partition. @default that of the region: `aws-cn` for `cn-north-1`, `aws` for `us-west-2` */
  readonly partition?: string;
}

/** Azure Kubernetes Service. */
export interface AksInput {
  /** The Entra tenant, a GUID. */
  readonly tenantId: string;
  /** The Azure subscription that the cluster lives in, a GUID. */
  readonly subscriptionId?: string;
  /** The resource group that the cluster lives in. */
  readonly resourceGroup?: string;
  /** The name of the cluster in Azure. */
  readonly clusterName?: string;
}

/** Google Kubernetes Engine. */
export interface GkeInput {
  /** The project that the cluster lives in, by id: its workload pool is `<projectId>.svc.id.goog`. */
  readonly projectId: string;
  /** The project's number. Only principals are named by it. @default a fact */
  readonly projectNumber?: string;
  /** Region or zone of the cluster. With `clusterName` it gives the issuer. */
  readonly location?: string;
  /** The name of the cluster in GKE. */
  readonly clusterName?: string;
}

/** Alibaba Cloud Container Service for Kubernetes. */
export interface AckInput {
  /** The Alibaba Cloud account (UID) that the cluster lives in. */
  readonly accountId: string;
  /** The region that the cluster lives in: `cn-hangzhou`. */
  readonly region: string;
  /** The id of the cluster: `c` and 32 characters. */
  readonly clusterId: string;
}

/** How an issuer signs: the kind of key that kube-apiserver has. */
export type SigningAlgorithm = 'RS256' | 'ES256' | 'ES384' | 'ES512';

/** What of a workload identity pool is made elsewhere. */
export type GcpPoolExisting =
  /** The pool: by the anchors of another cluster, for one. */
  | 'pool'
  /** Pool and provider. */
  | 'provider';

/**
 * The workload identity pool and provider by which one Google Cloud project trusts a cluster outside GKE, as every
 * identity on the cluster uses them. https://cloud.google.com/iam/docs/workload-identity-federation-with-kubernetes
 */
export interface GcpPoolInput {
  /** The number of the project that holds the pool, not its id: by it Google names pools and principals. @default the cluster's fact `projectNumber` */
  readonly projectNumber?: string;
  /**
   * 4 to 32 of `a-z 0-9 -`, not beginning with `gcp-`. A pool that is deleted keeps its id for 30 days, in which it can
   * only be undeleted: take another id, or bring it back.
   * @default the cluster's name; where Google does not take that, its beginning and a hash
   */
  readonly poolId?: string;
  /** The provider in the pool that knows the cluster, with the same rules. @default as for the pool */
  readonly providerId?: string;
  /** What is made elsewhere. @default nothing: the anchors of this cluster are a pool and a provider */
  readonly existing?: GcpPoolExisting;
  /**
   * Stands before the subject, so that several clusters can share a pool: the pod becomes
   * `<prefix>::system:serviceaccount:<namespace>:<name>`. 1 to 32 of `a-z 0-9 -`. In a shared pool without it, the same
   * namespace and name are the same principal in each of its clusters.
   * @default no prefix
   */
  readonly subjectPrefix?: string;
  /** More of the token's claims, as attributes that conditions and principal sets can name: `{ namespace: "assertion['kubernetes.io']['namespace']" }`. Values are CEL. */
  readonly attributes?: { readonly [attribute: string]: string };
  /** A token that this CEL expression is not true of is refused by the provider. At most 4096 characters. @default every token of the issuer and the audience is taken */
  readonly attributeCondition?: string;
  /** Audiences that tokens may have instead of the provider's own name, at most 10. The first of them is the default of bindings. @default the provider's own name alone */
  readonly allowedAudiences?: readonly string[];
  /**
   * The cluster's public keys, a JSON Web Key Set of RSA and EC keys, for an issuer that Google cannot reach
   * (`kubectl get --raw /openid/v1/jwks`). It has to be uploaded anew whenever the cluster's keys change.
   * @default Google reads them at the issuer
   */
  readonly jwksJson?: string;
}

/** The cluster as a member of a fleet, whose workload identity pool it then belongs to. https://cloud.google.com/kubernetes-engine/fleet-management/docs/use-workload-identity */
export interface FleetInput {
  /** The fleet host project, by id: the pool is `<hostProjectId>.svc.id.goog`. */
  readonly hostProjectId: string;
  /** Its number. Only principals are named by it. @default the cluster's fact `hostProjectNumber` */
  readonly hostProjectNumber?: string;
  /** The cluster's name in the fleet. */
  readonly membership: string;
  /** Where the membership is registered. @default 'global' */
  readonly location?: string;
}

/** Whose token asks the cluster's API server whether that of a pod is right (TokenReview). */
export type VaultReviewer =
  /** One that Vault is given, of a service account with the ClusterRole `system:auth-delegator`: a secret, and so an argument of the Pulumi program alone. */
  | 'token'
  /** That of the service account that Vault itself runs as, in this very cluster. */
  | 'own-service-account'
  /** The pod's own: its token is for the API server then, and its service account may ask for reviews. */
  | 'client';

/** How Vault or OpenBao comes to know the cluster's tokens, as every identity on the cluster uses it. https://developer.hashicorp.com/vault/docs/auth/kubernetes */
export interface VaultClusterInput {
  /** Method `kubernetes`: the https URL of the API server, as Vault reaches it. Without it, the mount is configured elsewhere. */
  readonly host?: string;
  /** Method `kubernetes`: the certificates that the API server is known by, PEM. @default those of the system, or of Vault's own service account */
  readonly caCert?: string;
  /** Method `kubernetes`. @default 'token' */
  readonly reviewer?: VaultReviewer;
  /** Method `jwt`: where the keys of tokens come from. Without it, the mount is configured elsewhere. */
  readonly keys?: VaultKeys;
  /** Method `jwt`: the https URL of the keys, for `jwks`. */
  readonly jwksUrl?: string;
  /** Method `jwt`: the keys themselves, PEM, for `pem`: several while they change. */
  readonly publicKeys?: readonly string[];
}

/** Where the keys are that the cluster's tokens are checked with. */
export type VaultKeys =
  /** At the issuer, whose discovery document Vault can reach. */
  | 'discovery'
  /** At a URL of their own, where the issuer itself cannot be reached. */
  | 'jwks'
  /** In the configuration. */
  | 'pem';

/** Where APIs of your own find the cluster's public keys, as every binding to one says it: one of the two. */
export interface JwtClusterInput {
  /**
   * The keys themselves, a JSON Web Key Set (`kubectl get --raw /openid/v1/jwks`), for an issuer that APIs cannot reach.
   * It has to be given anew whenever the cluster's keys change.
   */
  readonly jwksJson?: string;
  /** The https URL of the keys, where APIs cannot read the issuer's discovery document. */
  readonly jwksUrl?: string;
}

/** Where identities run: a cluster, with the issuer that signs its tokens. Exactly one platform block, or none for a cluster that you run yourself. */
export interface ClusterInput {
  /** Your name for the cluster: a DNS label, used in file and resource names and wherever a definition refers to it. */
  readonly name: string;
  /**
   * The `iss` of its tokens: an https URL, kept byte for byte, trailing slash included.
   * Read it from the cluster, never build it: `kubectl get --raw /.well-known/openid-configuration`.
   * @default GKE: derived from project, location and name; elsewhere a fact
   */
  readonly issuer?: string;
  /**
   * How it signs its tokens, where the keys are yours: Entra takes RS256 only. Read it from `kubectl get --raw /openid/v1/jwks`.
   * @default what every relying party takes
   */
  readonly signingAlgorithms?: readonly SigningAlgorithm[];
  readonly eks?: EksInput;
  readonly aks?: AksInput;
  readonly gke?: GkeInput;
  readonly ack?: AckInput;
  /** How Google Cloud trusts the cluster, where it is none of GKE's. @default a pool and a provider that are called like the cluster */
  readonly gcpPool?: GcpPoolInput;
  /** The fleet that the cluster is a member of. */
  readonly fleet?: FleetInput;
  /** How Vault knows the cluster. @default its mounts are made and configured elsewhere */
  readonly vault?: VaultClusterInput;
  /** How APIs of your own check the cluster's tokens. @default they read the discovery document at the issuer */
  readonly jwt?: JwtClusterInput;
  /** @default `webhook` where the platform injects for the provider (EKS for AWS, AKS for Azure, GKE for Google, ACK for Alibaba Cloud), else `explicit` */
  readonly injection?: InjectionMode;
}

/** A cluster, checked and frozen: what {@link defineCluster} returns. It is plain data and may be given to {@link defineCluster} again. */
export type ClusterDefinition = ClusterInput;
