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
  readonly Condition?: AwsConditions;
}

/** Conditions of a statement, by operator and key. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html */
export interface AwsConditions {
  readonly [operator: string]: { readonly [key: string]: string | readonly string[] };
}

/** Service accounts that a role trusts besides those of the definition. */
export interface AwsUnsafeSubjects {
  /** `system:serviceaccount:<namespace>:<name>`, where `*` and `?` stand for any text and any character; never all of them. */
  readonly like: readonly string[];
  /** Why nothing narrower will do. It is shown with every warning about it. */
  readonly reason: string;
}

/** The decision that something weaker will do, with its reason. */
export interface AwsUnsafeChoice {
  /** Why nothing better will do. It is shown with every warning about it. */
  readonly reason: string;
}

/** The fields that EKS Pod Identity has and IAM roles for service accounts have not. */
export interface AwsPodIdentityFields {
  /** The ARN of a role, of any account, that the agent changes into with the role's own credentials. The role is allowed to; what the target trusts is for its maker to say. @default none */
  readonly targetRole?: ValueOrFact;
  /**
   * Pods get credentials without the six tags that say which pod it is. The role's trust cannot be limited to cluster, namespace and service account then,
   * so that it takes `unsafeTrustWithoutTags` too, unless the role exists. @default false
   */
  readonly disableSessionTags?: boolean;
  /** The role trusts whatever is associated with it in this cluster, whichever its service account: what is left where session tags are disabled. */
  readonly unsafeTrustWithoutTags?: AwsUnsafeChoice;
  /** What pods may do at most, whatever the role may. EKS takes it only where `disableSessionTags` is set. */
  readonly sessionPolicy?: AwsPolicyDocument;
  /** Tags of the associations. */
  readonly associationTags?: { readonly [key: string]: string };
  /** The pod reaches the agent at its IPv6 address; only explicit injection has to be told. @default false */
  readonly agentOverIpv6?: boolean;
}

/** The fields of an AWS binding that may differ from cluster to cluster. */
export interface AwsBindingFields extends BindingCommon, AwsPodIdentityFields {
  /** How pods get in. @default `irsa` */
  readonly mechanism?: AwsMechanism;
  /**
   * Mechanisms that the role trusts besides, while pods change from one to the other: first `mechanism: 'irsa'` with `['pod-identity']`, then the
   * other way round, then without. @default none
   */
  readonly alsoTrusts?: readonly AwsMechanism[];
  /** The account that owns the role, 12 digits; for Pod Identity that of the cluster. @default the account of the EKS cluster, else a fact */
  readonly accountId?: string;
  /** @default the partition of the EKS cluster, else `aws` */
  readonly partition?: string;
  /** At most 64 of `A-Z a-z 0-9 + = , . @ _ -`. @default the identity's name */
  readonly roleName?: string;
  /** The path of the role: `/` or `/…/`. @default '/' */
  readonly rolePath?: string;
  /** The role is made elsewhere, trust included: only the pod side is made here, and the associations of Pod Identity. @default false */
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
  /** Conditions of every statement of the trust policy, besides those that pin who is meant: they can only narrow it. @default none */
  readonly conditions?: AwsConditions;
  /** Service accounts that the role trusts by a pattern. Whoever may make a fitting one may become the role. @default none */
  readonly unsafeSubjects?: AwsUnsafeSubjects;
  /**
   * How many clusters one role is for. Of more clusters, the first so many (in the order of the definition's clusters) share `roleName`, the next
   * `roleName-2`, and so on: a cluster that is added at the end changes nobody's role. @default all of them
   */
  readonly clustersPerRole?: number;
  /** The audience of the token, for IAM roles for service accounts. It must be in the client id list of the OIDC provider. @default 'sts.amazonaws.com', in China too */
  readonly audience?: string;
  /** Lifetime of the token, seconds, 600 to 86400. @default 86400, as the EKS webhook has it; on a platform that grants no more than less, that */
  readonly expirationSeconds?: number;
  /** The region that the application's SDK uses. @default the region of the EKS cluster, else none is set */
  readonly region?: string;
  /**
   * Characters that the trust policy may have, blanks not counted: the account's quota for role trust policies.
   * @default 2048, which every account has; raise it with the quota, up to 8192
   */
  readonly trustPolicyQuota?: number;
  /**
   * Managed policies that a role may have: the account's quota `Managed policies attached to an IAM role`. More of them than what is
   * said here is an error; where nothing is said, up to 25 are a warning.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entities
   * @default 10, which every account has; raise it with the quota, up to 25
   */
  readonly managedPolicyQuota?: number;
}

/**
 * An IAM role that trusts the identity.
 * https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html, https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 */
export interface AwsBinding extends AwsBindingFields, BindingHead {
  /** @default the key under `trustedBy` */
  readonly provider?: 'aws';
  /** What is different on one cluster, by the cluster's name. */
  readonly on?: { readonly [cluster: string]: AwsBindingFields };
}
