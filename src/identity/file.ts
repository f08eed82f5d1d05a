import { readIdentity } from './define';
import { readCluster } from './define-cluster';
import type { WorkloadIdentityDefinition } from './definition';
import { checkStructure } from './structure';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain, joinPath, under, type Report } from '../core/issues';
import { nearest } from '../core/nearest';
import { checkPlain } from '../core/plain';
import type { ClusterDefinition } from '../platforms/cluster';

/** What a definition file says. */
export interface DefinedInFile {
  readonly definitions: readonly WorkloadIdentityDefinition[];
  /** Manifests with pods, as they were given. */
  readonly workloads: readonly object[];
}

type Fields = { readonly [key: string]: unknown };

/** The clusters of a file by name; undefined for one that is too broken to be used. */
type Clusters = ReadonlyMap<string, ClusterDefinition | undefined>;

/**
 * Reads the data of a definition file: the same as in TypeScript, but for its clusters, which identities name.
 *
 * @param name  what to call the file in errors
 * @throws InvalidDefinitionError with everything that is wrong anywhere in it, when anything is
 */
export function readDefinitionFile(data: unknown, name = 'the definition file'): DefinedInFile {
  const findings = new Findings();
  const { report } = findings;
  if (!isMap(data)) {
    complain(report, 'file/shape', name, { expected: 'a map with version, clusters and identities', got: data, fix: 'begin with: version: 1' });
    throw new InvalidDefinitionError(name, findings.all);
  }
  const { clusters: listedClusters, identities, ...rest } = data;
  checkPlain(rest, '', report);
  checkStructure('DefinitionFile', data, '', report);

  const clusters = readClusters(mapsIn(listedClusters), report);
  if (Array.isArray(identities) && identities.length === 0) complain(report, 'file/empty', 'identities', { expected: 'at least one identity', got: [], fix: 'say who runs where' });
  const definitions = mapsIn(identities).flatMap(([input, i]) => readInFile(input, joinPath('identities', i), clusters, report) ?? []);
  if (findings.errors.length > 0) throw new InvalidDefinitionError(name, findings.all);
  return { definitions, workloads: mapsIn(rest.workloads).map(([workload]) => workload) };
}

function readClusters(inputs: readonly (readonly [Fields, number])[], report: Report): Clusters {
  const clusters = new Map<string, ClusterDefinition | undefined>();
  for (const [input, i] of inputs) {
    const at = joinPath('clusters', i);
    const cluster = readCluster(input, `${at}.`, report);
    if (typeof input.name !== 'string') continue;
    if (clusters.has(input.name)) complain(report, 'file/cluster-twice', `${at}.name`, { expected: 'every cluster once', got: input.name, fix: 'take the second one out, or rename one of them' });
    clusters.set(input.name, cluster);
  }
  return clusters;
}

function readInFile(input: Fields, at: string, clusters: Clusters, report: Report): WorkloadIdentityDefinition | undefined {
  if (!Array.isArray(input.clusters)) return readIdentity(input, under(at, report));
  const named = input.clusters.map((name: unknown, i) => findCluster(name, joinPath(`${at}.clusters`, i), clusters, report));
  const usable = named.filter(cluster => cluster !== undefined);
  const whole = usable.length === named.length;
  return readIdentity({ ...input, clusters: usable }, under(at, issue => {
    // With a cluster amiss, what is said about "the clusters of the identity" would be no news, or wrong.
    if (whole || !['identity/unknown-cluster', 'identity/clusters'].includes(issue.code)) report(issue);
  }));
}

function findCluster(name: unknown, at: string, clusters: Clusters, report: Report): ClusterDefinition | undefined {
  if (typeof name === 'string' && clusters.has(name)) return clusters.get(name);
  const close = typeof name === 'string' ? nearest(name, clusters.keys()) : undefined;
  complain(report, 'file/unknown-cluster', at, {
    expected: clusters.size === 0 ? 'a cluster of this file, which has none' : `the name of one of the clusters of this file: ${[...clusters.keys()].join(', ')}`,
    got: name,
    fix: close === undefined ? 'add the cluster under clusters, or correct the name' : `did you mean ${close}?`,
  });
  return undefined;
}

/** The maps of a list, with their places. Everything else in it has been reported by the structure already. */
function mapsIn(value: unknown): readonly (readonly [Fields, number])[] {
  return Array.isArray(value) ? value.flatMap((item: unknown, i) => (isMap(item) ? [[item, i] as const] : [])) : [];
}

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
