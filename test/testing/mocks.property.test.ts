/** What mocks read back from a program is what the plan says, and the proof answers the same of both. */
import * as pulumi from '@pulumi/pulumi';
import fc from 'fast-check';
import { Provider } from '../pulumi/support/resources';
import { identityArb } from '../support/arbitraries';
import { defineWorkloadIdentity, planWorkloadIdentities, type TrustDocument, type WorkloadIdentityInput } from 'symbolon';
import { WorkloadIdentity, type ClusterArgs } from 'symbolon/pulumi';
import { halvesOf, prove, symbolonMocks, type MockedRequest, type SymbolonMocks } from 'symbolon/testing';

jest.setTimeout(120_000);
// Pulumi prints the warnings of definitions.
beforeAll(() => void jest.spyOn(console, 'warn').mockReturnValue());
afterAll(() => jest.restoreAllMocks());

const planOf = (input: WorkloadIdentityInput) => planWorkloadIdentities(defineWorkloadIdentity(input));
const allOf = (trust: readonly TrustDocument[], pattern: RegExp): readonly string[] => [...new Set(trust.flatMap(({ name }) => pattern.exec(name)?.[1] ?? []))];
const firstOf = (trust: readonly TrustDocument[], pattern: RegExp): string | undefined => allOf(trust, pattern)[0];

const AWS = /^arn:[\w-]+:iam::(\d+):role/;
const RAM = /^acs:ram::(\d+):/;
const SUBSCRIPTION = /\/subscriptions\/([^/]+)\//;
const VAULT = /^([\w.:-]+)\/(?:.*\/)?auth\//;
const named = (field: string, value: string | undefined) => (value === undefined ? {} : { [field]: value });

/** The program of the definition, under mocks whose clouds are those of the plan. */
async function mocked(input: WorkloadIdentityInput): Promise<SymbolonMocks> {
  const { trust } = planOf(input);
  // A client id that the definition says is that of the identity, and no other is made up.
  const clientOf = ({ type, inputs }: MockedRequest): object | undefined => {
    const of = (pattern: RegExp) => trust.find(({ provider, name, becomes }) => provider === 'azure' && becomes !== undefined && pattern.test(name))?.becomes;
    const { resourceName } = inputs as { readonly resourceName?: string };
    if (type.endsWith(':Application')) return { clientId: of(/^\/applications\//), id: trust.map(({ kind, name }) => (kind === 'graph.FederatedIdentityCredential' ? /^\/applications\/[^/]+/.exec(name)?.[0] : undefined)).find(Boolean) };
    if (!type.endsWith(':UserAssignedIdentity')) return undefined;
    const bound = trust.find(({ kind, request }) => kind === 'containerservice.IdentityBinding' && JSON.stringify(request).includes(`/${String(resourceName)}"`))?.becomes;
    return { clientId: of(new RegExp(`/userAssignedIdentities/${String(resourceName)}/`)) ?? bound };
  };
  const mocks = symbolonMocks({
    aws: { ...named('accountId', firstOf(trust, AWS)), ...named('partition', firstOf(trust, /^arn:([\w-]+):/)) },
    alibaba: named('accountId', firstOf(trust, RAM)),
    azure: named('subscriptionId', firstOf(trust, SUBSCRIPTION)),
    existing: Object.fromEntries(trust.flatMap(({ name, kind, becomes, request }) => {
      if (becomes === undefined) return [];
      const of = kind === 'containerservice.IdentityBinding' ? (request as { properties: { managedIdentity: { resourceId: string } } }).properties.managedIdentity.resourceId : name.replace(/\/federatedIdentityCredentials\/.*$/, '');
      return [[of, becomes], [`/subscriptions/00000000-0000-4000-8000-000000000001/${of}`, becomes]];
    })),
    vault: named('address', firstOf(trust, VAULT) && `https://${firstOf(trust, VAULT) as string}`),
    answer: request => clientOf(request) as { [output: string]: unknown } | undefined,
  });
  await pulumi.runtime.setMocks(mocks);
  const on = Object.fromEntries(input.clusters.map(({ name }): [string, ClusterArgs] => [name, { kubernetes: new Provider('kubernetes', name) }]));
  new WorkloadIdentity('it', { definition: input, halves: 'both', on });
  await pulumi.runtime.disconnect();
  return mocks;
}

/** What two documents have to agree in; a plan leaves the subscription out where nobody says it. */
function comparable({ provider, kind, name, becomes, request }: Pick<TrustDocument, 'provider' | 'kind' | 'name' | 'becomes' | 'request'>): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value).filter(([, field]) => field !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(fields.map(([key, field]) => [key, sorted(field)]));
  };
  return JSON.stringify(sorted({ provider, kind, name: name.replace(/^\/subscriptions\/[^/]+\/(?=.*userAssignedIdentities)/, ''), becomes, request }));
}

const isWhole = (input: WorkloadIdentityInput): boolean => {
  const { trust } = planOf(input);
  // One account of each cloud: several need several Pulumi providers, which have a test of their own.
  return [AWS, RAM, SUBSCRIPTION, VAULT, /^arn:([\w-]+):/].every(pattern => allOf(trust, pattern).length < 2)
    && new Set(trust.filter(({ kind }) => kind === 'graph.FederatedIdentityCredential').map(({ becomes }) => becomes)).size < 2;
};

test('the documents of a mocked program are those of the plan, and its workloads become the same', async () => {
  let seen = 0;
  await fc.assert(fc.asyncProperty(identityArb.filter(isWhole), async input => {
    const { clusters, trust } = planOf(input);
    const mocks = await mocked(input);
    const asked = clusters.map(({ objects: _objects, expected, injections: _injections, ...cluster }) => {
      return { ...cluster, objects: expected, kubernetesProvider: cluster.name };
    });
    const artifacts = mocks.artifacts({ clusters: asked });
    const made = trust.filter(({ cluster, kind }) => cluster === undefined && kind !== 'jwt.Verifier');
    seen += made.length;
    expect(artifacts.trust.map(comparable).sort()).toEqual(made.map(comparable).sort());
    expect(artifacts.clusters.map(({ objects }) => objects.length)).toEqual(clusters.map(({ objects, expected }) => objects.length + expected.length));
    // The pods that stand for the identity's own, and what no program makes.
    const halves = halvesOf(defineWorkloadIdentity(input));
    const rest = halves.trust.filter(document => !made.some(({ name, kind }) => name === document.name && kind === document.kind));
    const ofMocks = prove({ clusters: halves.clusters, trust: [...artifacts.trust, ...rest] });
    const ofPlan = prove(halves);
    expect(ofMocks.verdicts.map(({ becomes, admitted }) => [becomes, admitted])).toEqual(ofPlan.verdicts.map(({ becomes, admitted }) => [becomes, admitted]));
    expect(ofMocks.strangers).toHaveLength(ofPlan.strangers.length);
  }), { numRuns: 40 });
  expect(seen).toBeGreaterThan(50);
});
