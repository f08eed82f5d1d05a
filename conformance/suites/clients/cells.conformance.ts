/**
 * The SDKs that programs in pods use, in processes whose environment and files are those of rendered pods, with tokens
 * that real API servers signed. They ask token services that know the rendered trust and nothing else: the right
 * workload gets in, and its neighbours do not. So it is for every cell of the matrix that is built.
 */
import type { Asked } from './support/ask';
import { CELLS, definitionOf, matrixOf, nameOf, refusalOf, type Cell } from './support/cells';
import { forged } from './support/forge';
import { NEIGHBOURS, forSomebodyElse, plannedScene, provedHandles, run } from './support/pods';
import { Stage } from './support/stage';
import { AGENT_SWITCH, METADATA_SWITCH, SWITCHES } from './support/switches';
import { missingFor } from './support/webhooks';
import { notRun, table } from '../support/report';
import { system } from '../support/systems';
import { defineWorkloadIdentity, planWorkloadIdentities, type PlannedEdge } from 'symbolon';

const sdks = system('sdkClients');
let stage: Stage;
beforeAll(async () => void (stage = await Stage.open()));
afterAll(() => stage.close());

const built = CELLS.filter(cell => refusalOf(cell) === undefined);
const isHad = (cell: Cell): boolean => sdks[cell.provider as Asked] !== undefined && missingFor(cell) === undefined;
for (const cell of built.filter(each => !isHad(each))) notRun('clients', nameOf(cell), `${missingFor(cell) ?? `the SDK of ${cell.provider}`} could not be had`);

/** What a cloud takes exception to that lacks the document which lets somebody in. */
const WITHOUT: { readonly [provider in Asked]: string } = { alibaba: 'role', aws: 'role', azure: 'issuer', gcp: 'subject', jwt: 'issuer', vault: 'role' };

/** The cells that went well, for the report. */
const held = new Set<string>();

test.each(built.filter(isHad).map(cell => [nameOf(cell), cell] as const))('%s: the right workload gets in, and nobody else', async (name, cell) => {
  const plan = planWorkloadIdentities(defineWorkloadIdentity(definitionOf(cell)));
  const [edge] = plan.edges as readonly [PlannedEdge];
  const provider = edge.provider as Asked;
  const scene = plannedScene(plan, edge);
  const { cluster } = scene;
  stage.carryOut(plan.trust);

  const pod = await run(cell, scene);
  await stage.expectAdmission(provider, edge.handle, pod, cluster);
  expect(provedHandles(scene, plan.trust)).toEqual([edge.handle]);

  await stage.expectRefusal('a forged token', 'signature', provider, pod, cluster, forged);
  for (const [what, { because, of }] of Object.entries(NEIGHBOURS)) {
    const neighbour = of(scene);
    await stage.expectRefusal(what, because, provider, await run(cell, neighbour), neighbour.cluster);
    expect(provedHandles(neighbour, plan.trust)).toEqual([]);
  }
  // Where a metadata server asks for the token, nobody can ask it for another one.
  if (pod.spec.volumes?.some(volume => volume.projected !== undefined) === true) {
    await stage.expectRefusal('a token for somebody else', 'audience', provider, await run(cell, scene, forSomebodyElse), cluster);
  }
  stage.carryOut(plan.trust.filter(document => document.becomes === undefined));
  await stage.expectRefusal('a cloud without the document that lets it in', cell.mechanism === 'pod-identity' ? 'issuer' : WITHOUT[provider], provider, pod, cluster);
  held.add(name);
});

test('the matrix has a cell that is built for every platform, and each of them was run', () => {
  const mark = (cell: Cell): string => refusalOf(cell) ?? (held.has(nameOf(cell)) ? 'in, and nobody else' : isHad(cell) ? '**failed**' : 'not run');
  table('clients', 'The matrix', ['provider', 'mechanism', 'platform', 'by webhook', 'explicitly', 'by hand'], matrixOf(mark));
  table('clients', 'What differs from a pod', ['SDK', 'variable', 'why'], [
    ...Object.entries(SWITCHES).flatMap(([provider, list]) => list.map(({ name, why }) => [provider, name, why])),
    ['aws', AGENT_SWITCH.name, AGENT_SWITCH.why],
    ['gcp', METADATA_SWITCH.name, METADATA_SWITCH.why],
  ]);
  expect(new Set(built.map(({ platform }) => platform))).toEqual(new Set(CELLS.map(({ platform }) => platform)));
  expect(built.filter(isHad).map(nameOf).filter(name => !held.has(name))).toEqual([]);
});
