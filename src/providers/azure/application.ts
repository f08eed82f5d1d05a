import { credentialId, credentialName } from './credential-name';
import type { AzureDocument } from './documents';
import { applicationKey } from './identity-id';
import type { AzureEdge } from './settings';
import { subjectOf } from '../../core/claims';
import { derive } from '../../core/deferred';

/** An Entra application, the service principal that roles are assigned to, and its credentials. */
export function applicationDocuments(edge: AzureEdge, edges: readonly AzureEdge[], base: string): readonly AzureDocument[] {
  const { existing } = edge.settings;
  return [
    ...(existing ? [] : [application(edge, edges, base), servicePrincipal(edge, edges, base)]),
    ...edges.map(each => credential(each, base, existing ? [] : [base])),
  ];
}

/** The name is what people know it by: Entra makes the id, and takes one display name for many. */
function application(edge: AzureEdge, edges: readonly AzureEdge[], base: string): AzureDocument {
  const { applicationName, tenantId } = edge.settings;
  return {
    provider: 'azure',
    kind: 'graph.Application',
    id: base,
    binding: edge.binding,
    variant: edge.variant,
    name: `/applications/${applicationName}`,
    owned: true,
    ownedAs: derive([tenantId], known => `${known}/applications/${applicationName}`),
    request: { displayName: applicationName },
    provides: edges.flatMap(({ facts }) => [{ field: 'id', at: facts.addressOf('applicationId') }, { field: 'clientId', at: facts.addressOf('clientId') }]),
  };
}

function servicePrincipal(edge: AzureEdge, edges: readonly AzureEdge[], base: string): AzureDocument {
  return {
    provider: 'azure',
    kind: 'graph.ServicePrincipal',
    id: `${base}/principal`,
    binding: edge.binding,
    variant: edge.variant,
    name: `/servicePrincipals/${edge.settings.applicationName}`,
    owned: false,
    after: [base],
    request: { appId: edge.settings.clientId },
    provides: edges.flatMap(({ facts }) => [{ field: 'objectId', at: facts.addressOf('principalId') }, { field: 'applicationTenantId', at: facts.addressOf('tenantId') }]),
  };
}

function credential(edge: AzureEdge, base: string, after: readonly string[]): AzureDocument {
  const { settings, subject } = edge;
  const name = credentialName(edge);
  return {
    provider: 'azure',
    kind: 'graph.FederatedIdentityCredential',
    id: credentialId(edge, base),
    binding: edge.binding,
    variant: edge.variant,
    name: derive([settings.applicationId()], id => `${id}/federatedIdentityCredentials/${name}`),
    becomes: settings.clientId,
    owned: true,
    after,
    series: seriesOf(edge),
    request: { name, issuer: edge.facts.issuer(), subject: subjectOf(subject), audiences: [settings.audience] },
  };
}

/** Entra refuses writes to one application at the same time. Those whose ids only facts give could all be one. */
function seriesOf(edge: AzureEdge): string {
  const { existing, saidApplicationId } = edge.settings;
  return existing && saidApplicationId === undefined ? '/applications' : applicationKey(edge);
}
