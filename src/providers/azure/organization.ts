import type { OrganizationPolicy, TrustedIssuer } from '../organization';
import type { AzureEdge } from './settings';

const CREDENTIAL = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials';

/** An identity binding names a cluster, and no issuer. Azure Policy does not look at Entra: a credential of an application is not held by it. */
export function issuersOf(edge: AzureEdge): readonly TrustedIssuer[] {
  return edge.mechanism === 'managed-identity' ? [{ issuer: edge.facts.issuer() }] : [];
}

/**
 * The definition of a policy for Azure Policy, to be assigned to a management group or a subscription: a managed identity gets no federated credential of another issuer.
 * Azure compares texts without regard to case here.
 *
 * https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-block-using-azure-policy
 * https://learn.microsoft.com/en-us/azure/governance/policy/concepts/definition-structure-policy-rule
 */
export function organizationPolicies(issuers: readonly string[]): readonly OrganizationPolicy[] {
  return [{
    provider: 'azure',
    kind: 'authorization.PolicyDefinition',
    says: 'no managed identity gets a federated credential of another issuer',
    document: {
      properties: {
        displayName: 'Federated credentials of our issuers alone',
        policyType: 'Custom',
        mode: 'All',
        policyRule: {
          if: { allOf: [{ field: 'type', equals: CREDENTIAL }, { field: `${CREDENTIAL}/issuer`, notIn: issuers }] },
          then: { effect: 'deny' },
        },
      },
    },
  }];
}
