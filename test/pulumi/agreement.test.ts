/** The door makes what the plan says, whichever way its values arrive. */
import * as pulumi from '@pulumi/pulumi';
import fc from 'fast-check';
import { canonical, expectedOf, expectedOfPlan } from './support/expected';
import { withMocks } from './support/mocks';
import { Provider } from './support/resources';
import { identityArb } from '../support/arbitraries';
import { defineWorkloadIdentity, planWorkloadIdentities, type TrustDocument, type WorkloadIdentityInput } from 'symbolon';
import { TrustAnchors, WorkloadIdentity, type AnchorArgs, type ClusterArgs } from 'symbolon/pulumi';

jest.setTimeout(120_000);
const RUNS = { numRuns: 40 };

const isAnchor = ({ cluster }: TrustDocument): boolean => cluster !== undefined;

/** The identity without its issuers, and what they were. */
function withoutIssuers(input: WorkloadIdentityInput): { readonly input: WorkloadIdentityInput; readonly issuers: { readonly [cluster: string]: string } } {
  const known = input.clusters.flatMap(cluster => (cluster.issuer === undefined ? [] : [[cluster.name, cluster.issuer] as const]));
  return { input: { ...input, clusters: input.clusters.map(({ issuer: _issuer, ...rest }) => rest) }, issuers: Object.fromEntries(known) };
}

test.each<[string, (issuer: string) => pulumi.Input<string>]>([
  ['in the definition', issuer => issuer],
  ['as text', issuer => issuer],
  ['as Outputs', issuer => pulumi.output(issuer).apply(async text => Promise.resolve(text))],
])('both halves are those of the plan, with issuers %s', async (how, given) => {
  await fc.assert(fc.asyncProperty(identityArb, async whole => {
    const { input, issuers } = how === 'in the definition' ? { input: whole, issuers: {} } : withoutIssuers(whole);
    const { resources } = await withMocks(() => {
      const on: { [cluster: string]: ClusterArgs } = {};
      for (const { name } of whole.clusters) {
        const issuer = (issuers as { [name: string]: string })[name];
        on[name] = { kubernetes: new Provider('kubernetes', name), ...(issuer !== undefined && { facts: { issuer: given(issuer) } }) };
      }
      return new WorkloadIdentity('it', { definition: input, halves: 'both', on });
    });
    const plan = planWorkloadIdentities(defineWorkloadIdentity(whole));
    const expected = expectedOfPlan({ ...plan, trust: plan.trust.filter(document => !isAnchor(document)) });
    expect(resources.map(canonical).sort()).toEqual(expected.map(canonical).sort());
    // Mocks do not mind names that are there twice; an engine does.
    expect(new Set(resources.map(({ type, name }) => `${type} ${name}`)).size).toBe(resources.length);
    // Every object is written to its own cluster.
    for (const { type, name, provider } of resources) if (type.startsWith('kubernetes:')) expect(provider).toContain(`::${name.split('/')[1] ?? ''}::`);
  }), RUNS);
});

/** What makes an anchor of the plan. */
const ANCHORS: { readonly [provider: string]: (anchor: TrustDocument) => AnchorArgs } = {
  aws: ({ name, request }) => ({ account: /::(\d{12}):/.exec(name)?.[1] ?? '', audiences: (request as { ClientIDList: string[] }).ClientIDList }),
  alibaba: ({ name, request }) => ({ account: /::(\d+):/.exec(name)?.[1] ?? '', audiences: (request as { ClientIds: string[] }).ClientIds }),
  gcp: ({ name }) => ({ account: /^projects\/(\d+)\//.exec(name)?.[1] ?? '' }),
};

test('trust anchors are those of the plan', async () => {
  await fc.assert(fc.asyncProperty(identityArb, async input => {
    const { trust } = planWorkloadIdentities(defineWorkloadIdentity(input));
    const anchors = trust.filter(isAnchor);
    // One anchor may be several documents.
    const homes = new Map(anchors.map(anchor => {
      const made = ANCHORS[anchor.provider]?.(anchor);
      return [`${anchor.cluster} ${anchor.provider} ${String(made?.account)}`, { cluster: anchor.cluster, provider: anchor.provider, made }] as const;
    }));
    const { resources } = await withMocks(() => [...homes.values()].map(({ cluster, provider, made }, i) => new TrustAnchors(`anchors-${i}`, {
      cluster: input.clusters.find(({ name }) => name === cluster) as WorkloadIdentityInput['clusters'][number],
      [provider]: [made],
    })));
    expect(resources.map(canonical).sort()).toEqual(anchors.map(expectedOf).map(canonical).sort());
  }), RUNS);
});
