import { derive, type Deferrable } from '../../core/deferred';
import { groupBy } from '../group';
import type { TrustLayout } from '../provider';
import { federationOf } from './federation';
import { granteeOf } from './grantee';
import { RESOURCES, type ResourceKind } from './resources';
import { isInProject, type GcpEdge, type GcpGrantSettings } from './settings';

/** One role for one member on one resource; additive: other members of the role stay. https://cloud.google.com/iam/docs/reference/rest/v1/Policy */
export interface IamMember {
  readonly resource: Deferrable<string>;
  readonly role: string;
  readonly member: Deferrable<string>;
}

/** https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts/create */
export interface CreateServiceAccount {
  readonly accountId: string;
  readonly serviceAccount: { readonly displayName: string };
}

/** Every document that identities are made of. */
export type GcpDocument =
  | TrustLayout<'iam.ServiceAccount', CreateServiceAccount>
  | TrustLayout<'iam.ServiceAccountMember' | (typeof RESOURCES)[ResourceKind]['kind'], IamMember>;

export const WORKLOAD_IDENTITY_USER = 'roles/iam.workloadIdentityUser';

export function trustOf(edges: readonly GcpEdge[]): readonly GcpDocument[] {
  const acting = edges.filter(edge => edge.settings.impersonates);
  const documents = [...groupBy(acting, edge => edge.variant).values()].flatMap(accountDocuments);
  return acting.length === edges.length ? documents : [...documents, ...directGrants(edges.filter(edge => !edge.settings.impersonates))];
}

function accountDocuments(edges: readonly GcpEdge[]): readonly GcpDocument[] {
  const [edge] = edges;
  if (edge === undefined) return [];
  const { settings } = edge;
  const base = baseOf(edge);
  const account: GcpDocument = {
    provider: 'gcp',
    kind: 'iam.ServiceAccount',
    id: base,
    binding: edge.binding,
    variant: edge.variant,
    name: accountName(edge),
    owned: true,
    request: { accountId: settings.accountId, serviceAccount: { displayName: settings.displayName } },
  };
  const after = settings.existing ? [] : [base];
  return [...(settings.existing ? [] : [account]), ...members(edges, base, after), ...grants(edges, base, after)];
}

/** Begins the ids of what one cloud identity is made of. */
function baseOf({ binding, variant }: GcpEdge): string {
  return [binding, variant].filter(part => part !== '').join('/');
}

/** The same namespace and name in any cluster of a project is the same member: it is granted once. */
function members(edges: readonly GcpEdge[], base: string, after: readonly string[]): readonly GcpDocument[] {
  return [...groupBy(edges, edge => federationOf(edge).idOf(edge))].map(([id, group]) => {
    const edge = group[0] as GcpEdge;
    const member = federationOf(edge).memberOf(edge);
    return {
      provider: 'gcp',
      kind: 'iam.ServiceAccountMember',
      id: `${base}/${id}`,
      binding: edge.binding,
      variant: edge.variant,
      name: derive([member], known => `${accountName(edge)} ${WORKLOAD_IDENTITY_USER} ${known}`),
      becomes: edge.settings.email,
      owned: true,
      after,
      request: { resource: accountName(edge), role: WORKLOAD_IDENTITY_USER, member },
    };
  });
}

function grants(edges: readonly GcpEdge[], base: string, after: readonly string[]): readonly GcpDocument[] {
  const unique = groupBy(edges.flatMap(edge => edge.settings.grants.map(grant => ({ edge, grant }))), ({ grant }) => grant.id);
  return [...unique.values()].flatMap(group => group.slice(0, 1)).map(({ edge, grant }) => {
    const member = `serviceAccount:${edge.settings.email}`;
    const resource = derive([grant.resource], value => RESOURCES[grant.kind].nameOf(value, edge.settings.projectId ?? ''));
    return {
      provider: 'gcp',
      kind: RESOURCES[grant.kind].kind,
      id: `${base}/grant/${grant.id}`,
      binding: edge.binding,
      variant: edge.variant,
      name: derive([resource], known => `${known} ${grant.role} ${member}`),
      owned: true,
      after,
      request: { resource, role: grant.role, member },
    };
  });
}

/** Without a service account each grant itself lets the pod in: clusters in which it is one principal share it. */
function directGrants(edges: readonly GcpEdge[]): readonly GcpDocument[] {
  const each = edges.flatMap(edge => edge.settings.grants.map(grant => ({ edge, grant, id: directId(edge, grant) })));
  return [...groupBy(each, ({ id }) => id)].flatMap(([id, group]) => group.slice(0, 1).map(({ edge, grant }) => {
    const { member } = granteeOf(edge);
    const resource = derive([grant.resource], value => RESOURCES[grant.kind].nameOf(value, edge.settings.projectId ?? ''));
    return {
      provider: 'gcp',
      kind: RESOURCES[grant.kind].kind,
      id,
      binding: edge.binding,
      variant: edge.variant,
      name: derive([resource, member], (on, to) => `${on} ${grant.role} ${to}`),
      becomes: member,
      owned: true,
      request: { resource, role: grant.role, member },
    };
  }));
}

/** A principal is what it is in every variant: which of them grants only matters for what is named inside the binding's project. */
function directId(edge: GcpEdge, grant: GcpGrantSettings): string {
  return `${isInProject(grant) ? baseOf(edge) : edge.binding}/${granteeOf(edge).id}/grant/${grant.id}`;
}

/** The full resource name of the service account. */
export function accountName({ settings }: GcpEdge): string {
  return `projects/${settings.projectId ?? ''}/serviceAccounts/${settings.email}`;
}
