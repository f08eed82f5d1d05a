import type { WorkloadIdentityDefinition } from './definition';
import type { Facts } from './facts';
import type { Layout } from './layout';
import { checkedLayouts } from './layouts';
import { missingFacts } from './missing';
import type { Subject } from '../core/claims';
import { needsOf } from '../core/deferred';
import { InvalidDefinitionError, MissingFactError } from '../core/errors';
import { Findings, complain } from '../core/issues';
import { sameData } from '../core/plain';
import type { PodInjection } from '../kubernetes/injection';
import type { KubernetesObject, ObjectLayout } from '../kubernetes/manifest';
import type { ClusterDefinition } from '../platforms/cluster';
import { providerOf, type ProviderId } from '../providers';

/** The Kubernetes half of an identity in one cluster, every value known. */
export interface KubernetesHalf {
  readonly layout: Layout;
  readonly cluster: ClusterDefinition;
  readonly accounts: readonly AccountHalf[];
}

/** What one service account is made of, and what its pods carry. */
export interface AccountHalf {
  readonly subject: Subject;
  readonly objects: readonly KubernetesObject[];
  /** The ServiceAccount as it has to look, where somebody else makes it: see {@link knownObject}. */
  readonly expected: readonly ObjectLayout[];
  readonly injection: PodInjection;
}

/**
 * The Kubernetes half in one cluster. What only the cloud half waits for may be missing.
 *
 * @param cluster  one of the definition's clusters, or its name
 * @throws InvalidDefinitionError when the identity does not run in the cluster
 * @throws MissingFactError with every fact that this half needs and nobody gave
 */
export function halfOf(definition: WorkloadIdentityDefinition, cluster: ClusterDefinition | string, facts: Facts): KubernetesHalf {
  const home = findCluster(definition, cluster);
  const [layout] = checkedLayouts([definition], facts) as [Layout];
  const subjects = layout.subjects.filter(subject => subject.cluster === home);
  const missing = layout.waits ? needsOf(subjects.map(({ objects, injection }) => [objects, injection])) : [];
  if (missing.length > 0) throw missingFacts(missing, facts, [definition]);
  return { layout, cluster: home, accounts: subjects as readonly AccountHalf[] };
}

/**
 * An object of this half that only some need.
 *
 * @throws MissingFactError when a value that stands in it is not known
 */
export function knownObject(object: ObjectLayout): KubernetesObject {
  const missing = needsOf(object);
  if (missing.length > 0) throw new MissingFactError(missing);
  return object as KubernetesObject;
}

/** What pods of this half name at each of their relying parties, by binding. */
export function handlesOf({ layout, cluster }: KubernetesHalf): { readonly [binding: string]: string } {
  const edges = layout.edges.filter(edge => edge.cluster === cluster);
  const handles = edges.map(edge => [edge.binding, providerOf(edge.provider as ProviderId).handleOf(edge)] as const);
  const missing = needsOf(handles);
  if (missing.length > 0) throw new MissingFactError(missing);
  return Object.fromEntries(handles) as { [binding: string]: string };
}

/**
 * The definition's cluster that is meant.
 *
 * @throws InvalidDefinitionError when the identity does not run in it
 */
export function findCluster(definition: WorkloadIdentityDefinition, cluster: ClusterDefinition | string): ClusterDefinition {
  const name = typeof cluster === 'string' ? cluster : (cluster as Partial<ClusterDefinition> | undefined | null)?.name;
  const found = definition.clusters.find(candidate => candidate.name === name);
  if (found !== undefined && (typeof cluster === 'string' || found === cluster || sameData(found, cluster))) return found;
  const findings = new Findings();
  if (found === undefined) {
    complain(findings.report, 'identity/unknown-cluster', 'cluster', {
      expected: `one of the identity's clusters: ${definition.clusters.map(each => each.name).join(', ')}`, got: name ?? cluster, fix: 'correct the name, or add the cluster to the definition',
    });
  } else {
    complain(findings.report, 'cluster/two-meanings', 'cluster', { expected: 'the cluster as the definition has it', got: cluster, fix: 'pass the same one, or its name' });
  }
  throw new InvalidDefinitionError(`workload identity ${JSON.stringify(definition.name)}`, findings.all);
}
