import type { Deferrable } from '../../core/deferred';
import { idOf, late } from '../late';
import type { Edge, EdgeInput } from '../provider';
import type { GcpBindingFields, GcpGrant, GcpUnsafeMembers } from './binding';
import { emailOf } from './email';
import { RESOURCES, type ResourceKind } from './resources';

/** A grant, its one resource found. */
export interface GcpGrantSettings {
  readonly role: string;
  readonly kind: ResourceKind;
  readonly resource: Deferrable<string>;
  readonly id: string;
  /** The fields that name a resource: more than one is a finding. */
  readonly named: readonly ResourceKind[];
}

/** A Google Cloud binding for one cluster, with every default filled in. */
export interface GcpSettings {
  /** What the user wrote, for rules about what has no use. */
  readonly said: GcpBindingFields;
  readonly projectId: string | undefined;
  /** Whether the pod acts as a service account. */
  readonly impersonates: boolean;
  /** Whether the user has said so, or not so. */
  readonly impersonate: boolean | undefined;
  readonly accountId: string;
  readonly email: string;
  readonly existing: boolean;
  readonly displayName: string;
  readonly grants: readonly GcpGrantSettings[];
  readonly unsafeMembers: GcpUnsafeMembers | undefined;
  readonly audience: string | undefined;
  readonly expirationSeconds: number;
  readonly skipContainers: readonly string[] | undefined;
}

export type GcpEdge = Edge<GcpSettings>;

export function settingsOf(input: EdgeInput<GcpBindingFields>): GcpSettings {
  const { fields, cluster, identity, mechanism } = input;
  const projectId = fields.projectId ?? cluster.gke?.projectId;
  const accountId = fields.accountId ?? identity;
  return {
    said: fields,
    projectId,
    impersonates: mechanism === 'service-account' || (mechanism !== 'principal' && fields.impersonate !== false),
    impersonate: fields.impersonate,
    accountId,
    email: emailOf(accountId, projectId ?? ''),
    existing: fields.existing ?? false,
    displayName: fields.displayName ?? identity,
    grants: (fields.grants ?? []).map(grant => grantOf(grant, projectId ?? '', input)),
    unsafeMembers: fields.unsafeMembers,
    audience: fields.audience,
    expirationSeconds: fields.expirationSeconds ?? 3600,
    skipContainers: fields.skipContainers,
  };
}

function grantOf(grant: GcpGrant, projectId: string, { facts }: EdgeInput<GcpBindingFields>): GcpGrantSettings {
  const named = (Object.keys(RESOURCES) as ResourceKind[]).filter(kind => grant[kind] !== undefined);
  const kind = named[0] ?? 'project';
  const value = grant[kind] ?? projectId;
  return { role: grant.role, kind, resource: late(value, facts, `is the ${kind} of a grant`), id: `${kind}/${idOf(value)}/${grant.role}`, named };
}

/** Whether what is granted can only be told with the binding's project. */
export function isInProject({ kind, named, resource }: GcpGrantSettings): boolean {
  if (kind === 'project') return named.length === 0;
  return kind !== 'bucket' && !(typeof resource === 'string' && resource.startsWith('projects/'));
}
