import type { Deferrable } from '../../core/deferred';
import { workloadPoolOf } from '../../platforms/gke';
import { idOf, late } from '../late';
import type { Edge, EdgeInput } from '../provider';
import type { GcpBindingFields, GcpGrant } from './binding';
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
  readonly projectId: string | undefined;
  readonly accountId: string;
  readonly email: string;
  readonly existing: boolean;
  readonly displayName: string;
  readonly workloadPool: string | undefined;
  readonly grants: readonly GcpGrantSettings[];
  readonly expirationSeconds: number;
}

export type GcpEdge = Edge<GcpSettings>;

export function settingsOf(input: EdgeInput<GcpBindingFields>): GcpSettings {
  const { fields, cluster, identity } = input;
  const projectId = fields.projectId ?? cluster.gke?.projectId;
  const accountId = fields.accountId ?? identity;
  return {
    projectId,
    accountId,
    email: `${accountId}@${projectId ?? ''}.iam.gserviceaccount.com`,
    existing: fields.existing ?? false,
    displayName: fields.displayName ?? identity,
    workloadPool: cluster.gke === undefined ? undefined : workloadPoolOf(cluster.gke),
    grants: (fields.grants ?? []).map(grant => grantOf(grant, projectId ?? '', input)),
    expirationSeconds: fields.expirationSeconds ?? 3600,
  };
}

function grantOf(grant: GcpGrant, projectId: string, { facts }: EdgeInput<GcpBindingFields>): GcpGrantSettings {
  const named = (Object.keys(RESOURCES) as ResourceKind[]).filter(kind => grant[kind] !== undefined);
  const kind = named[0] ?? 'project';
  const value = grant[kind] ?? projectId;
  return { role: grant.role, kind, resource: late(value, facts, `is the ${kind} of a grant`), id: `${kind}/${idOf(value)}/${grant.role}`, named };
}
