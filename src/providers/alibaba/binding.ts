import type { BindingCommon, BindingHead, ValueOrFact } from '../binding';

/** A policy that exists in the account. */
export interface AlibabaPolicy {
  /** The name of the policy: `AliyunOSSReadOnlyAccess`. */
  readonly name: ValueOrFact;
  /** Whether Alibaba Cloud keeps it or the account does. @default 'System' */
  readonly type?: AlibabaPolicyType;
}

/** Who keeps a policy: Alibaba Cloud, or the account itself. */
export type AlibabaPolicyType = 'System' | 'Custom';

/** A RAM policy document. https://www.alibabacloud.com/help/en/ram/user-guide/policy-structure-and-syntax */
export interface AlibabaPolicyDocument {
  /** @default '1' */
  readonly Version?: '1';
  readonly Statement: readonly AlibabaPolicyStatement[];
}

/** One statement of a RAM policy. */
export interface AlibabaPolicyStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}

/** What asks ACK's webhook for the pods of an identity. */
export type AlibabaOptIn =
  /** A label of the pods themselves, which needs nothing of the namespace (the add-on from version 0.2.0 on). */
  | 'pod-label'
  /** A label of the namespace, which you give it: `kubectl label namespace shop pod-identity.alibabacloud.com/injection=on`. */
  | 'namespace-label';

/** The fields of an Alibaba Cloud binding that may differ from cluster to cluster. */
export interface AlibabaBindingFields extends BindingCommon {
  /** RAM roles for service accounts. @default 'rrsa' */
  readonly mechanism?: 'rrsa';
  /** The account (UID) that owns the role. @default the account of the ACK cluster, else a fact */
  readonly accountId?: string;
  /** At most 64 of `A-Z a-z 0-9 . -`. @default the identity's name */
  readonly roleName?: string;
  /** The role is made elsewhere, trust included: only the pod side is made here. @default false */
  readonly existing?: boolean;
  /**
   * The name of the RAM OIDC provider that stands for the cluster; one that is named here exists already.
   * @default on ACK `ack-rrsa-<cluster id>`, which the cluster makes in its own account when RRSA is switched on; elsewhere the
   *   cluster's name, of a provider that is made here
   */
  readonly providerName?: string;
  /** Policies of the account to attach. */
  readonly policies?: readonly AlibabaPolicy[];
  /** Policies that are made for the role, by name: at most 128 of `A-Z a-z 0-9 -`. RAM has none that live in a role. */
  readonly customPolicies?: { readonly [name: string]: AlibabaPolicyDocument };
  /** 1 to 1024 characters. */
  readonly description?: string;
  /** Longest session, seconds, 3600 to 43200. @default 3600, as RAM has it */
  readonly maxSessionDuration?: number;
  /** Lifetime of the token, seconds, 600 to 43200. @default 3600 */
  readonly expirationSeconds?: number;
  /** What asks the webhook for the pods. @default 'pod-label' */
  readonly optIn?: AlibabaOptIn;
  /** The names of the containers, init containers among them, that get the credentials; `skipContainers` are taken out of them. @default all */
  readonly onlyContainers?: readonly string[];
  /** Whether pods are told the STS endpoint of the region, that of the VPC on ACK. @default as the add-on is configured; explicitly they are told the region alone */
  readonly injectStsEndpoint?: boolean;
  /** The region of the STS that pods ask: `cn-hangzhou`. @default the region of the ACK cluster, else none is set */
  readonly region?: string;
}

/** A RAM role that trusts the identity. https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/use-rrsa-to-authorize-pods-to-access-different-cloud-services */
export interface AlibabaBinding extends AlibabaBindingFields, BindingHead {
  /** @default the key under `trustedBy` */
  readonly provider?: 'alibaba';
  /** What is different on one cluster, by the cluster's name. */
  readonly on?: { readonly [cluster: string]: AlibabaBindingFields };
}
