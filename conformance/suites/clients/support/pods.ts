import { byHand } from './by-hand';
import { clusterOf, type PlatformCluster } from './platforms';
import { mutated, type PodSide } from './webhooks';
import type { StoredPod } from '../../api-server/support/kubelet';
import { makeOf, podOf } from '../../api-server/support/workloads';
import { inject, prove, type KubernetesObject, type Plan, type PlannedEdge } from 'symbolon';

/** A pod that is about to run: where, and with which objects beside it. */
export interface Scene {
  readonly cluster: PlatformCluster;
  /** GKE's, of the cluster. */
  readonly workloadPool?: string;
  /** EKS's, of the cluster. */
  readonly clusterArn?: string;
  /** ACK's, of the cluster. */
  readonly ramProvider?: string;
  readonly objects: readonly KubernetesObject[];
  readonly pod: KubernetesObject;
}

/** The scene that the plan makes for an edge: the objects of its cluster, and a Deployment's pod that carries the injection. */
export function plannedScene({ clusters }: Plan, edge: PlannedEdge): Scene {
  const { subject: { namespace, serviceAccount } } = edge;
  const cluster = clusterOf(edge.cluster);
  const planned = clusters.find(({ name }) => name === edge.cluster);
  const injection = planned?.injections.find(each => each.namespace === namespace && each.serviceAccountName === serviceAccount);
  if (planned === undefined || injection === undefined) throw new Error(`nothing is planned for ${namespace}/${serviceAccount} in ${edge.cluster}`);
  const { objects, workloadPool, clusterArn, ramProvider } = planned;
  const workload = inject(makeOf('Deployment', cluster.server.fresh('app')), injection);
  const pod = podOf(workload, workload.metadata.name);
  const place = { cluster, ...knownOf({ workloadPool, clusterArn, ramProvider }) };
  if (edge.injection !== 'none') return { ...place, objects, pod };
  const [own, beside] = byHand(edge, pod);
  return { ...place, objects: [...objects, beside], pod: own };
}

/** Somebody who is nearly the same, and whom nothing was granted; and what the trust takes exception to. */
export const NEIGHBOURS: { readonly [what: string]: { readonly because: string; of(scene: Scene): Scene } } = {
  'another service account': {
    because: 'subject',
    of: scene => ({
      ...scene,
      objects: scene.objects.map(object => (object.kind === 'ServiceAccount' ? { ...object, metadata: { ...object.metadata, name: 'stranger' } } : object)),
      pod: { ...scene.pod, spec: { ...scene.pod.spec as object, serviceAccountName: 'stranger' } },
    }),
  },
  'the same name in another namespace': {
    because: 'subject',
    of: scene => {
      const moved: Change = object => ({ ...object, metadata: { ...object.metadata, namespace: `${object.metadata.namespace ?? ''}-x` } });
      return { ...scene, objects: scene.objects.map(moved), pod: moved(scene.pod) };
    },
  },
  'the same in another cluster': {
    because: 'issuer',
    of: ({ cluster, objects, pod }) => ({ cluster: clusterOf(cluster.platform === 'self-managed' ? 'eks' : 'self-managed'), objects, pod }),
  },
};

type Change = (pod: KubernetesObject) => KubernetesObject;

/** Runs the pod as its cluster would: its objects are there, and webhooks have had their say. `last` changes what they left. */
export async function run(side: PodSide, { cluster, objects, pod }: Scene, last: Change = same => same): Promise<StoredPod> {
  for (const object of objects) {
    const { status, body } = await cluster.server.apply(object);
    if (status >= 300) throw new Error(`${object.kind} ${object.metadata.name}: ${body.message}`);
  }
  const ready = last(await mutated(side, objects, pod));
  return cluster.kubelet.run({ ...ready, metadata: { ...ready.metadata, name: cluster.server.fresh('pod') } });
}

/** The same pod, its tokens for somebody else. */
export function forSomebodyElse(pod: KubernetesObject): KubernetesObject {
  const changed = (key: string, value: unknown): unknown => (key === 'serviceAccountToken' ? { ...value as object, audience: 'https://somebody.example.com' } : value);
  return JSON.parse(JSON.stringify(pod), changed) as KubernetesObject;
}

/** What is known of the cluster besides its issuer. */
function knownOf(facts: { readonly [fact in 'workloadPool' | 'clusterArn' | 'ramProvider']: string | undefined }): { readonly [fact in keyof typeof facts]?: string } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** Whom the proof lets the pod become: it reads what was rendered, before any webhook. */
export function provedHandles({ cluster: { platform, issuer }, workloadPool, clusterArn, ramProvider, objects, pod }: Scene, trust: Plan['trust']): readonly string[] {
  const rendered = { name: platform, issuer, ...knownOf({ workloadPool, clusterArn, ramProvider }), objects: [...objects, pod] };
  const { verdicts } = prove({ clusters: [rendered], trust });
  return [...new Set(verdicts.filter(({ admitted }) => admitted).map(({ becomes }) => becomes))];
}
