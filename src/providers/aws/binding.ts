import type { BindingCommon, BindingHead, ValueOrFact } from '../binding';

/** How AWS gets to trust a pod. */
export type AwsMechanism =
  /** IAM roles for service accounts: a role that trusts the cluster's OIDC issuer. Works on any cluster. */
  | 'irsa'
  /** EKS Pod Identity: an association in the cluster's account. */
  | 'pod-identity';

/** An IAM policy document. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface AwsPolicyDocument {
  /** @default '2012-10-17' */
  readonly Version?: string;
  readonly Statement: readonly AwsPolicyStatement[];
}

/** One statement of an IAM policy. */
export interface AwsPolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}

/** The fields of an AWS binding that may differ from cluster to cluster. */
export interface AwsBindingFields extends BindingCommon {
  /** @default on EKS `irsa`; elsewhere `irsa` */
  readonly mechanism?: AwsMechanism;
  /** The account that owns the role, 12 digits. @default the account of the EKS cluster, else a fact */
  readonly accountId?: string;
  /** @default the partition of the EKS cluster, else `aws` */
  readonly partition?: string;
  /** At most 64 of `A-Z a-z 0-9 + = , . @ _ -`. @default the identity's name */
  readonly roleName?: string;
  /** The path of the role: `/` or `/…/`. @default '/' */
  readonly rolePath?: string;
  /** The role is made elsewhere, trust included: only the pod side is made here. @default false */
  readonly existing?: boolean;
  /** ARNs of managed policies to attach. */
  readonly managedPolicies?: readonly ValueOrFact[];
  /** Policies that live in the role, by name. */
  readonly inlinePolicies?: { readonly [name: string]: AwsPolicyDocument };
  /** ARN of the policy that bounds what the role may ever do. */
  readonly permissionsBoundary?: ValueOrFact;
  /** Longest session, seconds, 3600 to 43200. @default 3600, as IAM has it */
  readonly maxSessionDuration?: number;
  readonly description?: string;
  readonly tags?: { readonly [key: string]: string };
  /** The audience of the token. It must be in the client id list of the OIDC provider. @default 'sts.amazonaws.com', in China too */
  readonly audience?: string;
  /** Lifetime of the token, seconds, 600 to 86400. @default 86400, as the EKS webhook has it */
  readonly expirationSeconds?: number;
  /** The region that the application's SDK uses. @default the region of the EKS cluster, else none is set */
  readonly region?: string;
  /**
   * Characters that the trust policy may have, blanks not counted: the account's quota for role trust policies.
   * @default 2048, which every account has; raise it with the quota, up to 8192
   */
  readonly trustPolicyQuota?: number;
}

/** An IAM role that trusts the identity. https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html */
export interface AwsBinding extends AwsBindingFields, BindingHead {
  /** @default the key under `trustedBy` */
  readonly provider?: 'aws';
  /** What is different on one cluster, by the cluster's name. */
  readonly on?: { readonly [cluster: string]: AwsBindingFields };
}
