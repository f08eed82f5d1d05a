/** Keys of a container's own: we refuse the workload, since the SDK takes them and never asks who the pod is. The SDK is asked whether that is so. */
import { fieldsOf } from './support/cells';
import { clusterInputOf } from './support/platforms';
import { plannedScene, run } from './support/pods';
import { Stage } from './support/stage';
import { missingFor, type PodSide } from './support/webhooks';
import { testUnless } from '../support/report';
import { system } from '../support/systems';
import { defineWorkloadIdentity, inject, planWorkloadIdentities, type AwsBinding, type InjectionMode, type KubernetesObject, type PlannedEdge } from 'symbolon';

const KEYS = [['AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE'], ['AWS_SECRET_ACCESS_KEY', 'its own'], ['AWS_SESSION_TOKEN', 'the session of its own keys']].map(([name, value]) => ({ name, value }));

interface PodSpec { readonly containers: readonly { readonly env?: readonly object[] }[] }

const keyed = (pod: KubernetesObject): KubernetesObject => {
  const spec = pod.spec as PodSpec;
  return { ...pod, spec: { ...spec, containers: spec.containers.map(container => ({ ...container, env: [...container.env ?? [], ...KEYS] })) } };
};

let stage: Stage;
beforeAll(async () => void (stage = await Stage.open()));
afterAll(() => stage.close());

for (const [i, injection] of (['webhook', 'explicit'] satisfies readonly InjectionMode[]).entries()) {
  const side: PodSide = { provider: 'aws', platform: 'eks', injection, cloud: 'public' };
  const missing = system('sdkClients').aws === undefined ? 'the SDK of aws' : missingFor(side);
  testUnless(missing === undefined ? undefined : `${missing} could not be had`, 'clients', `aws on eks, ${injection}: a container with keys of its own asks nobody, and is refused by us`, async () => {
    const aws: AwsBinding = { injection, ...fieldsOf({ provider: 'aws', platform: 'eks' }) };
    const definition = defineWorkloadIdentity({ name: 'keyed', namespace: `keyed-${i}`, clusters: [clusterInputOf('eks')], trustedBy: { aws } });
    const plan = planWorkloadIdentities(definition);
    const scene = plannedScene(plan, plan.edges[0] as PlannedEdge);
    stage.carryOut(plan.trust);

    const pod = await run(side, scene, keyed);
    await stage.expectNobodyAsked('aws', 'the session of its own keys', pod, scene.cluster);

    const [injected] = plan.clusters[0]?.injections ?? [];
    const workload = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'keyed', namespace: `keyed-${i}` }, spec: { containers: [{ name: 'app', image: 'app:1', env: KEYS }] } };
    expect(() => inject(workload, injected as NonNullable<typeof injected>)).toThrow(/aws\/own-identity/);
  });
}
