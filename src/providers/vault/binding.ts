import type { BindingCommon, BindingHead } from '../binding';

/** How Vault gets to trust a pod. */
export type VaultMechanism =
  /** It asks the cluster's API server (TokenReview), which knows of pods and service accounts that are gone. */
  | 'kubernetes'
  /** It checks the signature with the cluster's public keys, and needs no way to the API server. */
  | 'jwt';

/** What tells apart those who log in, in Vault's own records of them. */
export type VaultAlias =
  /** The UID of the service account: one that is deleted and made anew is somebody else. */
  | 'uid'
  /** Its namespace and name: whoever can make a service account of that name is the same one. */
  | 'name';

/** Service accounts that a role lets in beside those of the identity, by patterns. */
export interface VaultUnsafeGlobs {
  /** Names with `*`, or `*` alone. */
  readonly serviceAccounts?: readonly string[];
  /** Namespaces with `*`, or `*` alone; never both lists at once. */
  readonly namespaces?: readonly string[];
  /** Why everybody who matches may come in. */
  readonly reason: string;
}

/** The fields of a Vault or OpenBao binding that may differ from cluster to cluster. */
export interface VaultBindingFields extends BindingCommon {
  /** @default 'kubernetes' */
  readonly mechanism?: VaultMechanism;
  /** The address of the server, an https URL without a path. Always said: pods and tokens name it. */
  readonly address?: string;
  /** The namespace of Vault Enterprise, HCP or OpenBao: `team-a` or `org/team-a`. @default none */
  readonly vaultNamespace?: string;
  /** The path that the auth method is mounted at, without `auth/`. A mount knows one cluster. @default the mechanism */
  readonly mount?: string;
  /** At most 255 of `a-z 0-9 . _ -`. @default the identity's name */
  readonly roleName?: string;
  /** The role is made elsewhere: only the pod side is made here. @default false */
  readonly existing?: boolean;
  /** The audience of the token, and of the role: one that names this server. @default the address */
  readonly audience?: string;
  /** @default 'uid' */
  readonly alias?: VaultAlias;
  /** The names of Vault's policies. @default none but Vault's own `default` */
  readonly tokenPolicies?: readonly string[];
  /** Seconds that Vault's token lives at first. @default the mount's */
  readonly tokenTtl?: number;
  /** Seconds that Vault's token lives at most, renewed or not. @default the mount's */
  readonly tokenMaxTtl?: number;
  /** Method `kubernetes`: lets in whoever matches a pattern, too. The proof calls them strangers. @default nobody */
  readonly unsafeGlobs?: VaultUnsafeGlobs;
  /** Lifetime of the Kubernetes token, seconds, 600 to 4294967296. @default 3600 */
  readonly expirationSeconds?: number;
}

/** A role of Vault or OpenBao that trusts the identity. https://developer.hashicorp.com/vault/api-docs/auth/kubernetes */
export interface VaultBinding extends VaultBindingFields, BindingHead {
  /** @default the key under `trustedBy` */
  readonly provider?: 'vault';
  /** What is different on one cluster, by the cluster's name. */
  readonly on?: { readonly [cluster: string]: VaultBindingFields };
}
