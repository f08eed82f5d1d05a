/** Several clusters that one cloud identity trusts: each workload gets in from where it runs, and from nowhere else. */
import type { Asked } from './support/ask';
import { definitionOf, fieldsOf, type Cell } from './support/cells';
import { PLATFORMS, clusterInputOf, clusterOf } from './support/platforms';
import { plannedScene, provedHandles, run } from './support/pods';
import { Stage } from './support/stage';
import { notRun } from '../support/report';
import { system } from '../support/systems';
import { defineWorkloadIdentity, planWorkloadIdentities, prove, type BindingInput, type PlannedEdge, type WorkloadIdentityDefinition } from 'symbolon';

const sdks = system('sdkClients');
let stage: Stage;
beforeAll(async () => void (stage = await Stage.open()));
afterAll(() => stage.close());

/** Only where the SDK of that provider is there. */
const testWith = (provider: Asked, name: string, body: () => Promise<void>): void => {
  if (sdks[provider] === undefined) notRun('clients', name, `the SDK of ${provider} could not be had`);
  else test(name, body);
};

/** One identity in every cluster, with a service account that runs in one of them alone. */
function everywhere(provider: Asked): WorkloadIdentityDefinition {
  return defineWorkloadIdentity({
    name: 'orders',
    runsAs: [{ namespace: `everywhere-${provider}`, serviceAccount: 'orders' }, { namespace: `everywhere-${provider}`, serviceAccount: 'nightly', clusters: ['eks'] }],
    clusters: PLATFORMS.map(clusterInputOf),
    trustedBy: { [provider]: { ...fieldsOf({ provider, platform: 'self-managed' }), ...(provider === 'aws' && { trustPolicyQuota: 8192 }) } as BindingInput },
    injection: 'explicit',
  });
}

for (const provider of ['aws', 'azure', 'gcp', 'jwt'] as const) {
  testWith(provider, `${provider}: one cloud identity for all clusters, and a service account that only one of them may send`, async () => {
    const plan = planWorkloadIdentities(everywhere(provider));
    stage.carryOut(plan.trust);
    const side = (edge: PlannedEdge) => ({ provider, platform: edge.cluster, injection: edge.injection });
    expect(plan.edges).toHaveLength(PLATFORMS.length + 1);
    for (const edge of plan.edges) {
      const scene = plannedScene(plan, edge);
      await stage.expectAdmission(provider, edge.handle, await run(side(edge), scene), scene.cluster);
    }
    const nightly = plan.edges.find(({ subject }) => subject.serviceAccount === 'nightly') as PlannedEdge;
    const stray = { ...plannedScene(plan, nightly), cluster: clusterOf('aks') };
    // Google's configurations say of which cluster the token is.
    await stage.expectRefusal('a service account of another cluster', provider === 'gcp' ? 'issuer' : 'subject', provider, await run(side(nightly), stray), stray.cluster);
    expect(provedHandles(stray, plan.trust)).toEqual([]);
  });
}

testWith('gcp', 'gcp: the same name in another cluster of the project is the same to Google, as the proof says', async () => {
  const cell: Cell = { platform: 'gke', provider: 'gcp', mechanism: 'service-account', injection: 'webhook' };
  const plan = planWorkloadIdentities(defineWorkloadIdentity(definitionOf(cell)));
  const [edge] = plan.edges as readonly [PlannedEdge];
  const scene = plannedScene(plan, edge);
  stage.carryOut(plan.trust);
  const twin = clusterOf('gke-twin');
  await stage.expectAdmission('gcp', edge.handle, await run(cell, { ...scene, cluster: twin }), twin);

  const { cluster: { platform, issuer }, objects, pod } = scene;
  const { verdicts: [verdict] } = prove({ clusters: [{ name: platform, issuer, objects: [...objects, pod] }], trust: plan.trust });
  expect(verdict?.alsoAdmits).toEqual([expect.stringContaining('in every other cluster of the project demo-project')]);
});
