import type { TokenFields, VolumeFields } from './projected-input';
import type { RbacInput } from '../kubernetes/rbac-input';
import type { ClusterInput, InjectionMode } from '../platforms/cluster';
import type { AlibabaBinding } from '../providers/alibaba/binding';
import type { AwsBinding } from '../providers/aws/binding';
import type { AzureBinding } from '../providers/azure/binding';
import type { GcpBinding } from '../providers/gcp/binding';
import type { JwtBinding } from '../providers/jwt/binding';
import type { VaultBinding } from '../providers/vault/binding';

/** One service account that an identity runs as. */
export interface ServiceAccountInput {
  /** A DNS label, at most 63 characters. */
  readonly namespace: string;
  /** A DNS subdomain, at most 253 characters. @default the identity's name */
  readonly serviceAccount?: string;
  /** Whether the ServiceAccount object is made here; `false` where Helm or another repository makes it. @default true */
  readonly create?: boolean;
  /** The names of the clusters that it runs in. @default every cluster of the identity */
  readonly clusters?: readonly string[];
}

/** One projected token, for a relying party that verifies Kubernetes' tokens itself. */
export interface TokenInput extends TokenFields {
  /** The names of the clusters in which there is such a token. @default every cluster of the identity */
  readonly clusters?: readonly string[];
}

/** One projected volume, for several tokens together or tokens beside other files. */
export interface VolumeInput extends VolumeFields {
  /** The names of the clusters in which there is such a volume. @default every cluster of the identity */
  readonly clusters?: readonly string[];
}

/** A binding of any provider. */
export type BindingInput = AwsBinding | AzureBinding | GcpBinding | AlibabaBinding | JwtBinding | VaultBinding;

/** Who shall trust the identity. The key is free where the binding names its `provider`; else it is the provider. */
export interface TrustedByInput {
  readonly aws?: AwsBinding;
  readonly azure?: AzureBinding;
  readonly gcp?: GcpBinding;
  readonly alibaba?: AlibabaBinding;
  readonly jwt?: JwtBinding;
  readonly vault?: VaultBinding;
  readonly [name: string]: BindingInput | undefined;
}

/** Everything about an identity but the clusters that it runs in. */
export interface IdentityFields {
  /** A DNS subdomain: the default for everything that needs a name. */
  readonly name: string;
  /** Short for `runsAs` with one service account. */
  readonly namespace?: string;
  /** Short for `runsAs` with one service account. @default the identity's name */
  readonly serviceAccount?: string;
  /** The service accounts that it runs as. */
  readonly runsAs?: readonly ServiceAccountInput[];
  /** Who shall trust it. */
  readonly trustedBy?: TrustedByInput;
  /** Tokens for relying parties of your own, by name. */
  readonly tokens?: { readonly [name: string]: TokenInput };
  /** Projected volumes that tokens share, or that hold other files. The name is that of the pod's volume. */
  readonly volumes?: { readonly [name: string]: VolumeInput };
  /** The group that may read every file of the pods' volumes, for containers that do not run as root: 1 to 2147483647. A pod's own is never overwritten. @default none */
  readonly fsGroup?: number;
  /** What it may do in the Kubernetes API. */
  readonly rbac?: readonly RbacInput[];
  /** Whether its pods get a token for the Kubernetes API: an hour long, projected, instead of the automounted one. @default true where `rbac` gives something to it, else false */
  readonly apiToken?: boolean;
  /** How the pod side of every binding comes about. @default each cluster's own */
  readonly injection?: InjectionMode;
  /** Labels of the ServiceAccount. */
  readonly labels?: { readonly [key: string]: string };
  /** Annotations of the ServiceAccount, beside those of the clouds. */
  readonly annotations?: { readonly [key: string]: string };
}

/** A workload identity, as its user writes it: who runs where, and who shall trust it. */
export interface WorkloadIdentityInput extends IdentityFields {
  /** The clusters it runs in. */
  readonly clusters: readonly ClusterInput[];
}

/** An identity in a definition file: clusters by name. */
export interface IdentityInFile extends IdentityFields {
  /** The names of the clusters it runs in. */
  readonly clusters: readonly string[];
}

/** A definition file, YAML or JSON. */
export interface DefinitionFile {
  /** For editors: the JSON Schema of this file. */
  readonly $schema?: string;
  readonly version: 1;
  readonly clusters: readonly ClusterInput[];
  readonly identities: readonly IdentityInFile[];
  /** Kubernetes manifests with pods. Each gets what the identity that it runs as needs. */
  readonly workloads?: readonly { readonly [key: string]: unknown }[];
}
