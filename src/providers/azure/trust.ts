import { subjectOf } from '../../core/claims';
import { derive, type Deferrable } from '../../core/deferred';
import { boundedName, hashOf } from '../../core/names';
import { groupBy } from '../group';
import type { TrustLayout } from '../provider';
import { assignmentName, roleDefinitionId } from './roles';
import type { AzureEdge } from './settings';

/** Every document that this provider makes: bodies of ARM's PUT requests, `name` is the resource id. https://learn.microsoft.com/en-us/rest/api/managedidentity/ */
export type AzureDocument =
  | TrustLayout<'managedidentity.UserAssignedIdentity', { readonly location: string; readonly tags?: { readonly [key: string]: string } }>
  | TrustLayout<'managedidentity.FederatedIdentityCredential', FederatedIdentityCredential>
  | TrustLayout<'authorization.RoleAssignment', RoleAssignment>;

/** https://learn.microsoft.com/en-us/rest/api/managedidentity/federated-identity-credentials/create-or-update */
export interface FederatedIdentityCredential {
  readonly properties: {
    readonly issuer: Deferrable<string>;
    readonly subject: string;
    readonly audiences: readonly string[];
  };
}

/** https://learn.microsoft.com/en-us/rest/api/authorization/role-assignments/create */
export interface RoleAssignment {
  readonly properties: {
    readonly roleDefinitionId: Deferrable<string>;
    readonly principalId: Deferrable<string>;
    /** Said, so that Azure does not look a principal up that it has only just made. */
    readonly principalType: 'ServicePrincipal';
  };
}

export function trustOf(edges: readonly AzureEdge[]): readonly AzureDocument[] {
  return [...groupBy(edges, edge => edge.variant).values()].flatMap(identityDocuments);
}

function identityDocuments(edges: readonly AzureEdge[]): readonly AzureDocument[] {
  const [edge] = edges;
  if (edge === undefined) return [];
  const base = [edge.binding, edge.variant].filter(part => part !== '').join('/');
  const after = edge.settings.existing ? [] : [base];
  return [
    ...(edge.settings.existing ? [] : [managedIdentity(edge, edges, base)]),
    ...edges.map(each => credential(each, base, after)),
    ...roleAssignments(edges, base, after),
  ];
}

function managedIdentity(edge: AzureEdge, edges: readonly AzureEdge[], base: string): AzureDocument {
  const { settings } = edge;
  const tags = Object.keys(settings.tags).length > 0 ? { tags: settings.tags } : {};
  return {
    provider: 'azure',
    kind: 'managedidentity.UserAssignedIdentity',
    id: base,
    binding: edge.binding,
    variant: edge.variant,
    name: identityId(edge),
    owned: true,
    request: { location: settings.location ?? '', ...tags },
    provides: ['clientId', 'principalId', 'tenantId'].flatMap(field => edges.map(each => ({ field, at: each.facts.addressOf(field) }))),
  };
}

/** Azure refuses writes to one identity at the same time, so its credentials are a series. */
function credential(edge: AzureEdge, base: string, after: readonly string[]): AzureDocument {
  const { settings, subject } = edge;
  const name = credentialName(edge);
  return {
    provider: 'azure',
    kind: 'managedidentity.FederatedIdentityCredential',
    id: `${base}/${edge.cluster.name}/${subject.namespace}/${subject.serviceAccount}`,
    binding: edge.binding,
    variant: edge.variant,
    name: `${identityId(edge)}/federatedIdentityCredentials/${name}`,
    becomes: settings.clientId,
    owned: true,
    after,
    series: identityId(edge),
    request: { properties: { issuer: edge.facts.issuer(), subject: subjectOf(subject), audiences: [settings.audience] } },
  };
}

/** Made of three names that hold no underscore, so that two of them never give one; a dot, which Azure does not take, becomes two. */
export function credentialName({ settings, cluster, subject }: AzureEdge): string {
  return settings.credentialName ?? boundedName([cluster.name, subject.namespace, subject.serviceAccount.replaceAll('.', '__')].join('_'), 120);
}

function roleAssignments(edges: readonly AzureEdge[], base: string, after: readonly string[]): readonly AzureDocument[] {
  const unique = groupBy(edges.flatMap(edge => edge.settings.roleAssignments.map(assignment => ({ edge, assignment }))), ({ assignment }) => assignment.id);
  return [...unique.values()].flatMap(group => group.slice(0, 1)).map(({ edge, assignment: { role, scope, id } }) => ({
    provider: 'azure',
    kind: 'authorization.RoleAssignment',
    id: `${base}/role/${role}/${hashOf(id, 8)}`,
    binding: edge.binding,
    variant: edge.variant,
    name: derive([scope], known => `${known}/providers/Microsoft.Authorization/roleAssignments/${assignmentName(identityId(edge), role, known)}`),
    owned: false,
    after,
    request: { properties: { roleDefinitionId: derive([scope], known => roleDefinitionId(role, known)), principalId: edge.settings.principalId(), principalType: 'ServicePrincipal' } },
  }));
}

/** The resource id of the managed identity, from the subscription down where it is known. */
export function identityId({ settings }: AzureEdge): string {
  const group = `resourceGroups/${settings.resourceGroup ?? ''}`;
  const from = settings.subscriptionId === undefined ? group : `/subscriptions/${settings.subscriptionId}/${group}`;
  return `${from}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${settings.identityName}`;
}
