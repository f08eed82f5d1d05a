/** What the components make passes the policies, for every mechanism: the pods beside it in the same stack. */
import { reported, resource } from './support';
import { ROWS, PLATFORMS, WAYS, answerOf, definitionOf } from '../../scripts/docs/cells';
import { halvesOf } from '../../src/testing/halves';
import { stackExport } from '../evidence/support/stack';
import { withMocks } from '../pulumi/support/mocks';
import { Provider } from '../pulumi/support/resources';
import { defineWorkloadIdentity, planWorkloadIdentities, type WorkloadIdentityInput } from 'symbolon';
import type { StackResource } from 'symbolon/policy';
import { WorkloadIdentity } from 'symbolon/pulumi';

jest.setTimeout(240_000);

interface Exported {
  readonly deployment: { readonly resources: readonly { readonly type: string; readonly urn: string; readonly custom: boolean; readonly outputs: object }[] };
}

async function stackOf(input: WorkloadIdentityInput): Promise<{ readonly resources: readonly StackResource[]; readonly said?: string }> {
  const definition = defineWorkloadIdentity(input);
  const plan = planWorkloadIdentities(definition);
  const { resources } = await withMocks(() => new WorkloadIdentity('it', {
    definition: input, halves: 'both', on: Object.fromEntries(input.clusters.map(({ name }) => [name, { kubernetes: new Provider('kubernetes', name) }])),
  }));
  const { deployment } = stackExport(resources, plan) as Exported;
  const made = deployment.resources.filter(({ custom }) => custom).map(({ type, urn, outputs }) => ({ ...resource(type, 'x', outputs, type.startsWith('kubernetes:') ? input.clusters[0]?.name : undefined), urn }));
  const { clusters, trust } = halvesOf(definition);
  // What stands in the cluster besides: the pods, and what is made elsewhere; and what a cloud is told of it by anchors.
  const others = clusters.flatMap(({ name, objects }) => {
    const own = plan.clusters.find(cluster => cluster.name === name)?.objects.map(object => JSON.stringify(object)) ?? [];
    return objects.filter(object => !own.includes(JSON.stringify(object)))
      .map(object => resource(`kubernetes:${object.apiVersion.includes('/') ? object.apiVersion : `core/${object.apiVersion}`}:${object.kind}`, object.metadata.name, object, name));
  });
  const host = trust.find(({ provider }) => provider === 'vault')?.name.split('/')[0];
  return { resources: [...made, ...others], ...(host !== undefined && { said: `https://${host}` }) };
}

const CELLS = ROWS.filter(({ provider }) => provider !== 'jwt').flatMap(({ provider, mechanism }) => Object.keys(PLATFORMS).flatMap(platform => WAYS.map(way => ({ cell: { provider, mechanism, platform }, way }))))
  .filter(({ cell, way }) => answerOf(definitionOf(cell, way)).kind === 'in')
  .map(({ cell, way }) => [`${cell.provider}, ${cell.mechanism}, on ${cell.platform}, ${way}`, definitionOf(cell, way)] as const);

test.each(CELLS)('%s', async (_name, input) => {
  const { resources, said } = await stackOf(input);
  const clusters = defineWorkloadIdentity(input).clusters;
  const found = reported(resources, { clusters, audit: 'disabled', ...(said !== undefined && { said }) });
  // An anchor in another stack leaves open what it alone says.
  expect(found.filter(each => !each.startsWith('symbolon-undecided: ') && !each.startsWith('symbolon-audit: '))).toEqual([]);
});
