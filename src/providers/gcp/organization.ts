import type { OrganizationPolicy, TrustedIssuer } from '../organization';
import type { GcpEdge } from './settings';

/** Pools of Google's own have no provider. */
export function issuersOf(edge: GcpEdge): readonly TrustedIssuer[] {
  return edge.mechanism === 'workload-identity-pool' ? [{ issuer: edge.facts.issuer() }] : [];
}

/**
 * A policy for the Organization Policy Service, for an organization, a folder or a project: no workload identity pool gets a provider of another issuer. What is there already stays.
 *
 * https://cloud.google.com/iam/docs/manage-workload-identity-pools-providers#restrict
 * https://cloud.google.com/resource-manager/reference/rest/v1/Policy
 */
export function organizationPolicies(issuers: readonly string[]): readonly OrganizationPolicy[] {
  return [{
    provider: 'gcp',
    kind: 'orgpolicy.Policy',
    says: 'no workload identity pool gets a provider of another issuer',
    document: { constraint: 'constraints/iam.workloadIdentityPoolProviders', listPolicy: { allowedValues: issuers } },
  }];
}
