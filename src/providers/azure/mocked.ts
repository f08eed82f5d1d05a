import { given, textOf, uuidOf, type Fields, type MockedProvider, type MockedResource } from '../mocked';

/** Where identities are made. */
export interface AzurePlace {
  readonly subscriptionId: string;
  readonly tenantId: string;
}

const IDENTITY = 'azure-native:managedidentity:UserAssignedIdentity';
const APPLICATION = 'azuread:index/application:Application';

function identityId({ resourceGroupName, resourceName }: Fields, { subscriptionId }: AzurePlace): string {
  return `${inGroup(resourceGroupName, subscriptionId)}/Microsoft.ManagedIdentity/userAssignedIdentities/${textOf(resourceName)}`;
}

function inGroup(group: unknown, subscriptionId: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${textOf(group)}/providers`;
}

/** The same identity, whether its id begins with a subscription or not. Azure takes the letters of ids as one, whatever their case. */
const placeIn = (id: string): string => id.replace(/^\/?(subscriptions\/[^/]+\/)?/, '').toLowerCase();

/** Whom pods become by what belongs to an identity: its client id, which only the program that makes it can read. */
function clientIn(all: readonly MockedResource[], id: string): { readonly becomes: string } | { readonly of: string } {
  const found = all.find(resource => (resource.type === IDENTITY ? placeIn(resource.id) === placeIn(id) : resource.type === APPLICATION && resource.id === id));
  return found === undefined ? { of: id } : { becomes: textOf(found.outputs.clientId) };
}

/** Azure and Entra as a Pulumi program sees them: https://www.pulumi.com/registry/packages/azure-native/api-docs/managedidentity/ */
export const azure: MockedProvider<AzurePlace> = {
  place: { subscriptionId: '00000000-0000-4000-8000-000000000001', tenantId: '00000000-0000-4000-8000-000000000002' },
  types: {
    [IDENTITY]: {
      outputs: (inputs, name, place) => {
        const id = identityId({ ...inputs, resourceName: inputs.resourceName ?? name }, place);
        return { id, name: inputs.resourceName ?? name, clientId: uuidOf(`client ${id}`), principalId: uuidOf(`principal ${id}`), tenantId: place.tenantId, type: 'Microsoft.ManagedIdentity/userAssignedIdentities' };
      },
      document: ({ id, inputs: { location, tags } }) => ({ kind: 'managedidentity.UserAssignedIdentity', name: id, request: given({ location, tags }) }),
    },

    'azure-native:managedidentity:FederatedIdentityCredential': {
      outputs: (inputs, name, place) => ({
        id: `${identityId(inputs, place)}/federatedIdentityCredentials/${textOf(inputs.federatedIdentityCredentialResourceName) || name}`, name: inputs.federatedIdentityCredentialResourceName ?? name,
      }),
      document: ({ id, inputs: { issuer, subject, audiences, ...inputs } }, place, all) => ({
        kind: 'managedidentity.FederatedIdentityCredential', name: id, ...clientIn(all, identityId(inputs, place)), request: { properties: { issuer, subject, audiences } },
      }),
    },

    'azure-native:containerservice:IdentityBinding': {
      outputs: ({ resourceGroupName, resourceName, identityBindingName }, name, { subscriptionId }) => ({
        id: `${inGroup(resourceGroupName, subscriptionId)}/Microsoft.ContainerService/managedClusters/${textOf(resourceName)}/identityBindings/${textOf(identityBindingName) || name}`,
        name: identityBindingName ?? name,
      }),
      document: ({ id, inputs: { properties } }, _place, all) => {
        const bound = properties as { readonly managedIdentity?: { readonly resourceId?: unknown } | null } | null | undefined;
        return { kind: 'containerservice.IdentityBinding', name: id, ...clientIn(all, textOf(bound?.managedIdentity?.resourceId)), request: { properties } };
      },
    },

    [APPLICATION]: {
      outputs: ({ displayName }, name, { tenantId }) => {
        const objectId = uuidOf(`application ${tenantId} ${textOf(displayName)} ${name}`);
        return { id: `/applications/${objectId}`, objectId, clientId: uuidOf(`client ${objectId}`) };
      },
      document: ({ inputs: { displayName } }) => ({ kind: 'graph.Application', name: `/applications/${textOf(displayName)}`, request: { displayName } }),
    },

    'azuread:index/servicePrincipal:ServicePrincipal': {
      outputs: ({ clientId }, _name, { tenantId }) => {
        const objectId = uuidOf(`principal ${textOf(clientId)}`);
        return { id: `/servicePrincipals/${objectId}`, objectId, applicationTenantId: tenantId };
      },
      document: ({ inputs: { clientId } }, _place, all) => {
        const application = all.find(({ type, outputs }) => type === APPLICATION && outputs.clientId === clientId);
        return { kind: 'graph.ServicePrincipal', name: `/servicePrincipals/${textOf(application?.inputs.displayName) || textOf(clientId)}`, request: { appId: clientId } };
      },
    },

    'azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential': {
      outputs: ({ applicationId, displayName }) => {
        const credentialId = uuidOf(`credential ${textOf(applicationId)} ${textOf(displayName)}`);
        return { id: `${textOf(applicationId).replace('/applications/', '')}/federatedIdentityCredential/${credentialId}`, credentialId };
      },
      document: ({ inputs: { applicationId, displayName, ...request } }, _place, all) => ({
        kind: 'graph.FederatedIdentityCredential',
        name: `${textOf(applicationId)}/federatedIdentityCredentials/${textOf(displayName)}`,
        ...clientIn(all, textOf(applicationId)),
        request: { name: displayName, ...request },
      }),
    },

    'azure-native:authorization:RoleAssignment': {
      outputs: ({ scope, roleAssignmentName }, name) => ({
        id: `${textOf(scope)}/providers/Microsoft.Authorization/roleAssignments/${textOf(roleAssignmentName) || uuidOf(`assignment ${textOf(scope)} ${name}`)}`,
      }),
      document: ({ id, inputs: { scope: _scope, roleAssignmentName: _name, ...properties } }) => ({ kind: 'authorization.RoleAssignment', name: id, request: { properties } }),
    },
  },
};
