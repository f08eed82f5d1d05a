import type { ApiResourceReference } from './api-resources';

/**
 * A resource as text, as `kubectl` writes it: `<resource>[.<group>][/<part of it>]`: `pods`, `pods/log`, `deployments.apps/scale`,
 * `certificates.cert-manager.io`. The group of what an API server has by itself can be left out: `deployments` is
 * `deployments.apps`. As data it is `{ apiGroup, resource }`, such as a constant of `ApiResource`.
 */
export type ApiResourceInput = string | ApiResourceReference;

/** The verbs of an API server on resources. Those by which somebody becomes more than he is are for raw rules. */
export type RbacVerb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** The verbs on URLs that are no resources: HTTP methods in lower case. */
export type UrlVerb = 'get' | 'head' | 'options' | 'post' | 'put' | 'patch' | 'delete';

/** Where something holds. */
export interface RbacScope {
  /** The namespaces in which it holds. @default the service account's own */
  readonly namespaces?: readonly string[];
  /** In every namespace, and for objects that have none. @default false */
  readonly clusterWide?: boolean;
  /** Why it may grant more than it says: with a reason given, there is no warning of it. */
  readonly unsafeReason?: string;
}

/** One thing that the identity may do in the Kubernetes API, as a Role says it. */
export interface RbacRuleInput extends RbacScope {
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, … */
  readonly verbs: readonly string[];
  /** Plural, lower case: `pods`, `pods/log`. */
  readonly resources: readonly string[];
  /** @default the core group, which is written `''` */
  readonly apiGroups?: readonly string[];
  /** The names of the objects it is limited to. @default all */
  readonly resourceNames?: readonly string[];
}

/** To read: `get`, `list` and `watch`. */
export interface RbacReadInput extends RbacScope {
  /** What is read: `['pods', 'deployments.apps']`. */
  readonly read: readonly ApiResourceInput[];
  /** The names of the objects it is limited to; they are listed and watched one by one, by the field `metadata.name`. @default all */
  readonly resourceNames?: readonly string[];
}

/** To read and to write: `get`, `list`, `watch`, `create`, `update`, `patch` and `delete`. No names: to create cannot be limited to one. */
export interface RbacReadWriteInput extends RbacScope {
  /** What is read and written: `['configmaps']`. */
  readonly readWrite: readonly ApiResourceInput[];
}

/** These verbs, and no others. */
export interface RbacAllowInput extends RbacScope {
  /** What may be done: `['get', 'patch']`. */
  readonly allow: readonly RbacVerb[];
  /** On what: `['deployments.apps/scale']`. */
  readonly on: readonly ApiResourceInput[];
  /** The names of the objects it is limited to. Not for `create` and `deletecollection`, whose requests have no name. @default all */
  readonly resourceNames?: readonly string[];
}

/** These verbs on URLs that are no resources. They are in no namespace, so that it always holds in the whole cluster. */
export interface RbacUrlInput {
  /** What may be done: `['get']`. */
  readonly allow: readonly UrlVerb[];
  /** `/metrics`, or with a star at the end `/healthz/*`. */
  readonly nonResourceURLs: readonly string[];
  /** Why it may grant more than it says: with a reason given, there is no warning of it. */
  readonly unsafeReason?: string;
}

/** All that a ClusterRole grants that is there already: in the namespaces, or in the whole cluster. */
export interface RbacClusterRoleInput extends RbacScope {
  /** Its name: `view`. */
  readonly clusterRole: string;
}

/** All that a Role grants that is there already. */
export interface RbacRoleInput {
  /** Its name. */
  readonly role: string;
  /** The namespaces that have such a Role. @default the service account's own */
  readonly namespaces?: readonly string[];
}

/** To ask for tokens of other service accounts, each by name: what controllers need that log in for somebody else. */
export interface RbacRequestTokensInput {
  /** The names of the service accounts. */
  readonly requestTokensOf: readonly string[];
  /** The namespaces that they are in. @default the service account's own */
  readonly namespaces?: readonly string[];
}

/** To have tokens reviewed, in the whole cluster: the ClusterRole `system:auth-delegator`, for who verifies the tokens of others by TokenReview. */
export interface RbacReviewTokensInput {
  readonly reviewTokens: true;
}

/** Who else may ask for tokens of this service account, and of no other: such as a controller of secrets or certificates that logs in for it. */
export interface RbacTokensRequestedByInput {
  /** Service accounts: `<namespace>/<name>`. */
  readonly tokensRequestedBy: readonly string[];
}

/**
 * Audiences for which nodes may ask for tokens of this service account though no pod and no CSI driver names them, as
 * credential providers of the kubelet do. https://kubernetes.io/docs/reference/access-authn-authz/node/#service-account-token-audience-restriction
 */
export interface RbacNodesMayRequestInput {
  /** The audiences. */
  readonly nodesMayRequest: readonly string[];
}

/** One thing that the identity may do in the Kubernetes API: in words, by a role that is there already, or as a raw rule. */
export type RbacInput =
  | RbacRuleInput
  | RbacReadInput
  | RbacReadWriteInput
  | RbacAllowInput
  | RbacUrlInput
  | RbacClusterRoleInput
  | RbacRoleInput
  | RbacRequestTokensInput
  | RbacReviewTokensInput
  | RbacTokensRequestedByInput
  | RbacNodesMayRequestInput;
