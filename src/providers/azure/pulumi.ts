import type { AzureDocument } from './trust';
import { requirePeer } from '../../core/peer';
import { lift } from '../../pulumi/pending';
import { loaderOf } from '../../pulumi/resource';
import { segment } from '../../pulumi/segment';

const PEER = '@pulumi/azure-native@^3.2.0';
const WHY = 'an Azure binding in a Pulumi program';
/* eslint-disable @typescript-eslint/no-require-imports */
const managedidentity = () => requirePeer(PEER, WHY, () => require('@pulumi/azure-native/managedidentity') as typeof import('@pulumi/azure-native/managedidentity'));
const authorization = () => requirePeer(PEER, WHY, () => require('@pulumi/azure-native/authorization') as typeof import('@pulumi/azure-native/authorization'));
/* eslint-enable @typescript-eslint/no-require-imports */

/** https://www.pulumi.com/registry/packages/azure-native/api-docs/managedidentity/ */
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

  'authorization.RoleAssignment': () => {
    const { RoleAssignment } = authorization();
    return ({ name, fullName, request, options }) => new RoleAssignment(name, {
      scope: lift(fullName, id => id.replace(/\/providers\/Microsoft\.Authorization\/roleAssignments\/[^/]+$/, '')),
      roleAssignmentName: segment(fullName, 'roleAssignments'),
      ...request.properties,
    }, options);
  },
});
