import type { BindingCommon, BindingHead, ValueOrFact } from '../binding';

/** How Google Cloud gets to trust a pod. */
export type GcpMechanism =
  /** Workload Identity Federation for GKE: the pod acts as a Google service account. */
  | 'service-account'
  /** Workload Identity Federation for GKE, without a Google service account: roles are granted to the pod's own principal. */
  | 'principal'
  /** A workload identity pool and provider, for clusters outside GKE. */
  | 'workload-identity-pool'
  /** The workload identity pool of the cluster's fleet, whose members may be anywhere. */
  | 'fleet';

/** One role on one resource; without a resource, on the project of the binding. Name one resource at most. */
export interface GcpGrant {
  /** `roles/storage.objectViewer`, `projects/<project>/roles/<role>` or `organizations/<number>/roles/<role>`. */
  readonly role: string;
  /** A project, by id. @default the project of the binding */
  readonly project?: ValueOrFact;
  /** A Cloud Storage bucket, by name. */
  readonly bucket?: ValueOrFact;
  /** A secret of Secret Manager: its name in the binding's project, or `projects/<project>/secrets/<name>`. */
  readonly secret?: ValueOrFact;
  /** A Pub/Sub topic: its name in the binding's project, or `projects/<project>/topics/<name>`. */
  readonly topic?: ValueOrFact;
}

/** How many are meant: every pod of the namespace, in every cluster of the project; or every pod of the cluster. */
export type GcpBreadth = 'namespace' | 'cluster';

/** Grants to more than the service accounts of the identity. */
export interface GcpUnsafeMembers {
  readonly everyPodOf: GcpBreadth;
  /** Why that is meant. */
  readonly reason: string;
}

/** The fields of a Google Cloud binding that may differ from cluster to cluster. */
export interface GcpBindingFields extends BindingCommon {
  /** @default on GKE `service-account`; elsewhere `workload-identity-pool` */
  readonly mechanism?: GcpMechanism;
  /** The project of the service account and of what is granted, by id. @default the project of the GKE cluster */
  readonly projectId?: string;
  /**
   * With a pool or a fleet: whether the pod acts as a Google service account. With `false` the roles are granted to the
   * pod's own principal, and no service account is made; not every service of Google's takes such principals
   * (https://cloud.google.com/iam/docs/federated-identity-supported-services).
   * @default true; on GKE the mechanism says it
   */
  readonly impersonate?: boolean;
  /** The part of its e-mail before the `@`: 6 to 30 of `a-z 0-9 -`, a letter first. @default the identity's name */
  readonly accountId?: string;
  /** The service account is made elsewhere: only its members and grants are made here. @default false */
  readonly existing?: boolean;
  /** @default the identity's name */
  readonly displayName?: string;
  readonly grants?: readonly GcpGrant[];
  /**
   * With the mechanism `principal`: the roles are granted to a set of pods that this one is among. What cannot be told
   * from the manifests is who else is in it, so the proof names it as strangers, whom the command line accepts for the reason.
   * https://cloud.google.com/iam/docs/principal-identifiers
   */
  readonly unsafeMembers?: GcpUnsafeMembers;
  /** The audience of the token; with a pool only: one of the `allowedAudiences` of the cluster's `gcpPool`. @default the first of them, else the name of the provider */
  readonly audience?: string;
  /** Lifetime of the token, seconds, 600 to 86400; 3600 at least where a webhook mounts it. @default 3600 */
  readonly expirationSeconds?: number;
}

/** A Google service account, or grants, for the identity. https://cloud.google.com/iam/docs/workload-identity-federation-with-kubernetes */
export interface GcpBinding extends GcpBindingFields, BindingHead {
  /** @default the key under `trustedBy` */
  readonly provider?: 'gcp';
  /** What is different on one cluster, by the cluster's name. */
  readonly on?: { readonly [cluster: string]: GcpBindingFields };
}
