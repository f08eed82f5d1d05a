import { compact } from './compact';
import { byText } from '../../core/names';
import { isMap } from '../../core/shape';
import type { KubernetesObject } from '../../kubernetes/manifest';
import type { Artifacts, ClusterArtifact, TrustArtifact } from '../../proof/artifacts';

/** What clusters write into objects, and change with every run. */
const VOLATILE = ['creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'selfLink', 'uid'];
const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * For `expect.addSnapshotSerializer`, of jest and of vitest: both halves as a small text. Clusters, objects and documents stand in the order of
 * their names, keys in that of the alphabet, policies that are JSON in a text are laid out. What a cluster writes into objects by itself (`status`, `uid`,
 * `resourceVersion` and the like) is left out; all else is there. Other values are left to the runner.
 */
export const symbolonSerializer = {
  /** Whether the value is {@link Artifacts}, and nothing else beside. */
  test: isArtifacts,

  /** The text, each line with the indentation of its place. */
  serialize(value: unknown, _config?: unknown, indentation = ''): string {
    return textOf(value as Artifacts).split('\n').map((line, i) => (i === 0 || line === '' ? line : `${indentation}${line}`)).join('\n');
  },
};

function isArtifacts(value: unknown): boolean {
  if (!isMap(value) || Object.keys(value).sort().join() !== 'clusters,trust') return false;
  const { clusters, trust } = value;
  return Array.isArray(clusters) && Array.isArray(trust)
    && clusters.every(cluster => isMap(cluster) && typeof cluster.name === 'string' && Array.isArray(cluster.objects) && cluster.objects.every(isObject))
    && trust.every(document => isMap(document) && ['provider', 'kind', 'name'].every(field => typeof document[field] === 'string'));
}

function isObject(value: unknown): boolean {
  return isMap(value) && typeof value.kind === 'string' && isMap(value.metadata) && typeof value.metadata.name === 'string';
}

function textOf({ clusters, trust }: Artifacts): string {
  return [
    ...sorted(clusters, ({ name }) => [name]).map(clusterText),
    ...sorted(trust, ({ provider, name, kind }) => [provider, name, kind]).map(documentText),
  ].join('\n\n');
}

function clusterText({ name, objects, ...facts }: ClusterArtifact): string {
  const written = sorted(objects, ({ kind, metadata }) => [metadata.namespace ?? '', metadata.name, kind]).map(object => compact(steady(object)).join('\n'));
  return [`# cluster ${name}`, ...compact(facts).filter(line => line !== '{}'), ...written.flatMap(text => ['---', text])].join('\n');
}

function documentText({ provider, kind, name, becomes, cluster, request }: TrustArtifact): string {
  const lines = [
    `# ${provider} ${kind} ${name}`,
    ...(cluster === undefined ? [] : [`# of the cluster ${cluster}`]),
    ...(becomes === undefined || becomes === name ? [] : [`# lets become ${becomes}`]),
  ];
  return [...lines, ...compact(request)].join('\n');
}

/** The object without what changes by itself. */
function steady({ status: _status, metadata, ...object }: KubernetesObject & { readonly status?: unknown }): object {
  const kept = Object.fromEntries(Object.entries(metadata).filter(([key]) => !VOLATILE.includes(key)).map(([key, value]) => {
    if (key !== 'annotations' || !isMap(value)) return [key, value];
    const { [APPLIED]: _applied, ...annotations } = value;
    return [key, annotations];
  }));
  return { ...object, metadata: kept };
}

function sorted<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): readonly T[] {
  return items.map(item => [keysOf(item).join('\n'), item] as const).sort(([a], [b]) => byText(a, b)).map(([, item]) => item);
}
