import type { ClusterArtifact } from './artifacts';
import type { KubernetesObject } from '../kubernetes/manifest';

/** A map of which nothing is known. */
export type Data = { readonly [key: string]: unknown };

/** A pod as the kubelet will see it, with the objects beside it that matter for its identity. */
export interface PodView {
  readonly cluster: ClusterArtifact;
  /** The manifest that makes it. */
  readonly object: KubernetesObject;
  /** The part of the manifest that is the pod: `metadata` and `spec`. */
  readonly template: Data;
  /** Why no API server takes it, so that there never is such a pod. */
  readonly impossible?: string;
  /** `Deployment shop/web`. */
  readonly workload: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Of the ServiceAccount, where it is among the manifests. */
  readonly accountAnnotations: { readonly [key: string]: string };
  /** Of the Namespace, where it is among the manifests. */
  readonly namespaceLabels: { readonly [key: string]: string };
  readonly labels: { readonly [key: string]: string };
  readonly annotations: { readonly [key: string]: string };
  readonly hostNetwork: boolean;
  readonly nodeSelector: { readonly [key: string]: string };
  /** Whether it may be scheduled to a node for having this label: by its node selector, or by a term of its required affinity. */
  readonly mayBeOn: (label: string, value: string) => boolean;
  /** Whether it says that it is for Windows nodes, where files have no modes. */
  readonly windows: boolean;
  /** The group that owns the volumes' files. */
  readonly fsGroup?: unknown;
  /** The groups that all its containers are in besides. */
  readonly groups: readonly unknown[];
  readonly containers: readonly ContainerView[];
  readonly volumes: ReadonlyMap<string, Data>;
  /** The text of a key of a ConfigMap in the pod's namespace. */
  configMap(name: string, key: string): string | undefined;
  /** The keys of a ConfigMap in the pod's namespace. */
  configKeys(name: string): readonly string[];
}

/** One container, or init container. What it runs as is what the pod says: its image may know better. */
export interface ContainerView {
  readonly name: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Whether it is said not to run as root. */
  readonly nonRoot: boolean;
  /** The variables, those of ConfigMaps among the manifests too; undefined for a value that comes from elsewhere. */
  readonly env: ReadonlyMap<string, string | undefined>;
  /** Where more variables come from, which nobody can read here: `Secret keys`. */
  readonly unread: readonly string[];
  readonly mounts: readonly { readonly volume: string; readonly path: string; readonly subPath: boolean }[];
}

/** The pods that the manifests would make. One by one: there can be more of them than are good to hold at once. */
export function* podsIn(clusters: readonly ClusterArtifact[]): Generator<PodView> {
  for (const cluster of clusters) yield* podsOf(cluster);
}

function* podsOf(cluster: ClusterArtifact): Generator<PodView> {
  const accounts = new Map<string, Data>();
  const configs = new Map<string, Data>();
  const namespaces = new Map<string, Data>();
  for (const object of cluster.objects) {
    if (object.apiVersion !== 'v1') continue;
    if (object.kind === 'ServiceAccount') accounts.set(keyOf(object), data(object.metadata));
    if (object.kind === 'Namespace') namespaces.set(object.metadata.name, data(object.metadata));
    if (object.kind === 'ConfigMap') configs.set(keyOf(object), data(object.data));
  }
  for (const object of cluster.objects) {
    const template = templateOf(object);
    if (template !== undefined) yield podOf(cluster, object, template, { accounts, configs, namespaces });
  }
}

/** A pod template is a `spec` with containers: one level down in most kinds, three in a CronJob, none in a Pod, and beside the metadata in a PodTemplate. */
function templateOf(object: KubernetesObject): Data | undefined {
  const spec = data(object.spec);
  const candidates = [object as Data, data(object.template), data(spec.template), data(data(data(spec.jobTemplate).spec).template)];
  return candidates.find(candidate => Array.isArray(data(candidate.spec).containers));
}

/** What matters for a pod and stands beside it: objects by namespace and name. */
interface Beside {
  readonly accounts: ReadonlyMap<string, Data>;
  readonly configs: ReadonlyMap<string, Data>;
  readonly namespaces: ReadonlyMap<string, Data>;
}

function podOf(cluster: ClusterArtifact, object: KubernetesObject, template: Data, { accounts, configs, namespaces }: Beside): PodView {
  const spec = data(template.spec);
  const meta = data(template.metadata);
  const security = data(spec.securityContext);
  const namespace = object.metadata.namespace ?? 'default';
  const fault = impossible(spec);
  // The API server copies the field of before into the new one. https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
  const serviceAccount = text(spec.serviceAccountName) || text(spec.serviceAccount) || 'default';
  return {
    cluster,
    object,
    template,
    ...(fault !== undefined && { impossible: fault }),
    workload: `${object.kind} ${namespace}/${object.metadata.name}`,
    namespace,
    serviceAccount,
    accountAnnotations: strings(accounts.get(`${namespace}/${serviceAccount}`)?.annotations),
    namespaceLabels: strings(namespaces.get(namespace)?.labels),
    labels: strings(meta.labels),
    annotations: strings(meta.annotations),
    hostNetwork: spec.hostNetwork === true,
    nodeSelector: strings(spec.nodeSelector),
    mayBeOn: (label, value) => data(spec.nodeSelector)[label] === value || isInAffinity(spec, label, value),
    windows: data(spec.os).name === 'windows' || ['kubernetes.io/os', 'beta.kubernetes.io/os'].some(key => data(spec.nodeSelector)[key] === 'windows'),
    ...(typeof security.fsGroup === 'number' && { fsGroup: security.fsGroup }),
    groups: Array.isArray(security.supplementalGroups) ? security.supplementalGroups : [],
    containers: [...list(spec.initContainers), ...list(spec.containers)].map(container => containerOf(container, security, name => configs.get(`${namespace}/${name}`))),
    volumes: volumesOf(spec),
    configMap: (name, key) => text(configs.get(`${namespace}/${name}`)?.[key]),
    configKeys: name => Object.keys(configs.get(`${namespace}/${name}`) ?? {}),
  };
}

