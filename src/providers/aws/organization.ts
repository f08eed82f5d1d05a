import { complain, type Report } from '../../core/issues';
import type { OrganizationPolicy, TrustedIssuer } from '../organization';
import { trusts, type AwsEdge } from './settings';

/** In characters. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
const MAX_CHARACTERS = 5120;

/** EKS Pod Identity asks no issuer. */
export function issuersOf(edge: AwsEdge): readonly TrustedIssuer[] {
  return trusts(edge, 'irsa') ? [{ issuer: edge.facts.issuer() }] : [];
}

/**
 * A resource control policy, by which no role of the organization is assumed with a token of another issuer. A key of a provider is there only in
 * requests with its tokens, so that a request that has none of them is a stranger's. It does not hold in the organization's management account.
 *
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 * https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/resource_control_policies (EnforceTrustedOIDCProviders)
 */
export function organizationPolicies(issuers: readonly string[], report: Report): readonly OrganizationPolicy[] {
  const names = issuers.map(issuer => issuer.replace(/^https:\/\//, ''));
  const policies: readonly OrganizationPolicy<string, object>[] = [
    {
      provider: 'aws',
      kind: 'organizations.ResourceControlPolicy',
      says: 'no role is assumed with a token of another issuer',
      document: {
        Version: '2012-10-17',
        Statement: [{
          Sid: 'TokensOfOurIssuersAlone',
          Effect: 'Deny',
          Principal: '*',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Resource: '*',
          Condition: { Null: Object.fromEntries(names.map(name => [`${name}:sub`, 'true'])) },
        }],
      },
    },
  ];
  for (const { kind, document } of policies) {
    const size = JSON.stringify(document).length;
    if (size <= MAX_CHARACTERS) continue;
    complain(report, 'aws/organization-size', kind, { expected: `at most ${MAX_CHARACTERS} characters`, got: size, fix: 'part the clusters between organizational units, and make the policies of each from its own definitions' });
  }
  return policies;
}
