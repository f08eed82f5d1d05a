/**
 * An API that loads the rendered document and knows nothing else, with the program of the example: tokens that API servers of every
 * platform signed are let in, with keys that stand in the document, and those of neighbours are not.
 */
import { PLATFORMS, clusterInputOf, clusterOf, closeClusters } from './support/platforms';
import { NEIGHBOURS, plannedScene, run, type Scene } from './support/pods';
import { verifierOf } from '../../../examples/jwt/verifier';
import { count } from '../support/report';
import { defineWorkloadIdentity, planWorkloadIdentities, tokenVerifier, type PlannedEdge, type TokenVerifier } from 'symbolon';

const API = 'https://reports.example.com';
const SIDE = { provider: 'jwt', platform: 'self-managed', injection: 'explicit' };

afterAll(() => closeClusters());

/** The one token that the pod has for the API, as its kubelet gets it. */
async function tokenOf(scene: Scene): Promise<string> {
  const tokens = await scene.cluster.kubelet.tokensOf(await run(SIDE, scene));
  const [own, ...more] = tokens.filter(({ source }) => source.audience === API);
  expect(more).toEqual([]);
  return own?.token ?? '';
}

test('one document for the callers in every cluster: each is let in from where it runs, and no neighbour', async () => {
  const clusters = await Promise.all(PLATFORMS.map(async platform => {
    const { body } = await clusterOf(platform).server.client.get<object>('/openid/v1/jwks');
    return { ...clusterInputOf(platform), jwt: { jwksJson: JSON.stringify(body) } };
  }));
  const plan = planWorkloadIdentities(defineWorkloadIdentity({
    name: 'reporter', namespace: 'verified', clusters, trustedBy: { reports: { provider: 'jwt', audience: API, injection: 'explicit' } },
  }));
  const verify = verifierOf(JSON.parse(JSON.stringify(tokenVerifier(plan, API))) as TokenVerifier);
  for (const edge of plan.edges) {
    const scene = plannedScene(plan, edge);
    expect(await verify(await tokenOf(scene))).toBe(edge.claims.subject);
    count('clients', 'workloads let in', 1);
    for (const what of ['another service account', 'the same name in another namespace']) {
      await expect(verify(await tokenOf((NEIGHBOURS[what] as (typeof NEIGHBOURS)[string]).of(scene)))).rejects.toThrow(/may not call this API/);
      count('clients', 'neighbours kept out', 1);
    }
  }
});

test('a cluster that is not in the document is nobody, whatever its pods are called', async () => {
  const definition = (platform: string) => defineWorkloadIdentity({
    name: 'reporter', namespace: 'verified-elsewhere', clusters: [clusterInputOf(platform)], trustedBy: { reports: { provider: 'jwt', audience: API, injection: 'explicit' } },
  });
  const [known, other] = ['eks', 'self-managed'].map(platform => planWorkloadIdentities(definition(platform))) as [ReturnType<typeof planWorkloadIdentities>, ReturnType<typeof planWorkloadIdentities>];
  const stranger = plannedScene(other, other.edges[0] as PlannedEdge);
  await expect(verifierOf(tokenVerifier(known, API))(await tokenOf(stranger))).rejects.toThrow(/may not call this API/);
  count('clients', 'neighbours kept out', 1);
});