function isInAffinity(spec: Data, label: string, value: string): boolean {
  const required = data(data(data(spec.affinity).nodeAffinity).requiredDuringSchedulingIgnoredDuringExecution);
  return list(required.nodeSelectorTerms).flatMap(term => list(term.matchExpressions))
    .some(({ key, operator, values }) => key === label && operator === 'In' && Array.isArray(values) && values.includes(value));
}

function volumesOf(spec: Data): ReadonlyMap<string, Data> {
  const volumes = new Map<string, Data>();
  for (const volume of list(spec.volumes)) volumes.set(shown(volume.name), volume);
  return volumes;
}

function containerOf(container: Data, pod: Data, configOf: (name: string) => Data | undefined): ContainerView {
  const env = new Map<string, string | undefined>();
  const unread: string[] = [];
  for (const { prefix, configMapRef, secretRef } of list(container.envFrom)) {
    const config = configMapRef === undefined ? undefined : configOf(shown(data(configMapRef).name));
    if (config === undefined) unread.push(secretRef === undefined ? `ConfigMap ${shown(data(configMapRef).name)}` : `Secret ${shown(data(secretRef).name)}`);
    else for (const key of Object.keys(config)) env.set(`${text(prefix) ?? ''}${key}`, text(config[key]));
  }
  for (const { name, value, valueFrom } of list(container.env)) {
    const { name: config, key } = data(data(valueFrom).configMapKeyRef);
    const said = text(value);
    env.set(shown(name), said === undefined ? text(configOf(shown(config))?.[shown(key)]) : expanded(said, env));
  }
  const own = data(container.securityContext);
  const [uid, gid] = [own.runAsUser ?? pod.runAsUser, own.runAsGroup ?? pod.runAsGroup];
  return {
    name: shown(container.name),
    ...(typeof uid === 'number' && { uid }),
    ...(typeof gid === 'number' && { gid }),
    nonRoot: (own.runAsNonRoot ?? pod.runAsNonRoot) === true,
    env,
    unread,
    mounts: list(container.volumeMounts).map(mount => ({
      volume: shown(mount.name),
      path: shown(mount.mountPath).replace(/\/+$/, ''),
      subPath: mount.subPath !== undefined || mount.subPathExpr !== undefined,
    })),
  };
}

/** The kubelet puts variables of before into a value, and takes `$$` for a dollar. What nobody knows stays unknown. https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/ */
function expanded(value: string, env: ReadonlyMap<string, string | undefined>): string | undefined {
  if (!value.includes('$')) return value;
  let isKnown = true;
  const made = value.replace(/\$\$|\$\(([^)]*)\)/g, (whole, name: string | undefined) => {
    if (name === undefined) return '$';
    if (!env.has(name)) return whole;
    isKnown &&= env.get(name) !== undefined;
    return env.get(name) ?? '';
  });
  return isKnown ? made : undefined;
}

/** Why no API server takes the pod: two of one name, or two mounts in one place. */
function impossible(spec: Data): string | undefined {
  const containers = [...list(spec.initContainers), ...list(spec.containers)];
  const volume = twinIn(list(spec.volumes).map(({ name }) => shown(name)));
  if (volume !== undefined) return `it has two volumes of the name ${volume}`;
  const container = twinIn(containers.map(({ name }) => shown(name)));
  if (container !== undefined) return `it has two containers of the name ${container}`;
  for (const { name, volumeMounts } of containers) {
    const place = twinIn(list(volumeMounts).map(({ mountPath }) => shown(mountPath)));
    if (place !== undefined) return `its container ${shown(name)} mounts two volumes at ${place}`;
  }
  return undefined;
}

function twinIn(names: readonly string[]): string | undefined {
  return names.length < 2 || new Set(names).size === names.length ? undefined : names.find((name, i) => names.indexOf(name) !== i);
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name}`;
}

/** The value as a map; an empty one for everything else. */
export function data(value: unknown): Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Data) : {};
}

/** The maps of a list. */
export function list(value: unknown): readonly Data[] {
  return Array.isArray(value) ? value.map(data) : [];
}

/** The value where it is text. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value as text, whatever it is: a map may have a `toString` of its own. */
export function shown(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** The texts of a map. An empty value is an empty text; what is none at all, no API server takes. */
function strings(value: unknown): { readonly [key: string]: string } {
  const map = data(value);
  if (Object.values(map).every(each => typeof each === 'string')) return map as { readonly [key: string]: string };
  return Object.fromEntries(Object.entries(map).flatMap(([key, each]) => (typeof each === 'string' || each === null ? [[key, each ?? '']] : [])));
}
