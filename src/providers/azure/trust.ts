import { applicationDocuments } from './application';
import { credentialId, credentialName } from './credential-name';
import type { AzureDocument } from './documents';
import { identityBinding } from './identity-binding';
import { identityId, principalKey } from './identity-id';
import { assignmentName, roleDefinitionId } from './roles';
import type { AzureEdge } from './settings';
import { subjectOf } from '../../core/claims';
import { derive } from '../../core/deferred';
import { hashOf } from '../../core/names';
import { groupBy } from '../group';

export function trustOf(edges: readonly AzureEdge[]): readonly AzureDocument[] {
  return [...groupBy(edges, edge => edge.variant).values()].flatMap(documentsOf);
}

function documentsOf(edges: readonly AzureEdge[]): readonly AzureDocument[] {
  const [edge] = edges;
  if (edge === undefined) return [];
  const base = [edge.binding, edge.variant].filter(part => part !== '').join('/');
  return edge.mechanism === 'application'
    ? [...applicationDocuments(edge, edges, base), ...roleAssignments(edges, base, edge.settings.existing ? [] : [`${base}/principal`])]
    : identityDocuments(edge, edges, base);
}

function identityDocuments(edge: AzureEdge, edges: readonly AzureEdge[], base: string): readonly AzureDocument[] {
  const after = edge.settings.existing ? [] : [base];
  const bound = edges.filter(({ mechanism }) => mechanism === 'identity-binding');
  return [
    ...(edge.settings.existing ? [] : [managedIdentity(edge, edges, base)]),
    ...edges.filter(({ mechanism }) => mechanism !== 'identity-binding').map(each => credential(each, base, after)),
    ...[...groupBy(bound, ({ cluster }) => cluster.name).values()].map(group => identityBinding(group[0] as AzureEdge, base, after)),
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
  return {
    provider: 'azure',
    kind: 'managedidentity.FederatedIdentityCredential',
    id: credentialId(edge, base),
    binding: edge.binding,
    variant: edge.variant,
    name: `${identityId(edge)}/federatedIdentityCredentials/${credentialName(edge)}`,
    becomes: settings.clientId,
    owned: true,
    after,
    series: identityId(edge),
    request: { properties: { issuer: edge.facts.issuer(), subject: subjectOf(subject), audiences: [settings.audience] } },
  };
}

function roleAssignments(edges: readonly AzureEdge[], base: string, after: readonly string[]): readonly AzureDocument[] {
  const unique = groupBy(edges.flatMap(edge => edge.settings.roleAssignments.map(assignment => ({ edge, assignment }))), ({ assignment }) => assignment.id);
  return [...unique.values()].flatMap(group => group.slice(0, 1)).map(({ edge, assignment: { role, scope, id } }) => ({
    provider: 'azure',
    kind: 'authorization.RoleAssignment',
    id: `${base}/role/${role}/${hashOf(id, 8)}`,
    binding: edge.binding,
    variant: edge.variant,
    name: derive([scope], known => `${known}/providers/Microsoft.Authorization/roleAssignments/${assignmentName(principalKey(edge), role, known)}`),
    owned: true,
    after,
    request: { properties: { roleDefinitionId: derive([scope], known => roleDefinitionId(role, known)), principalId: edge.settings.principalId(), principalType: 'ServicePrincipal' } },
  }));
}
