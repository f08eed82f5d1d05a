import type { BindingCommon, BindingHead } from '../binding';

/** The fields of an Alibaba Cloud binding that may differ from cluster to cluster. */
export interface AlibabaBindingFields extends BindingCommon {
  /** RAM roles for service accounts. @default 'rrsa' */
  readonly mechanism?: 'rrsa';
  /** The account (UID) that owns the role. @default the account of the ACK cluster */
  readonly accountId?: string;
  /** @default the identity's name */
  readonly roleName?: string;
  readonly existing?: boolean;
  /** Names of policies to attach, by type. */
  readonly policies?: readonly { readonly name: string; readonly type: 'System' | 'Custom' }[];
  /** Lifetime of the token, seconds, 600 to 43200. @default 3600 */
  readonly expirationSeconds?: number;
  readonly maxSessionDuration?: number;
}

/** A RAM role that trusts the identity. Not built yet: refused with a finding. */
export interface AlibabaBinding extends AlibabaBindingFields, BindingHead {
  /** @default the key under `trustedBy` */
  readonly provider?: 'alibaba';
  /** What is different on one cluster, by the cluster's name. */
  readonly on?: { readonly [cluster: string]: AlibabaBindingFields };
}
