/** What the components make, printed as a stack's state, is proved as the plan that they made it from. */
import fc from 'fast-check';
import { ROWS, PLATFORMS, WAYS, answerOf, definitionOf } from '../../scripts/docs/cells';
import { gather, type ClusterDescription, type EvidenceDocument } from '../../src/evidence';
import type { Artifacts } from '../../src/proof/artifacts';
import { halvesOf } from '../../src/testing/halves';
import { withMocks } from '../pulumi/support/mocks';
import { Provider } from '../pulumi/support/resources';
import { identityArb } from '../support/arbitraries';
import { stackExport } from './support/stack';
import { defineWorkloadIdentity, planWorkloadIdentities, prove, type TrustDocument, type WorkloadIdentityInput } from 'symbolon';
import { TrustAnchors, WorkloadIdentity, type AnchorArgs } from 'symbolon/pulumi';

jest.setTimeout(240_000);

/** What makes an anchor of the plan. */
const ANCHORS: { readonly [kind: string]: (anchor: TrustDocument) => AnchorArgs } = {
  'iam.OpenIDConnectProvider': ({ name, request }) => ({ account: /::(\d{12}):/.exec(name)?.[1] ?? '', audiences: (request as { ClientIDList: string[] }).ClientIDList }),
  'ims.OIDCProvider': ({ name, request }) => ({ account: /::(\d+):/.exec(name)?.[1] ?? '', audiences: (request as { ClientIds: string[] }).ClientIds }),
  'iam.WorkloadIdentityPoolProvider': ({ name }) => ({ account: /^projects\/(\d+)\//.exec(name)?.[1] ?? '' }),
  'kubernetes.AuthMount': ({ name }) => ({ account: `https://${name.replace('/', '/v1/')}`, secrets: { reviewerToken: 'shhh' } }),
  'jwt.AuthMount': ({ name }) => ({ account: `https://${name.replace('/', '/v1/')}`, realm: 'jwt' }),
};

beforeEach(() => void jest.spyOn(console, 'warn').mockImplementation(() => {}));

interface Evidence {
  readonly given: Artifacts;
  readonly documents: readonly EvidenceDocument[];
  readonly clusters: readonly ClusterDescription[];
}

async function evidenceOf(input: WorkloadIdentityInput): Promise<Evidence> {
  const definition = defineWorkloadIdentity(input);
  const plan = planWorkloadIdentities(definition);
  const { resources } = await withMocks(() => {
    const on = Object.fromEntries(input.clusters.map(({ name }) => [name, { kubernetes: new Provider('kubernetes', name) }]));
    plan.trust.forEach((anchor, i) => {
      const args = anchor.cluster === undefined ? undefined : ANCHORS[anchor.kind]?.(anchor);
      const cluster = input.clusters.find(({ name }) => name === anchor.cluster);
      if (args !== undefined && cluster !== undefined) new TrustAnchors(`anchors-${i}`, { cluster, [anchor.provider]: [args] });
    });
    return new WorkloadIdentity('it', { definition: input, halves: 'both', on });
  });
  const { clusters, trust } = halvesOf(definition);
  const host = trust.find(({ provider }) => provider === 'vault')?.name.split('/')[0];
  const stack: EvidenceDocument = { value: stackExport(resources, plan), at: { file: 'stack.json', document: 0, path: '' }, ...(host !== undefined && { of: `https://${host}` }) };
  // What stands in the clusters besides: the pods, and what is made elsewhere.
  const others = clusters.map(({ name, objects }) => {
    const own = plan.clusters.find(cluster => cluster.name === name)?.objects.map(object => JSON.stringify(object)) ?? [];
    const items = objects.filter(object => !own.includes(JSON.stringify(object)));
    return { value: { apiVersion: 'v1', kind: 'List', items }, at: { file: `${name}.yaml`, document: 0, path: '' }, cluster: name };
  });
  const given = { clusters, trust: trust.filter(({ provider }) => provider !== 'jwt') };
  return { given, documents: [stack, ...others], clusters: clusters.map(({ objects: _objects, ...cluster }) => described(cluster)) };
}

/** What a user or a cluster's own description says of it. */
function described({ name, issuer, workloadPool, resourceId, clusterArn, ramProvider }: ClusterDescription): ClusterDescription {
  return JSON.parse(JSON.stringify({ name, issuer, workloadPool, resourceId, clusterArn, ramProvider })) as ClusterDescription;
}

/** What matters of a proof: not the order, and not what is provided where a document says less. */
function essence(artifacts: Artifacts): object {
  const { verdicts, strangers, tokens } = prove(artifacts);
  const text = (items: readonly object[]): readonly string[] => items.map(item => JSON.stringify(item)).sort();
  return {
    verdicts: text(verdicts.map(({ by: _by, reason, ...verdict }) => ({ ...verdict, reason: reason.replace(/, provided that .*$/, '').split(/, | has /).sort() }))),
    strangers: text(strangers.map(({ by: _by, ...stranger }) => stranger)),
    tokens: text(tokens),
  };
}

/** The word of the user is one for a document: of several Vaults, each has its provider in the stack, which mocks do not show. */
function isOfOneVault(input: WorkloadIdentityInput): boolean {
  const { trust } = planWorkloadIdentities(defineWorkloadIdentity(input));
  return new Set(trust.filter(({ provider }) => provider === 'vault').map(({ name }) => name.split('/')[0])).size < 2;
}

async function roundTrip(input: WorkloadIdentityInput): Promise<void> {
  const { given, documents, clusters } = await evidenceOf(input);
  const { gaps, clusters: read, trust } = gather(documents, clusters);
  expect(gaps).toEqual([]);
  expect(essence({ clusters: read, trust })).toEqual(essence(given));
}

const CELLS = ROWS.filter(({ provider }) => provider !== 'jwt').flatMap(({ provider, mechanism }) => Object.keys(PLATFORMS).flatMap(platform => WAYS.map(way => ({ cell: { provider, mechanism, platform }, way }))))
  .filter(({ cell, way }) => answerOf(definitionOf(cell, way)).kind === 'in')
  .map(({ cell, way }) => [`${cell.provider}, ${cell.mechanism}, on ${cell.platform}, ${way}`, definitionOf(cell, way)] as const);

test.each(CELLS)('%s', async (_name, input) => roundTrip(input));

test('whatever is defined', async () => {
  await fc.assert(fc.asyncProperty(identityArb.filter(isOfOneVault), roundTrip), { numRuns: 25 });
});
