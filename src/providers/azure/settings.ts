import type { AzureBindingFields, AzureExpirationOn, AzureLayout } from './binding';
import { BINDING_AUDIENCE, CLOUDS, WEBHOOK_AUDIENCE } from './clouds';
import { sharedName } from './share';
import type { Deferrable } from '../../core/deferred';
import { late } from '../late';
import type { Edge, EdgeInput } from '../provider';

/** An Azure binding for one cluster, with every default filled in. */
export interface AzureSettings {
  /** What the user wrote, for rules about what has no use. */
  readonly said: AzureBindingFields;
  readonly tenantId: Deferrable<string>;
  readonly subscriptionId: string | undefined;
  readonly resourceGroup: string | undefined;
  readonly location: string | undefined;
  readonly identityName: string;
  readonly applicationName: string;
  /** As the definition says it: names of resources are made of it, and must not depend on facts. */
  readonly saidApplicationId: string | undefined;
  /** Only asked for where there is an application. */
  applicationId(): Deferrable<string>;
  readonly identityBindingName: string;
  readonly clientId: Deferrable<string>;
  /** Only asked for where a role is assigned. */
  principalId(): Deferrable<string>;
  readonly existing: boolean;
  readonly tags: { readonly [key: string]: string };
  /** Undefined in a cloud whose host nobody knows. */
  readonly authorityHost: string | undefined;
  /** Said by the binding, and not just that of the cloud. */
  readonly ownAuthorityHost: boolean;
  /** What the webhook has to be installed for, where that is not the public cloud. */
  readonly environment: string | undefined;
  readonly audience: string;
  readonly credentialName: string | undefined;
  readonly credentialQuota: number;
  readonly spreadOver: number;
  readonly roleAssignments: readonly { readonly role: string; readonly scope: Deferrable<string>; readonly id: string }[];
  readonly expirationSeconds: number;
  readonly expirationOn: AzureExpirationOn;
  readonly layout: AzureLayout;
  /** Whether the binding says it. */
  readonly ownLayout: boolean;
  readonly skipContainers: readonly string[] | undefined;
}

export type AzureEdge = Edge<AzureSettings>;

export const DEFAULT_SECONDS = 3600;
/** https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-considerations */
const DEFAULT_QUOTA = 20;

export function settingsOf(input: EdgeInput<AzureBindingFields>): AzureSettings {
  const { fields, cluster, identity, facts, variant } = input;
  const cloud = CLOUDS[fields.cloud ?? 'public'];
  const identityName = sharedName(fields.identityName ?? identity, variant);
  return {
    said: fields,
    tenantId: fields.tenantId ?? cluster.aks?.tenantId ?? facts.binding('tenantId', 'is the Entra tenant of the identity; set it, or give it as a fact'),
    subscriptionId: fields.subscriptionId ?? cluster.aks?.subscriptionId,
    resourceGroup: fields.resourceGroup,
    location: fields.location,
    identityName,
    applicationName: sharedName(fields.applicationName ?? identity, variant),
    saidApplicationId: fields.applicationId,
    applicationId: () => fields.applicationId ?? facts.binding('applicationId', 'is made by Entra (/applications/<object id>); pass --facts with the stack\'s outputs, or set it'),
    identityBindingName: fields.identityBindingName ?? identityName,
    clientId: fields.clientId ?? facts.binding('clientId', 'is made by Azure; pass --facts with the stack\'s outputs, or set it'),
    principalId: () => fields.principalId ?? facts.binding('principalId', 'is made by Azure, and role assignments name it; pass --facts with the stack\'s outputs, or set it'),
    existing: fields.existing ?? false,
    tags: fields.tags ?? {},
    authorityHost: fields.authorityHost ?? cloud.authorityHost,
    ownAuthorityHost: fields.authorityHost !== undefined,
    environment: cloud.environment,
    audience: fields.audience ?? usualAudience(input, cloud.audience),
    credentialName: fields.credentialName,
    credentialQuota: fields.credentialQuota ?? DEFAULT_QUOTA,
    spreadOver: fields.spreadOver ?? 1,
    roleAssignments: (fields.roleAssignments ?? []).map(({ role, scope }) => ({
      role,
      scope: late(scope, facts, 'is the scope of a role assignment'),
      id: `${role}@${typeof scope === 'string' ? scope : scope.fact}`,
    })),
    expirationSeconds: fields.expirationSeconds ?? DEFAULT_SECONDS,
    expirationOn: fields.expirationOn ?? 'service-account',
    layout: fields.layout ?? 'webhook-1.5',
    ownLayout: fields.layout !== undefined,
    skipContainers: fields.skipContainers,
  };
}

function usualAudience({ mechanism, injection }: EdgeInput<AzureBindingFields>, ofCloud: string): string {
  if (mechanism === 'identity-binding') return BINDING_AUDIENCE;
  return injection === 'webhook' ? WEBHOOK_AUDIENCE : ofCloud;
}
