import type { Source } from './source';
import { complain, under, type Report } from '../core/issues';
import type { Facts } from '../identity/facts';
import { halfOf } from '../identity/half';
import type { Plan, PlannedCluster } from '../identity/plan';
import { audiencesByHand, specimenOf } from '../identity/specimen';
import { nameOf, placeWorkloads, subjectOf } from '../identity/workloads';
import type { PodInjection } from '../kubernetes/injection';
import type { KubernetesObject } from '../kubernetes/manifest';
import type { ClusterArtifact } from '../proof/artifacts';

/** The Kubernetes half in one cluster: what is written, and what stands in the proof for pods that are made elsewhere. */
export interface ClusterHalf {
  /** Left out for charts of which nobody knows where they run: they are written, and not proved. */
  readonly cluster?: PlannedCluster;
  /** By the name of the file, without its ending. */
  readonly files: ReadonlyMap<string, readonly KubernetesObject[]>;
  /** What the pods of service accounts carry that no manifest here makes. */
  readonly pods: readonly PodInjection[];
  /** Stand for pods in the proof: for those that no manifest here makes, and for what applications do by themselves. */
  readonly specimens: readonly KubernetesObject[];
  /** Objects that are made elsewhere, as they have to look. */
  readonly expected: readonly KubernetesObject[];
  /** Objects and pods of identities that the app leaves to somebody else in this cluster. */
  readonly elsewhere: readonly KubernetesObject[];
}

/** Objects that belong to no namespace stand in a file of this name, which no namespace can have. */
const NO_NAMESPACE = '_cluster';

/** Puts the Kubernetes half together: the plan's objects or those of the apps, with the workloads that were given. */
export function halvesOf(source: Source, plan: Plan, facts: Facts, report: Report): readonly ClusterHalf[] {
  const workloads = placeWorkloads(source.workloads, plan.clusters, report);
  const charts = source.apps.flatMap(app => app.charts);
  const unaware = audiencesByHand(plan);
  const halves = plan.clusters.map((cluster): ClusterHalf => {
    const { rendered, elsewhere } = source.apps.length === 0
      ? { rendered: cluster, elsewhere: [] }
      : besideApps(source, cluster.name, facts, report);
    const files = new Map<string, KubernetesObject[]>();
    for (const chart of charts) if (chart.cluster === cluster.name) add(files, chart.name, chart.objects);
    addByNamespace(files, [rendered.objects, workloads.get(cluster.name) ?? []]);

    const written = [...files.values()];
    const made = new Set(cluster.expected.length === 0 ? [] : written.flatMap(objects => objects.map(keyOf)));
    const run = new Set<string>();
    for (const object of written.flat()) {
      const subject = subjectOf(object);
      if (subject !== undefined) run.add(nameOf(subject));
    }
    const left = new Set(elsewhere.map(({ injection }) => subjectNameOf(injection)));
    const heldBy = (injection: PodInjection): readonly string[] => unaware.get(`${cluster.name} ${subjectNameOf(injection)}`) ?? [];
    const own = cluster.injections.filter(injection => !left.has(subjectNameOf(injection)));
    const pods = own.filter(injection => !run.has(subjectNameOf(injection)));
    const alone = own.filter(injection => heldBy(injection).length > 0 && run.has(subjectNameOf(injection)));
    return {
      cluster,
      files,
      pods,
      specimens: [...pods, ...alone].map(injection => specimenOf(injection, heldBy(injection))),
      expected: cluster.expected.filter(object => !made.has(keyOf(object))),
      elsewhere: elsewhere.flatMap(({ objects, injection }) => [...objects, specimenOf(injection, heldBy(injection))]),
    };
  });
  const unplaced = new Map(charts.flatMap(chart => (chart.cluster === undefined ? [[chart.name, chart.objects] as const] : [])));
  const clusters = new Set(source.apps.flatMap(app => app.uses.map(use => use.cluster)));
  const why = clusters.size > 1 ? 'the app is for several clusters' : 'no chart of the app has one';
  // Without any cluster there is nothing that a chart could have been proved against.
  for (const name of plan.clusters.length === 0 ? [] : unplaced.keys()) {
    complain(report, 'app/no-cluster', name, { expected: 'a chart with an identity, which says the cluster', severity: 'warning', fix: `${why}, so that nobody knows where this chart runs: it is written, and not proved` });
  }
  if (plan.clusters.length === 0 && source.projected.length === 0) {
    complain(report, 'app/no-identity', 'app', { expected: 'an app with a WorkloadIdentity, or with ProjectedTokens', severity: 'warning', fix: 'there is nothing to prove in it: it is written as it is' });
  }
  return unplaced.size === 0 ? halves : [...halves, { files: unplaced, pods: [], specimens: [], expected: [], elsewhere: [] }];
}

/** What the proof reads of it. */
export function artifactOf({ cluster, files, specimens, expected, elsewhere }: ClusterHalf): readonly ClusterArtifact[] {
  if (cluster === undefined) return [];
  const { name, issuer, workloadPool, clusterArn, resourceId, ramProvider, signingAlgorithms } = cluster;
  return [{
    name,
    ...(issuer !== undefined && { issuer }),
    ...(workloadPool !== undefined && { workloadPool }),
    ...(resourceId !== undefined && { resourceId }),
    ...(clusterArn !== undefined && { clusterArn }),
    ...(ramProvider !== undefined && { ramProvider }),
    ...(signingAlgorithms !== undefined && { signingAlgorithms }),
    objects: [...files.values(), expected, specimens, elsewhere].flat(),
  }];
}

interface Part {
  readonly objects: readonly KubernetesObject[];
  readonly injection: PodInjection;
}

/**
 * What the apps do not render in a cluster: identities that no app uses are rendered beside them; where an app uses an
 * identity in other clusters only, this one is somebody else's, and only its trust is made here.
 */
function besideApps(
  source: Source, cluster: string, facts: Facts, report: Report,
): { readonly rendered: Pick<PlannedCluster, 'objects'>; readonly elsewhere: readonly Part[] } {
  const uses = source.apps.flatMap(app => app.uses);
  const used = new Set(uses.map(use => use.definition.name));
  const here = new Set(uses.filter(use => use.cluster === cluster).map(use => use.definition.name));
  const objects: KubernetesObject[] = [];
  const elsewhere: Part[] = [];
  for (const definition of source.definitions) {
    if (here.has(definition.name) || !definition.clusters.some(each => each.name === cluster)) continue;
    const { accounts } = halfOf(definition, cluster, facts);
    if (used.has(definition.name)) {
      elsewhere.push(...accounts);
      complain(under(definition.name, report), 'app/not-rendered', 'clusters', {
        expected: `a WorkloadIdentity of the app for ${cluster} too`, severity: 'warning', fix: 'its trust is made here, its Kubernetes half has to come from somewhere else',
      });
    } else {
      objects.push(...accounts.flatMap(account => account.objects));
    }
  }
  return { rendered: { objects }, elsewhere };
}

function addByNamespace(files: Map<string, KubernetesObject[]>, lists: readonly (readonly KubernetesObject[])[]): void {
  for (const objects of lists) for (const object of objects) add(files, object.metadata.namespace ?? NO_NAMESPACE, [object]);
}

function add(files: Map<string, KubernetesObject[]>, name: string, objects: readonly KubernetesObject[]): void {
  const file = files.get(name);
  if (file === undefined) files.set(name, [...objects]);
  else for (const object of objects) file.push(object);
}

function subjectNameOf({ namespace, serviceAccountName }: PodInjection): string {
  return nameOf({ namespace, serviceAccount: serviceAccountName });
}

function keyOf({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
}
