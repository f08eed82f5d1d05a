import type * as pulumi from '@pulumi/pulumi';
import type { AzureDocument } from './documents';
import { requirePeer } from '../../core/peer';
import { lift } from '../../pulumi/pending';
import { loaderOf } from '../../pulumi/resource';
import { segment } from '../../pulumi/segment';

const NATIVE = '@pulumi/azure-native@^3.2.0';
/** The first that is known to have identity bindings. */
const NATIVE_WITH_BINDINGS = '@pulumi/azure-native@^3.28.0';
const ENTRA = '@pulumi/azuread@^6.8.0';
const WHY = 'an Azure binding in a Pulumi program';
const WHY_ENTRA = 'an Entra application in a Pulumi program';
/* eslint-disable @typescript-eslint/no-require-imports */
const managedidentity = () => requirePeer(NATIVE, WHY, () => require('@pulumi/azure-native/managedidentity') as typeof import('@pulumi/azure-native/managedidentity'));
const authorization = () => requirePeer(NATIVE, WHY, () => require('@pulumi/azure-native/authorization') as typeof import('@pulumi/azure-native/authorization'));
const identityBinding = () => requirePeer(NATIVE_WITH_BINDINGS, 'an AKS identity binding in a Pulumi program', () =>
  require('@pulumi/azure-native/containerservice/identityBinding') as typeof import('@pulumi/azure-native/containerservice/identityBinding'));
// One module each: the whole package is large, and an application needs three of it.
const application = () => requirePeer(ENTRA, WHY_ENTRA, () => require('@pulumi/azuread/application') as typeof import('@pulumi/azuread/application'));
const servicePrincipal = () => requirePeer(ENTRA, WHY_ENTRA, () => require('@pulumi/azuread/servicePrincipal') as typeof import('@pulumi/azuread/servicePrincipal'));
const credential = () => requirePeer(ENTRA, WHY_ENTRA, () => require('@pulumi/azuread/applicationFederatedIdentityCredential') as typeof import('@pulumi/azuread/applicationFederatedIdentityCredential'));
/* eslint-enable @typescript-eslint/no-require-imports */

/** An application is made by two providers: the binding's is for one of them, and the other is the component's. */
function optionsFor(pkg: 'azuread' | 'azure-native', options: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  const { provider, ...others } = options;
  const given = (provider as { getPackage?(): string } | undefined)?.getPackage?.() ?? pkg;
  return given === pkg ? options : others;
}

/** https://www.pulumi.com/registry/packages/azure-native/api-docs/managedidentity/ https://www.pulumi.com/registry/packages/azuread/api-docs/ */
export const azure = loaderOf<AzureDocument>({
  'managedidentity.UserAssignedIdentity': () => {
    const { UserAssignedIdentity } = managedidentity();
    return ({ name, fullName, request, options }) => new UserAssignedIdentity(name, {
      resourceGroupName: segment(fullName, 'resourceGroups'),
      resourceName: segment(fullName, 'userAssignedIdentities'),
      location: request.location,
      tags: request.tags,
    }, options);
  },

  'managedidentity.FederatedIdentityCredential': () => {
    const { FederatedIdentityCredential } = managedidentity();
    return ({ name, fullName, request, options, tied }) => new FederatedIdentityCredential(name, {
      resourceGroupName: segment(fullName, 'resourceGroups'),
      resourceName: tied(segment(fullName, 'userAssignedIdentities')),
      federatedIdentityCredentialResourceName: segment(fullName, 'federatedIdentityCredentials'),
      ...request.properties,
    }, options);
  },

  'containerservice.IdentityBinding': () => {
    const { IdentityBinding } = identityBinding();
    return ({ name, fullName, request, options, tied }) => new IdentityBinding(name, {
      resourceGroupName: segment(fullName, 'resourceGroups'),
      resourceName: segment(fullName, 'managedClusters'),
      identityBindingName: segment(fullName, 'identityBindings'),
      properties: { managedIdentity: { resourceId: tied(request.properties.managedIdentity.resourceId) } },
    }, options);
  },

  'graph.Application': () => {
    const { Application } = application();
    return ({ name, request, options }) => new Application(name, { displayName: request.displayName }, optionsFor('azuread', options));
  },

  'graph.ServicePrincipal': () => {
    const { ServicePrincipal } = servicePrincipal();
    return ({ name, request, options, tied }) => new ServicePrincipal(name, { clientId: tied(request.appId) }, optionsFor('azuread', options));
  },

  'graph.FederatedIdentityCredential': () => {
    const { ApplicationFederatedIdentityCredential } = credential();
    return ({ name, fullName, request: { name: displayName, ...request }, options, tied }) => new ApplicationFederatedIdentityCredential(name, {
      applicationId: tied(lift(fullName, id => id.replace(/\/federatedIdentityCredentials\/[^/]+$/, ''))),
      displayName,
      ...request,
    }, optionsFor('azuread', options));
  },

  'authorization.RoleAssignment': () => {
    const { RoleAssignment } = authorization();
    return ({ name, fullName, request, options }) => new RoleAssignment(name, {
      scope: lift(fullName, id => id.replace(/\/providers\/Microsoft\.Authorization\/roleAssignments\/[^/]+$/, '')),
      roleAssignmentName: segment(fullName, 'roleAssignments'),
      ...request.properties,
    }, optionsFor('azure-native', options));
  },
});
