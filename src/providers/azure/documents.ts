import type { Deferrable } from '../../core/deferred';
import type { TrustLayout } from '../provider';

/**
 * Every document that this provider makes. Of ARM: bodies of its PUT requests, `name` is the resource id; of Microsoft Graph: bodies of
 * its POST requests. https://learn.microsoft.com/en-us/rest/api/managedidentity/ https://learn.microsoft.com/en-us/graph/api/resources/application
 */
export type AzureDocument =
  | TrustLayout<'managedidentity.UserAssignedIdentity', { readonly location: string; readonly tags?: { readonly [key: string]: string } }>
  | TrustLayout<'managedidentity.FederatedIdentityCredential', FederatedIdentityCredential>
  | TrustLayout<'containerservice.IdentityBinding', IdentityBinding>
  | TrustLayout<'graph.Application', { readonly displayName: string }>
  | TrustLayout<'graph.ServicePrincipal', { readonly appId: Deferrable<string> }>
  | TrustLayout<'graph.FederatedIdentityCredential', ApplicationCredential>
  | TrustLayout<'authorization.RoleAssignment', RoleAssignment>;

/** https://learn.microsoft.com/en-us/rest/api/managedidentity/federated-identity-credentials/create-or-update */
export interface FederatedIdentityCredential {
  readonly properties: {
    readonly issuer: Deferrable<string>;
    readonly subject: string;
    readonly audiences: readonly string[];
  };
}

/** https://learn.microsoft.com/en-us/graph/api/application-post-federatedidentitycredentials */
export interface ApplicationCredential {
  readonly name: string;
  readonly issuer: Deferrable<string>;
  readonly subject: string;
  readonly audiences: readonly string[];
}

/** https://learn.microsoft.com/en-us/azure/aks/identity-bindings */
export interface IdentityBinding {
  readonly properties: { readonly managedIdentity: { readonly resourceId: string } };
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
