/** The kinds whose pods Symbolon can reach, and where the pod template stands in each. */
const TEMPLATE_PATHS: { readonly [kind: string]: readonly string[] } = {
  Pod: [],
  PodTemplate: ['template'],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** The kinds that {@link templatePathOf} knows, for messages. */
export const WORKLOAD_KINDS = Object.keys(TEMPLATE_PATHS);

/** The keys that lead from an object of this kind to its pod template; undefined for a kind that has none. */
export function templatePathOf(kind: string): readonly string[] | undefined {
  return Object.hasOwn(TEMPLATE_PATHS, kind) ? TEMPLATE_PATHS[kind] : undefined;
}
