import { derive, type Deferrable } from '../../core/deferred';
import { groupBy } from '../group';
import type { TrustLayout } from '../provider';
import { RESOURCES, type ResourceKind } from './resources';
import type { GcpEdge } from './settings';

/** One role for one member on one resource; additive: other members of the role stay. https://cloud.google.com/iam/docs/reference/rest/v1/Policy */
export interface IamMember {
  readonly resource: Deferrable<string>;
  readonly role: string;
  readonly member: string;
}

/** https://cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts/create */
export interface CreateServiceAccount {
  readonly accountId: string;
  readonly serviceAccount: { readonly displayName: string };
}

/** Every document that this provider makes. */
export type GcpDocument =
  | TrustLayout<'iam.ServiceAccount', CreateServiceAccount>
  | TrustLayout<'iam.ServiceAccountMember' | (typeof RESOURCES)[ResourceKind]['kind'], IamMember>;

export const WORKLOAD_IDENTITY_USER = 'roles/iam.workloadIdentityUser';

export function trustOf(edges: readonly GcpEdge[]): readonly GcpDocument[] {
  return [...groupBy(edges, edge => edge.variant).values()].flatMap(accountDocuments);
}

function accountDocuments(edges: readonly GcpEdge[]): readonly GcpDocument[] {
  const [edge] = edges;
  if (edge === undefined) return [];
  const { settings } = edge;
  const base = [edge.binding, edge.variant].filter(part => part !== '').join('/');
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

/** The same namespace and name in any cluster of a project is the same member: it is granted once. */
function members(edges: readonly GcpEdge[], base: string, after: readonly string[]): readonly GcpDocument[] {
  return [...groupBy(edges, memberOf).entries()].map(([member, [edge]]) => ({
    provider: 'gcp',
    kind: 'iam.ServiceAccountMember',
    id: `${base}/${member.replace(/^serviceAccount:/, '')}`,
    binding: (edge as GcpEdge).binding,
    variant: (edge as GcpEdge).variant,
    name: `${accountName(edge as GcpEdge)} ${WORKLOAD_IDENTITY_USER} ${member}`,
    becomes: (edge as GcpEdge).settings.email,
    owned: false,
    after,
    request: { resource: accountName(edge as GcpEdge), role: WORKLOAD_IDENTITY_USER, member },
  }));
}

/** The member that stands for a Kubernetes service account. https://cloud.google.com/iam/docs/principal-identifiers */
export function memberOf({ settings, subject }: GcpEdge): string {
  return `serviceAccount:${settings.workloadPool ?? ''}[${subject.namespace}/${subject.serviceAccount}]`;
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
      owned: false,
      after,
      request: { resource, role: grant.role, member },
    };
  });
}

/** The full resource name of the service account. */
export function accountName({ settings }: GcpEdge): string {
  return `projects/${settings.projectId ?? ''}/serviceAccounts/${settings.email}`;
}
