/** Policies by which an organization trusts its own issuers alone. */
import fc from 'fast-check';
import { identitiesArbOf } from '../support/arbitraries';
import { aks, blue, boundTo, gke, green, k3s } from '../support/definitions';
import { defineCluster, defineWorkloadIdentity, organizationPolicies, planWorkloadIdentities, type Issue, type OrganizationOptions } from 'symbolon';

const GITHUB = 'https://token.actions.githubusercontent.com';
const onAws = defineWorkloadIdentity(boundTo('aws', blue));

test('on AWS roles are assumed with tokens of the clusters alone', () => {
  const name = (blue.issuer as string).slice('https://'.length);
  expect(organizationPolicies(onAws, { also: [GITHUB] })).toEqual([
    {
      provider: 'aws',
      kind: 'organizations.ResourceControlPolicy',
      says: expect.any(String),
      document: {
        Version: '2012-10-17',
        Statement: [{ Sid: 'TokensOfOurIssuersAlone', Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRoleWithWebIdentity', Resource: '*', Condition: { Null: { [`${name}:sub`]: 'true', 'token.actions.githubusercontent.com:sub': 'true' } } }],
      },
    },
  ]);
});

test('Azure and Google Cloud are told the issuers as they are, slash and all', () => {
  const azure = defineWorkloadIdentity(boundTo('azure', aks));
  const google = defineWorkloadIdentity(boundTo('gcp', defineCluster({ ...k3s, gcpPool: { projectNumber: '123456789012' } })));
  expect(organizationPolicies(azure)).toMatchObject([{ kind: 'authorization.PolicyDefinition', document: { properties: { policyRule: { if: { allOf: [{ field: 'type' }, { field: expect.stringMatching(/\/issuer$/), notIn: [aks.issuer] }] }, then: { effect: 'deny' } } } } }]);
  expect(organizationPolicies(google)).toMatchObject([{ kind: 'orgpolicy.Policy', document: { constraint: 'constraints/iam.workloadIdentityPoolProviders', listPolicy: { allowedValues: [k3s.issuer] } } }]);
});

test('a cloud that asks no issuer, or trusts nobody here, has no policy', () => {
  expect(organizationPolicies(defineWorkloadIdentity(boundTo('gcp', gke)))).toEqual([]);
  expect(organizationPolicies(defineWorkloadIdentity(boundTo('aws', blue, { mechanism: 'pod-identity' })))).toEqual([]);
  expect(organizationPolicies(defineWorkloadIdentity(boundTo('vault', k3s)))).toEqual([]);
  expect(organizationPolicies([])).toEqual([]);
});

test('every issuer once, in one order', () => {
  const both = [defineWorkloadIdentity(boundTo('aws', blue)), defineWorkloadIdentity({ ...boundTo('aws', green), name: 'other', namespace: 'other' })];
  expect(organizationPolicies(both)).toEqual(organizationPolicies([...both].reverse()));
});

function issuesOf(options: unknown, definitions = [onAws]): readonly Issue[] {
  try {
    organizationPolicies(definitions, options as OrganizationOptions);
    return [];
  } catch (error) {
    return (error as { readonly issues: readonly Issue[] }).issues;
  }
}

test('wrong options, and a policy that is too large, are findings', () => {
  expect(issuesOf({ also: ['http://a.example.com', 'b'], issuers: [] }).map(({ code }) => code)).toEqual(['structure/unknown-key', 'issuer/format', 'issuer/format']);
  expect(issuesOf({ also: Array.from({ length: 200 }, (_, i) => `https://issuer-${i}.example.com`) })).toMatchObject([{ code: 'aws/organization-size' }]);
});

test('whatever is defined: nobody whom AWS is to let in is a stranger to the organization', () => {
  fc.assert(fc.property(identitiesArbOf(), inputs => {
    const definitions = inputs.map(input => defineWorkloadIdentity(input));
    const [control] = organizationPolicies(definitions).filter(({ kind }) => kind === 'organizations.ResourceControlPolicy');
    const keys = Object.keys((control?.document as { Statement: { Condition: { Null: object } }[] } | undefined)?.Statement[0]?.Condition.Null ?? {});
    for (const { provider, mechanism, claims } of planWorkloadIdentities(definitions).edges) {
      if (provider === 'aws' && mechanism === 'irsa') expect(keys).toContain(`${(claims.issuer as string).replace('https://', '')}:sub`);
    }
  }));
});
