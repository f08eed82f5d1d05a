import { anchorsOf, checkAnchors } from './anchors';
import type { WorkloadIdentityDefinition } from './definition';
import { describedCluster } from './described-cluster';
import type { Facts } from './facts';
import { factsIn, identitiesIn } from './given';
import { needsOfLayout, type Layout } from './layout';
import { checkedLayouts } from './layouts';
import { missingFacts } from './missing';
import { checkTogether } from './together';
import { subjectOf, type Claims, type Subject } from '../core/claims';
import { isDeferred, needsOf, settled, type Settled } from '../core/deferred';
import { InvalidDefinitionError, type MissingFact } from '../core/errors';
import { Findings } from '../core/issues';
import { deepFreeze, over } from '../core/plain';
import type { PodInjection } from '../kubernetes/injection';
import type { KubernetesObject } from '../kubernetes/manifest';
import type { ClusterDefinition, InjectionMode } from '../platforms/cluster';
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
  /** AKS: the id of the cluster in Azure. */
  readonly resourceId?: string;
  /** EKS: the ARN of the cluster. */
  readonly clusterArn?: string;
  /** ACK: the RAM OIDC provider that its webhook names, by ARN. */
  readonly ramProvider?: string;
  /** What its keys sign by, where the definition says it. */
  readonly signingAlgorithms?: readonly string[];
  readonly objects: readonly KubernetesObject[];
  /** Objects that are made elsewhere (a ServiceAccount with `create: false`, a namespace), as they have to look: labels and annotations are for their makers to add. */
  readonly expected: readonly KubernetesObject[];
  /** What the pods of each service account carry; {@link inject} puts it into a manifest. */
  readonly injections: readonly PlannedInjection[];
}

/** What the pods of one service account carry. */
export interface PlannedInjection extends Settled<PodInjection> {
  readonly identity: string;
}

/** One request to a cloud's API, as data. */
export interface TrustDocument {
  /** The identity that it belongs to; anchors belong to a cluster. */
  readonly identity?: string;
  readonly cluster?: string;
  /** The key under `trustedBy`; anchors have none. */
  readonly binding?: string;
  readonly provider: string;
  readonly kind: string;
  readonly name: string;
  /** Where the document lets somebody in: the handle of the cloud identity that they become. */
  readonly becomes?: string;
  readonly request: unknown;
}

/** Behind the function of this name in `late.ts`, which says what it does. */
export function planWorkloadIdentities(definitions: WorkloadIdentityDefinition | readonly WorkloadIdentityDefinition[], facts: Facts = {}): Plan {
  return deepFreeze(planOf(identitiesIn(definitions), factsIn(facts)));
}

/** The plan for those who hand it to nobody: not frozen, since V8 reads frozen lists several times more slowly. */
export function planOf(definitions: readonly WorkloadIdentityDefinition[], facts: Facts): Plan {
  const layouts = checkedLayouts(definitions, facts, checkTogether);
  const anchors = anchorsOf(layouts);
  const findings = new Findings();
  checkAnchors(anchors, findings.report);
  if (findings.errors.length > 0) throw new InvalidDefinitionError('trust anchors', findings.all);
  const missing = new Map<string, MissingFact>();
  for (const need of [...layouts.flatMap(needsOfLayout), ...needsOf(anchors.map(({ layout }) => [layout.name, layout.request]))]) missing.set(need.at.join('\n'), need);
  if (missing.size > 0) throw missingFacts([...missing.values()], facts, definitions);

  const edges: PlannedEdge[] = [];
  const trust = anchors.map(anchor => document(anchor.layout, { cluster: anchor.cluster }));
  for (const layout of layouts) {
    for (const edge of layout.edges) edges.push(plannedEdge(edge));
    for (const each of layout.trust) trust.push(document(each, { identity: layout.definition.name, binding: each.binding }));
  }
  return { edges, clusters: plannedClusters(layouts, facts), trust };
}

function plannedEdge(edge: Edge): PlannedEdge {
  const provider = providerOf(edge.provider as ProviderId);
  const issuer = edge.facts.issuer();
  const subject = subjectOf(edge.subject);
  const audience = settled(provider.audienceOf(edge));
  return {
    identity: edge.identity,
    cluster: edge.cluster.name,
    subject: edge.subject,
    binding: edge.binding,
    provider: edge.provider,
    mechanism: edge.mechanism,
    injection: edge.injection,
    claims: isDeferred(issuer) ? { subject, audience } : { issuer, subject, audience },
    handle: settled(provider.handleOf(edge)),
  };
}

/** By now every missing fact has been complained of, so that no leaf is left to wait. */
function allKnown<T>(tree: T): Settled<T> {
  return tree as Settled<T>;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };

function plannedClusters(layouts: readonly Layout[], facts: Facts): readonly PlannedCluster[] {
  const clusters = new Map<string, Mutable<PlannedCluster>>();
  for (const { definition, subjects } of layouts) {
    for (const { cluster, objects, expected, injection } of subjects) {
      const planned = clusters.get(cluster.name) ?? emptyCluster(cluster, facts);
      clusters.set(cluster.name, planned);
      planned.objects.push(...allKnown(objects));
      planned.expected.push(...allKnown(expected));
      planned.injections.push({ identity: definition.name, ...allKnown(injection) });
    }
  }
  return [...clusters.values()];
}

function emptyCluster(cluster: ClusterDefinition, facts: Facts): Mutable<PlannedCluster> {
  return { ...describedCluster(cluster, facts), objects: [], expected: [], injections: [] };
}

function document(layout: TrustLayout, owner: { readonly identity: string; readonly binding: string } | { readonly cluster: string }): TrustDocument {
  const { provider, kind, request } = layout;
  const name = settled(layout.name);
  return over(owner, layout.becomes === undefined ? { provider, kind, name, request } : { provider, kind, name, becomes: settled(layout.becomes), request });
}
