import type { Deferrable } from '../../core/deferred';
import { late } from '../late';
import type { Edge, EdgeInput } from '../provider';
import type { AzureBindingFields } from './binding';
import { CLOUDS, WEBHOOK_AUDIENCE } from './clouds';

/** An Azure binding for one cluster, with every default filled in. */
export interface AzureSettings {
  readonly tenantId: Deferrable<string>;
  readonly subscriptionId: string | undefined;
  readonly resourceGroup: string | undefined;
  readonly location: string | undefined;
  readonly identityName: string;
  readonly clientId: Deferrable<string>;
  /** Only asked for where a role is assigned. */
  principalId(): Deferrable<string>;
  readonly existing: boolean;
  readonly tags: { readonly [key: string]: string };
  readonly authorityHost: string;
  readonly audience: string;
  readonly credentialName: string | undefined;
  readonly roleAssignments: readonly { readonly role: string; readonly scope: Deferrable<string>; readonly id: string }[];
  readonly expirationSeconds: number;
}

export type AzureEdge = Edge<AzureSettings>;

export const DEFAULT_SECONDS = 3600;

export function settingsOf({ fields, cluster, identity, facts, injection }: EdgeInput<AzureBindingFields>): AzureSettings {
  const cloud = CLOUDS[fields.cloud ?? 'public'];
  return {
    tenantId: fields.tenantId ?? cluster.aks?.tenantId ?? facts.binding('tenantId', 'is the Entra tenant of the managed identity; set it, or give it as a fact'),
    subscriptionId: fields.subscriptionId ?? cluster.aks?.subscriptionId,
    resourceGroup: fields.resourceGroup,
    location: fields.location,
    identityName: fields.identityName ?? identity,
    clientId: fields.clientId ?? facts.binding('clientId', 'is made by Azure; pass --facts with the stack\'s outputs, or set it'),
    principalId: () => fields.principalId ?? facts.binding('principalId', 'is made by Azure, and role assignments name it; pass --facts with the stack\'s outputs, or set it'),
    existing: fields.existing ?? false,
    tags: fields.tags ?? {},
    authorityHost: cloud.authorityHost,
    audience: fields.audience ?? (injection === 'webhook' ? WEBHOOK_AUDIENCE : cloud.audience),
    credentialName: fields.credentialName,
    roleAssignments: (fields.roleAssignments ?? []).map(({ role, scope }) => ({
      role,
      scope: late(scope, facts, 'is the scope of a role assignment'),
      id: `${role}@${typeof scope === 'string' ? scope : scope.fact}`,
    })),
    expirationSeconds: fields.expirationSeconds ?? DEFAULT_SECONDS,
  };
}
