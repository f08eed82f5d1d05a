import type { PlannedCluster } from './plan';
import type { Subject } from '../core/claims';
import { complain, joinPath, under, type Report } from '../core/issues';
import { checkDnsSubdomain } from '../core/names';
import { nearest } from '../core/nearest';
import { fits } from '../core/shape';
import { findTemplate } from '../kubernetes/check-shape';
import { dataOf, type Data } from '../kubernetes/data';
import { inject } from '../kubernetes/inject';
import type { PodInjection } from '../kubernetes/injection';
import type { KubernetesObject } from '../kubernetes/manifest';
import { WORKLOAD_KINDS, templatePathOf } from '../kubernetes/workload';

/**
 * The workloads by cluster: each with what its identity's pods carry, in every cluster where an identity runs as the
 * service account that its pods name.
 */
export function placeWorkloads(
  workloads: readonly object[], clusters: readonly PlannedCluster[], report: Report,
): ReadonlyMap<string, readonly KubernetesObject[]> {
  const homes = homesOf(clusters);
  const placed = new Map<string, KubernetesObject[]>();
  const seen = new Set<string>();
  itemsOf(workloads, 'workloads').forEach(({ workload, at }) => {
    const here = under(at, report);
    const subject = subjectOf(workload);
    if (subject === undefined) {
      complain(here, 'workload/kind', 'kind', { expected: `one of ${WORKLOAD_KINDS.join(', ')}`, got: dataOf(workload).kind, fix: 'list manifests with pods here, and keep the others where they are' });
      return;
    }
    const { kind, metadata } = dataOf(workload);
    checkName(dataOf(metadata), here);
    const name = `${String(kind)} ${subject.namespace}/${String(dataOf(metadata).name)}`;
    if (seen.has(name)) complain(here, 'workload/twice', 'metadata.name', { expected: 'every workload once', got: name, fix: 'take the second one out, or rename one of them' });
    seen.add(name);
    const found = homes.get(nameOf(subject));
    if (found === undefined) {
      // Where nobody can tell whom the pods run as, that is what is wrong.
      if (findTemplate(workload, here) !== undefined) complainNobody(subject, String(kind), homes.keys(), here);
      return;
    }
    for (const [cluster, injections] of found) {
      const object = injections.reduce((manifest, injection) => inject(manifest, injection, here), workload) as KubernetesObject;
      const list = placed.get(cluster);
      if (list === undefined) placed.set(cluster, [object]);
      else list.push(object);
    }
  });
  return placed;
}

/** A name that Kubernetes takes, or will make: by it the object is found again. */
function checkName({ name, generateName, namespace }: Data, report: Report): void {
  if (name === undefined && generateName !== undefined) fits(generateName, 'text', 'metadata.generateName', report);
  else if (fits(name, 'text', 'metadata.name', report)) checkDnsSubdomain(name as string, 'metadata.name', report, 'choose a name that Kubernetes takes');
  if (namespace !== undefined) fits(namespace, 'text', 'metadata.namespace', report);
}

/** The manifests with their places. A List, as `kubectl get -o yaml` writes one, stands for its items. */
function itemsOf(manifests: readonly unknown[], path: string): readonly { readonly workload: object; readonly at: string }[] {
  return manifests.flatMap((workload, i) => {
    const at = joinPath(path, i);
    const { kind, items } = dataOf(workload);
    return kind === 'List' && Array.isArray(items) ? itemsOf(items, `${at}.items`) : [{ workload: workload as object, at }];
  });
}

/** Whom the pods of a manifest run as, as Kubernetes fills in what is left out; undefined for a manifest without pods. */
export function subjectOf(manifest: object): Subject | undefined {
  const object = dataOf(manifest);
  const path = templatePathOf(String(object.kind));
  if (path === undefined) return undefined;
  const template = path.reduce((value, key) => dataOf(value[key]), object);
  const spec = dataOf(template.spec);
  const account = spec.serviceAccountName ?? spec.serviceAccount;
  const { namespace } = dataOf(object.metadata);
  return { namespace: typeof namespace === 'string' ? namespace : 'default', serviceAccount: typeof account === 'string' ? account : 'default' };
}

/** `shop/checkout`. */
export function nameOf({ namespace, serviceAccount }: Subject): string {
  return `${namespace}/${serviceAccount}`;
}

/** What the pods of each service account carry in each cluster that it runs in. */
function homesOf(clusters: readonly PlannedCluster[]): ReadonlyMap<string, ReadonlyMap<string, readonly PodInjection[]>> {
  const homes = new Map<string, Map<string, PodInjection[]>>();
  for (const cluster of clusters) {
    for (const injection of cluster.injections) {
      const name = nameOf({ namespace: injection.namespace, serviceAccount: injection.serviceAccountName });
      const home = homes.get(name) ?? new Map<string, PodInjection[]>();
      homes.set(name, home.set(cluster.name, [...home.get(cluster.name) ?? [], injection]));
    }
  }
  return homes;
}

function complainNobody(subject: Subject, kind: string, names: Iterable<string>, report: Report): void {
  const all = [...names];
  const close = nearest(nameOf(subject), all, 4) ?? all.find(name => name.endsWith(`/${subject.serviceAccount}`)) ?? all.find(name => name.startsWith(`${subject.namespace}/`));
  complain(report, 'workload/nobody', [...templatePathOf(kind) ?? [], 'spec', 'serviceAccountName'].join('.'), {
    expected: 'pods that run as one of the identities',
    got: nameOf(subject),
    fix: close === undefined ? 'set metadata.namespace and the service account of the pods to those of an identity' : `did you mean ${close}? (namespace/service account of the pods)`,
  });
}
