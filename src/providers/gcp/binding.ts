import type { BindingCommon, BindingHead, ValueOrFact } from '../binding';

/** How Google Cloud gets to trust a pod. */
export type GcpMechanism =
  /** Workload Identity Federation for GKE: the pod acts as a Google service account. */
  | 'service-account'
  /** Workload Identity Federation for GKE, without a Google service account: roles are granted to the pod's own principal. */
  | 'principal'
  /** A workload identity pool and provider, for clusters outside GKE. */
  | 'workload-identity-pool';

/** One role on one resource; without a resource, on the project of the service account. Name one resource at most. */
export interface GcpGrant {
  /** `roles/storage.objectViewer`, `projects/<project>/roles/<role>` or `organizations/<number>/roles/<role>`. */
  readonly role: string;
  /** A project, by id. @default the project of the service account */
  readonly project?: ValueOrFact;
  /** A Cloud Storage bucket, by name. */
  readonly bucket?: ValueOrFact;
  /** A secret of Secret Manager: its name in the service account's project, or `projects/<project>/secrets/<name>`. */
  readonly secret?: ValueOrFact;
  /** A Pub/Sub topic: its name in the service account's project, or `projects/<project>/topics/<name>`. */
  readonly topic?: ValueOrFact;
}

/** The fields of a Google Cloud binding that may differ from cluster to cluster. */
export interface GcpBindingFields extends BindingCommon {
  /** @default on GKE `service-account`; elsewhere `workload-identity-pool` */
  readonly mechanism?: GcpMechanism;
  /** The project of the service account, by id. @default the project of the GKE cluster */
  readonly projectId?: string;
  /** The part of its e-mail before the `@`: 6 to 30 of `a-z 0-9 -`, a letter first. @default the identity's name */
  readonly accountId?: string;
  /** The service account is made elsewhere: only its members and grants are made here. @default false */
  readonly existing?: boolean;
  /** @default the identity's name */
  readonly displayName?: string;
  readonly grants?: readonly GcpGrant[];
  /** Lifetime of the token of explicit injection, seconds, 600 to 86400. @default 3600 */
  readonly expirationSeconds?: number;
}

/** A Google service account that trusts the identity. https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity */
export interface GcpBinding extends GcpBindingFields, BindingHead {
  /** @default the key under `trustedBy` */
  readonly provider?: 'gcp';
  /** What is different on one cluster, by the cluster's name. */
  readonly on?: { readonly [cluster: string]: GcpBindingFields };
}
