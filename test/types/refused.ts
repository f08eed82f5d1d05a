/** What must not compile. Each line is an error that an editor shows while it is typed; without it this file does not compile. */
import {
  defineCluster, defineWorkloadIdentity, planWorkloadIdentities,
  type ClusterDefinition, type DefinitionFile, type ErrorCode, type Facts, type Plan, type WorkloadIdentityDefinition,
} from 'symbolon';

declare const blue: ClusterDefinition;
declare const checkout: WorkloadIdentityDefinition;
declare const plan: Plan;

const base = { name: 'checkout', namespace: 'shop', clusters: [blue] } as const;

export function neverCalled(): void {
  // @ts-expect-error a cluster needs a name
  defineCluster({ issuer: 'https://oidc.example.com' });
  // @ts-expect-error no such platform
  defineCluster({ name: 'do', doks: {} });
  // @ts-expect-error an account is text, whatever it looks like
  defineCluster({ name: 'eks', eks: { accountId: 111122223333, region: 'us-west-2', clusterName: 'x' } });
  // @ts-expect-error no such mode
  defineCluster({ name: 'x', injection: 'sidecar' });

  // @ts-expect-error an identity runs in clusters
  defineWorkloadIdentity({ name: 'checkout', namespace: 'shop' });
  // @ts-expect-error clusters by name are for files
  defineWorkloadIdentity({ ...base, clusters: ['prod-blue'] });
  // @ts-expect-error no such field
  defineWorkloadIdentity({ ...base, trustedby: {} });
  // @ts-expect-error no such provider
  defineWorkloadIdentity({ ...base, trustedBy: { main: { provider: 'oracle' } } });
  // @ts-expect-error no such field
  defineWorkloadIdentity({ ...base, trustedBy: { aws: { accountID: '111122223333' } } });
  // @ts-expect-error a field of another provider
  defineWorkloadIdentity({ ...base, trustedBy: { aws: { resourceGroup: 'shop' } } });
  // @ts-expect-error a field of another provider, under a free key
  defineWorkloadIdentity({ ...base, trustedBy: { main: { provider: 'aws', resourceGroup: 'shop' } } });
  // @ts-expect-error a mechanism of another provider
  defineWorkloadIdentity({ ...base, trustedBy: { azure: { mechanism: 'irsa' } } });
  // @ts-expect-error what `on` says is of the same provider
  defineWorkloadIdentity({ ...base, trustedBy: { aws: { on: { blue: { identityName: 'x' } } } } });
  // @ts-expect-error the provider is the same on every cluster
  defineWorkloadIdentity({ ...base, trustedBy: { aws: { on: { blue: { provider: 'aws' } } } } });
  // @ts-expect-error a token has one audience
  defineWorkloadIdentity({ ...base, tokens: { payments: { audience: ['a', 'b'] } } });
  // @ts-expect-error a token has an audience
  defineWorkloadIdentity({ ...base, tokens: { payments: { expirationSeconds: 900 } } });
  // @ts-expect-error a rule has verbs
  defineWorkloadIdentity({ ...base, rbac: [{ resources: ['pods'] }] });
  // @ts-expect-error neither allowed nor denied
  defineWorkloadIdentity({ ...base, trustedBy: { aws: { inlinePolicies: { a: { Statement: [{ Effect: 'allow' }] } } } } });
  // @ts-expect-error a fact goes by its name alone
  defineWorkloadIdentity({ ...base, trustedBy: { aws: { managedPolicies: [{ fact: 'a', default: 'b' }] } } });

  // @ts-expect-error what was not defined cannot be planned
  planWorkloadIdentities(base);
  // @ts-expect-error facts are text
  planWorkloadIdentities(checkout, { clusters: { blue: { issuer: 3 } } });
  // @ts-expect-error no such facts
  planWorkloadIdentities(checkout, { symbolon: {} });

  // @ts-expect-error a definition cannot be changed
  checkout.name = 'other';
  // @ts-expect-error nor can what is in it
  checkout.runsAs.push({ namespace: 'x', serviceAccount: 'x', create: true });
  // @ts-expect-error nor can a plan
  plan.trust[0].name = 'other';

  // @ts-expect-error no such version
  const file: DefinitionFile = { version: 2, clusters: [], identities: [] };
  // @ts-expect-error clusters by name in a file
  const byName: DefinitionFile = { version: 1, clusters: [], identities: [{ name: 'x', clusters: [blue] }] };
  // @ts-expect-error no such code
  const code: ErrorCode = 'ERR_UNKNOWN';
  // @ts-expect-error one level too few
  const facts: Facts = { clusters: { blue: 'https://oidc.example.com' } };
  void [file, byName, code, facts];
}
