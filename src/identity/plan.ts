import { anchorsOf } from './anchors';
import { checkLayout } from './check';
import { checkFacts } from './check-facts';
import { knownLayoutOf } from './define';
import type { WorkloadIdentityDefinition } from './definition';
import { valueAt } from './edges';
import type { Facts } from './facts';
import { layoutOf, needsOfLayout, type Layout } from './layout';
import { checkTogether } from './together';
import type { Claims, Subject } from '../core/claims';
import { isDeferred, mapDeferred } from '../core/deferred';
import { InvalidDefinitionError, InvalidFactsError, InvariantError, MissingFactError, type MissingFact } from '../core/errors';
import { Findings } from '../core/issues';
import { deepFreeze } from '../core/plain';
import type { PodInjection } from '../kubernetes/injection';
import type { KubernetesObject } from '../kubernetes/manifest';
import { issuerOf, platformOf } from '../platforms';
import type { InjectionMode } from '../platforms/cluster';
import { providerOf, type ProviderId } from '../providers';
import type { Edge, TrustLayout } from '../providers/provider';

/** Both halves, every value known: plain data, frozen. */
export interface Plan {
  readonly edges: readonly PlannedEdge[];
  /** The Kubernetes half. */
  readonly clusters: readonly PlannedCluster[];
  /** The cloud half: requests to the clouds' APIs, in the order in which they can be sent. */
  readonly trust: readonly TrustDocument[];
}

/** Who is trusted by whom, through what. */
export interface PlannedEdge {
  readonly identity: string;
  readonly cluster: string;
  readonly subject: Subject;
  readonly binding: string;
  readonly provider: string;
  readonly mechanism: string;
  readonly injection: InjectionMode;
  /** The claims of the pod's token. The issuer is left out where nothing needs it and nobody gave it. */
  readonly claims: Omit<Claims, 'issuer'> & { readonly issuer?: string };
  /** What the pod names: a role's ARN, a client id, an e-mail address. */
  readonly handle: string;
}

/** The Kubernetes half in one cluster. */
export interface PlannedCluster {
  readonly name: string;
  readonly issuer?: string;
  /** GKE: the pool that the cluster's service accounts belong to. */
  readonly workloadPool?: string;
  readonly objects: readonly KubernetesObject[];
  /** What the pods of each service account carry; {@link inject} puts it into a manifest. */
  readonly injections: readonly PlannedInjection[];
}

/** What the pods of one service account carry. */
export interface PlannedInjection extends PodInjection {
  readonly identity: string;
}

/** One request to a cloud's API, as data. */
export interface TrustDocument {
  /** The identity that it belongs to; anchors belong to a cluster. */
  readonly identity?: string;
  readonly cluster?: string;
  readonly provider: string;
  readonly kind: string;
  readonly name: string;
  /** Where the document lets somebody in: the handle of the cloud identity that they become. */
  readonly becomes?: string;
  readonly request: unknown;
}

/**
 * Plans one identity, or several together.
 *
 * @param facts  values that only the environment knows
 * @throws MissingFactError with every fact that is needed and missing
 * @throws InvalidFactsError when facts and definition contradict each other
 * @throws InvalidDefinitionError when, with the facts, a rule is broken, or two definitions own the same thing
 */
export function planWorkloadIdentities(definitions: WorkloadIdentityDefinition | readonly WorkloadIdentityDefinition[], facts: Facts = {}): Plan {
  const list = Array.isArray(definitions) ? definitions as readonly WorkloadIdentityDefinition[] : [definitions as WorkloadIdentityDefinition];
  const given = new Findings();
  checkFacts(facts, list, given.report);
  if (given.errors.length > 0) throw new InvalidFactsError(given.all);
  const bare = Object.keys(facts).length === 0;
  const layouts = list.map(definition => (bare ? knownLayoutOf(definition) : layoutOf(definition, facts)));

  const findings = new Findings();
  if (!bare) layouts.forEach(layout => checkLayout(layout, findings.report));
  checkTogether(layouts, findings.report);
  if (findings.errors.length > 0) throw new InvalidDefinitionError(list.map(definition => JSON.stringify(definition.name)).join(', '), findings.all);
  const anchors = anchorsOf(layouts);
  const missing = new Map<string, MissingFact>();
  for (const need of layouts.flatMap(needsOfLayout)) missing.set(need.at.join('\n'), need);
  if (missing.size > 0) throw new MissingFactError([...missing.values()]);

  return deepFreeze({
    edges: layouts.flatMap(layout => layout.edges.map(plannedEdge)),
    clusters: plannedClusters(layouts, facts),
    trust: [
      ...anchors.map(anchor => document(anchor.layout, { cluster: anchor.cluster })),
      ...layouts.flatMap(layout => layout.trust.map(each => document(each, { identity: layout.definition.name }))),
    ],
  });
}

function plannedEdge(edge: Edge): PlannedEdge {
  const provider = providerOf(edge.provider as ProviderId);
  const issuer = edge.facts.issuer();
  return {
    identity: edge.identity,
    cluster: edge.cluster.name,
    subject: edge.subject,
    binding: edge.binding,
    provider: edge.provider,
    mechanism: edge.mechanism,
    injection: edge.injection,
    claims: {
      ...(!isDeferred(issuer) && { issuer }),
      subject: `system:serviceaccount:${edge.subject.namespace}:${edge.subject.serviceAccount}`,
      audience: settled(provider.audienceOf(edge)),
    },
    handle: settled(provider.handleOf(edge)),
  };
}

function plannedClusters(layouts: readonly Layout[], facts: Facts): readonly PlannedCluster[] {
  const clusters = new Map<string, { objects: KubernetesObject[]; injections: PlannedInjection[]; head: Omit<PlannedCluster, 'objects' | 'injections'> }>();
  for (const { definition, subjects } of layouts) {
    for (const { cluster, objects, injection } of subjects) {
      const issuer = issuerOf(cluster) ?? valueAt(facts, ['clusters', cluster.name, 'issuer']);
      const pool = platformOf(cluster).workloadPoolOf?.(cluster);
      const planned = clusters.get(cluster.name) ?? {
        head: { name: cluster.name, ...(issuer !== undefined && { issuer }), ...(pool !== undefined && { workloadPool: pool }) }, objects: [], injections: [],
      };
      clusters.set(cluster.name, planned);
      for (const object of objects) planned.objects.push(settled(object) as KubernetesObject);
      planned.injections.push({ identity: definition.name, ...settled(injection) });
    }
  }
  return [...clusters.values()].map(({ head, objects, injections }) => ({ ...head, objects, injections }));
}

function document(layout: TrustLayout, owner: { readonly identity: string } | { readonly cluster: string }): TrustDocument {
  return {
    ...owner,
    provider: layout.provider,
    kind: layout.kind,
    name: settled(layout.name),
    ...(layout.becomes !== undefined && { becomes: settled(layout.becomes) }),
    request: settled(layout.request),
  };
}

function settled<T>(tree: T): T extends { readonly needs: unknown } ? never : T extends string ? string : T;
function settled(tree: unknown): unknown {
  return mapDeferred(tree, leaf => {
    throw new InvariantError(`a plan was made while ${leaf.needs.map(need => need.name).join(', ')} was missing`);
  });
}
