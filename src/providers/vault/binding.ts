import type { BindingCommon, BindingHead } from '../binding';

/** The fields of a Vault or OpenBao binding that may differ from cluster to cluster. */
export interface VaultBindingFields extends BindingCommon {
  /** Vault's Kubernetes auth method (TokenReview) or its JWT auth method (signature). */
  readonly mechanism?: 'kubernetes' | 'jwt';
  /** The address of the server: an https URL. */
  readonly address?: string;
  /** The path that the auth method is mounted at. @default the mechanism */
  readonly mount?: string;
  readonly roleName?: string;
  readonly existing?: boolean;
  readonly audience?: string;
  readonly tokenPolicies?: readonly string[];
  /** Seconds. */
  readonly tokenTtl?: number;
  /** Lifetime of the Kubernetes token, seconds. */
  readonly expirationSeconds?: number;
}

/** A role of Vault or OpenBao that trusts the identity. Not built yet: refused with a finding. */
export interface VaultBinding extends VaultBindingFields, BindingHead {
  /** @default the key under `trustedBy` */
  readonly provider?: 'vault';
  /** What is different on one cluster, by the cluster's name. */
  readonly on?: { readonly [cluster: string]: VaultBindingFields };
}
