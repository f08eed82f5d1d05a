import type { KubernetesObject } from 'symbolon';

type Make = (name: string, spec: object) => KubernetesObject;

const templateOf = (name: string, spec: object): object => ({ metadata: { labels: { app: name } }, spec });
const selected = (name: string, spec: object): object => ({ selector: { matchLabels: { app: name } }, template: templateOf(name, spec) });
const once = (spec: object): object => ({ ...spec, restartPolicy: 'Never' });

/** The smallest workload of every kind that has pods. */
const MAKE: { readonly [kind: string]: Make } = {
  Deployment: (name, spec) => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec: selected(name, spec) }),
  StatefulSet: (name, spec) => ({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name }, spec: { serviceName: name, ...selected(name, spec) } }),
  DaemonSet: (name, spec) => ({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name }, spec: selected(name, spec) }),
  ReplicaSet: (name, spec) => ({ apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name }, spec: selected(name, spec) }),
  ReplicationController: (name, spec) => ({ apiVersion: 'v1', kind: 'ReplicationController', metadata: { name }, spec: { selector: { app: name }, template: templateOf(name, spec) } }),
  Job: (name, spec) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { template: templateOf(name, once(spec)) } }),
  CronJob: (name, spec) => ({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name }, spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: templateOf(name, once(spec)) } } } }),
  PodTemplate: (name, spec) => ({ apiVersion: 'v1', kind: 'PodTemplate', metadata: { name }, template: templateOf(name, spec) }),
  Pod: (name, spec) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: name } }, spec }),
};

/** The kinds that have pods. */
export const KINDS: readonly string[] = Object.keys(MAKE);

export function makeOf(kind: string, name: string, spec: object = CONTAINERS): KubernetesObject {
  return (MAKE[kind] as Make)(name, spec);
}

/** What the pods of the tests run: two containers by name, one before them, and things of their own. */
export const CONTAINERS = {
  initContainers: [{ name: 'prepare', image: 'prepare:1' }],
  containers: [
    { name: 'app', image: 'app:1', env: [{ name: 'LEVEL', value: 'info' }], volumeMounts: [{ name: 'work', mountPath: '/work' }] },
    { name: 'sidecar', image: 'sidecar:1' },
  ],
  volumes: [{ name: 'work', emptyDir: {} }],
};

/** The pod that the controller of a workload would make from its template. */
export function podOf(workload: KubernetesObject, name: string): KubernetesObject {
  const { metadata: { namespace } } = workload;
  const template = templateIn(workload);
  if (template === undefined) throw new Error(`${workload.kind} ${workload.metadata.name} has no pods`);
  return { apiVersion: 'v1', kind: 'Pod', metadata: { ...template.metadata, name, ...(namespace !== undefined && { namespace }) }, spec: template.spec };
}

export function hasPods(object: KubernetesObject): boolean {
  return templateIn(object) !== undefined;
}

interface Template {
  readonly metadata?: object;
  readonly spec: object;
}

function templateIn({ kind, metadata, spec, template }: KubernetesObject): Template | undefined {
  if (kind === 'Pod') return { metadata, spec: spec as object };
  const outer = spec as { readonly template?: Template; readonly jobTemplate?: { readonly spec: { readonly template: Template } } } | undefined;
  return (template as Template | undefined) ?? outer?.template ?? outer?.jobTemplate?.spec.template;
}
