import { InvalidDefinitionError } from '../../core/errors';
import { Findings, complain, joinPath, show, type Report } from '../../core/issues';
import { fits, isMap, readShape, type Shape } from '../../core/shape';
import type { KubernetesObject } from '../../kubernetes/manifest';
import type { ClusterArtifact } from '../../proof/artifacts';
import type { MockedResource } from '../../providers/mocked';
import { meant } from '../workload';

/** A cluster that the program writes to, or whose manifests come from elsewhere: what the proof has to know of it. */
export interface MockedCluster extends Omit<ClusterArtifact, 'objects'> {
  /** Manifests that others make: those of `halvesOf(…).clusters`, of a chart. @default none */
  readonly objects?: ClusterArtifact['objects'];
  /** The name, in the program, of the Kubernetes provider of this cluster. @default every Kubernetes resource is in the one cluster that is given */
  readonly kubernetesProvider?: string;
}

/** What of a mocked program the proof is asked about. */
export interface MockedArtifactsOptions {
  readonly clusters: readonly MockedCluster[];
}

const OPTIONS: Shape<MockedArtifactsOptions> = { clusters: 'list' };
const CLUSTER: Shape<MockedCluster> = {
  name: 'text', objects: 'list?', kubernetesProvider: 'text?', issuer: 'text?', workloadPool: 'text?', resourceId: 'text?', clusterArn: 'text?', ramProvider: 'text?', signingAlgorithms: 'texts?',
};

/**
 * The clusters, with what the program wrote to each.
 *
 * @throws InvalidDefinitionError when it cannot be told to which cluster an object goes
 */
export function clustersOf(options: MockedArtifactsOptions, resources: readonly MockedResource[]): readonly ClusterArtifact[] {
  const findings = new Findings();
  const { report } = findings;
  const { clusters = [] } = readShape(options, OPTIONS, 'options', report);
  const read = (clusters as readonly unknown[]).map((cluster, i) => readCluster(cluster, joinPath('options.clusters', i), report));
  if (findings.errors.length > 0) throw new InvalidDefinitionError('artifacts of a mocked program', findings.all);
  const written = new Map<string, KubernetesObject[]>(read.map(({ name }) => [name, []]));
  for (const resource of resources) {
    const object = objectOf(resource);
    const cluster = object && clusterFor(resource, read, report);
    if (object !== undefined && cluster !== undefined) written.get(cluster.name)?.push(object);
  }
  if (findings.errors.length > 0) throw new InvalidDefinitionError('artifacts of a mocked program', findings.all);
  return read.map(({ kubernetesProvider: _provider, objects = [], ...cluster }) => ({ ...cluster, objects: [...objects, ...written.get(cluster.name) ?? []] }));
}

function readCluster(value: unknown, path: string, report: Report): MockedCluster {
  if (!fits(value, 'map', path, report)) return { name: '' };
  return { name: '', ...readShape<MockedCluster>(value as MockedCluster, CLUSTER, path, report) };
}

function clusterFor({ name, provider }: MockedResource, clusters: readonly MockedCluster[], report: Report): MockedCluster | undefined {
  const found = clusters.find(({ kubernetesProvider }) => kubernetesProvider !== undefined && kubernetesProvider === provider);
  if (found !== undefined) return found;
  const [only] = clusters;
  if (clusters.length === 1 && only?.kubernetesProvider === undefined) return only;
  const known = clusters.flatMap(({ kubernetesProvider }) => kubernetesProvider ?? []);
  const fix = (provider === undefined ? undefined : meant(provider, known)) ?? 'say the kubernetesProvider of every cluster, as the program names it';
  complain(report, 'testing/cluster', 'options.clusters', {
    expected: `a cluster for the Kubernetes resource ${show(name)}${provider === undefined ? ', which names no provider' : ` of the provider ${show(provider)}`}`, ...(known.length > 0 && { got: known }), fix,
  });
  return undefined;
}

/** The manifest that a resource of Pulumi's Kubernetes provider writes; undefined for what is none, such as a chart. */
function objectOf({ type, name, inputs }: MockedResource): KubernetesObject | undefined {
  const { apiVersion, kind, metadata } = inputs;
  if (!type.startsWith('kubernetes:') || typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const { status: _status, ...manifest } = inputs;
  // Without a name Pulumi makes one, which begins with that of the resource.
  return { ...manifest, apiVersion, kind, metadata: { name, ...(isMap(metadata) ? metadata : {}) } } as KubernetesObject;
}
