import type { Deferrable } from '../../core/deferred';
import { platformOf } from '../../platforms';
import { idOf, late } from '../late';
import type { Edge, EdgeInput } from '../provider';
import type { AwsBindingFields, AwsConditions, AwsMechanism, AwsPolicyDocument, AwsUnsafeChoice, AwsUnsafeSubjects } from './binding';

/** An AWS binding for one cluster, with every default filled in. */
export interface AwsSettings {
  readonly accountId: Deferrable<string>;
  readonly partition: string;
  readonly roleName: string;
  readonly rolePath: string;
  readonly existing: boolean;
  /** `given` is what the user wrote: the ARN, or the name of the fact. */
  readonly managedPolicies: readonly { readonly given: string; readonly arn: Deferrable<string> }[];
  readonly inlinePolicies: { readonly [name: string]: AwsPolicyDocument };
  readonly permissionsBoundary: Deferrable<string> | undefined;
  readonly maxSessionDuration: number | undefined;
  readonly description: string | undefined;
  readonly tags: { readonly [key: string]: string };
  readonly audience: string;
  readonly expirationSeconds: number;
  readonly region: string | undefined;
  /** Whether the binding says the region, and not the cluster. */
  readonly ownRegion: boolean;
  readonly trustPolicyQuota: number;
  /** Undefined where the binding does not say it. */
  readonly managedPolicyQuota: number | undefined;
  readonly skipContainers: readonly string[] | undefined;
  /** Empty where the role trusts one mechanism alone. */
  readonly alsoTrusts: readonly AwsMechanism[];
  readonly conditions: AwsConditions | undefined;
  readonly unsafeSubjects: AwsUnsafeSubjects | undefined;
  readonly clustersPerRole: number | undefined;
  readonly podIdentity: PodIdentitySettings | undefined;
}

/** What only Pod Identity has; left out where neither the mechanism nor `alsoTrusts` names it. */
export interface PodIdentitySettings {
  readonly targetRole: Deferrable<string> | undefined;
  readonly disableSessionTags: boolean;
  readonly unsafeTrustWithoutTags: AwsUnsafeChoice | undefined;
  readonly sessionPolicy: AwsPolicyDocument | undefined;
  readonly associationTags: { readonly [key: string]: string };
  readonly agentOverIpv6: boolean;
}

export type AwsEdge = Edge<AwsSettings>;

export const DEFAULT_AUDIENCE = 'sts.amazonaws.com';
export const DEFAULT_SECONDS = 86400;
/** The audience that the agent of Pod Identity takes, in every partition. */
export const PODS_AUDIENCE = 'pods.eks.amazonaws.com';

/** Whether the role trusts pods of this edge by that mechanism, be it beside another one. */
export function trusts({ mechanism, settings }: AwsEdge, which: AwsMechanism): boolean {
  return mechanism === which || settings.alsoTrusts.includes(which);
}

const NONE: readonly never[] = [];

export function settingsOf({ fields, cluster, identity, facts, mechanism }: EdgeInput<AwsBindingFields>): AwsSettings {
  const alsoTrusts = fields.alsoTrusts ?? NONE;
  return {
    accountId: fields.accountId ?? cluster.eks?.accountId ?? facts.binding('accountId', 'is the account that owns the role; set it in the definition, or give it as a fact'),
    partition: fields.partition ?? cluster.eks?.partition ?? 'aws',
    roleName: fields.roleName ?? identity,
    rolePath: fields.rolePath ?? '/',
    existing: fields.existing ?? false,
    managedPolicies: (fields.managedPolicies ?? []).map(policy => ({
      given: idOf(policy),
      arn: late(policy, facts, 'is the ARN of a managed policy'),
    })),
    inlinePolicies: fields.inlinePolicies ?? {},
    permissionsBoundary: fields.permissionsBoundary === undefined ? undefined : late(fields.permissionsBoundary, facts, 'is the ARN of the permissions boundary'),
    maxSessionDuration: fields.maxSessionDuration,
    description: fields.description,
    tags: fields.tags ?? {},
    audience: fields.audience ?? DEFAULT_AUDIENCE,
    expirationSeconds: fields.expirationSeconds ?? Math.min(DEFAULT_SECONDS, platformOf(cluster).maxTokenSeconds ?? DEFAULT_SECONDS),
    region: fields.region ?? cluster.eks?.region,
    ownRegion: fields.region !== undefined,
    trustPolicyQuota: fields.trustPolicyQuota ?? 2048,
    managedPolicyQuota: fields.managedPolicyQuota,
    skipContainers: fields.skipContainers,
    alsoTrusts,
    conditions: fields.conditions,
    unsafeSubjects: fields.unsafeSubjects,
    clustersPerRole: fields.clustersPerRole,
    podIdentity: mechanism === 'pod-identity' || alsoTrusts.includes('pod-identity') ? podIdentityOf(fields, facts) : undefined,
  };
}

function podIdentityOf(fields: AwsBindingFields, facts: EdgeInput<AwsBindingFields>['facts']): PodIdentitySettings {
  return {
    targetRole: fields.targetRole === undefined ? undefined : late(fields.targetRole, facts, 'is the ARN of the target role'),
    disableSessionTags: fields.disableSessionTags ?? false,
    unsafeTrustWithoutTags: fields.unsafeTrustWithoutTags,
    sessionPolicy: fields.sessionPolicy,
    associationTags: fields.associationTags ?? {},
    agentOverIpv6: fields.agentOverIpv6 ?? false,
  };
}
