import type { ServiceAccountDefinition, WorkloadIdentityDefinition } from './definition';
import { accountsIn, edgesOf } from './edges';
import type { Facts } from './facts';
import { projectedParts } from './projected-parts';
import { rbacOf } from './rbac';
import type { Subject } from '../core/claims';
import { needsOf } from '../core/deferred';
import type { MissingFact } from '../core/errors';
import { over } from '../core/plain';
import { joinInjections, type Collision, type InjectionPart, type PodInjection } from '../kubernetes/injection';
import type { ObjectLayout } from '../kubernetes/manifest';
import { apiAccessVolume } from '../kubernetes/projected-token';
import { serviceAccount } from '../kubernetes/service-account';
import type { ClusterDefinition } from '../platforms/cluster';
import { providerOf, type ProviderId } from '../providers';
import { groupBy } from '../providers/group';
import type { Edge, PodSide, TrustLayout } from '../providers/provider';

/** Both halves of one identity: which objects exist is settled, their values may wait for facts. */
export interface Layout {
  readonly definition: WorkloadIdentityDefinition;
  readonly edges: readonly Edge[];
  /** The Kubernetes half, by cluster and service account. */
  readonly subjects: readonly SubjectLayout[];
  /** The cloud half. */
  readonly trust: readonly TrustLayout[];
  readonly collisions: readonly Collision[];
  /** False where every fact that was looked up so far is known, so that no leaf that was made so far can be waiting. */
  readonly waits: boolean;
}

/** The Kubernetes half of one service account in one cluster. */
export interface SubjectLayout {
  readonly cluster: ClusterDefinition;
  readonly subject: Subject;
  readonly objects: readonly ObjectLayout[];
  /** What somebody else makes, as it has to look: the ServiceAccount, or a label of the namespace. */
  readonly expected: readonly ObjectLayout[];
  readonly injection: PodInjection;
}

/** What is pushed to keeps room for sixteen more: too much for what is held thousands of times. */
function trimmed<T>(list: readonly T[]): readonly T[] {
  return [...list];
}

/** Lays an identity out. Pure: the same definition and facts give the same layout. */
export function layoutOf(definition: WorkloadIdentityDefinition, facts: Facts): Layout {
  return new LaidOut(definition, facts);
}

class LaidOut implements Layout {
  readonly edges: readonly Edge[];
  readonly subjects: readonly SubjectLayout[];
  readonly collisions: readonly Collision[];
  waits = false;
  private documents: readonly TrustLayout[] | undefined;

  constructor(readonly definition: WorkloadIdentityDefinition, facts: Facts) {
    this.edges = trimmed(edgesOf(definition, { facts, onWait: () => (this.waits = true) }));
    const collisions: Collision[] = [];
    const clash = (collision: Collision): void => void collisions.push(collision);
    const subjects: SubjectLayout[] = [];
    for (const cluster of definition.clusters) {
      for (const account of accountsIn(definition, cluster)) subjects.push(subjectLayout(definition, cluster, account, this.edges, clash));
    }
    this.subjects = trimmed(subjects);
    this.collisions = collisions;
  }

  /** Made when somebody asks for it: a door to Kubernetes alone never does. */
  get trust(): readonly TrustLayout[] {
    return this.documents ??= [...groupBy(this.edges, edge => edge.binding).values()]
      .flatMap(group => providerOf((group[0] as Edge).provider as ProviderId).trustOf(group));
  }
}

function subjectLayout(
  definition: WorkloadIdentityDefinition, cluster: ClusterDefinition, account: ServiceAccountDefinition,
  edges: readonly Edge[], clash: (collision: Collision) => void,
): SubjectLayout {
  const subject: Subject = { namespace: account.namespace, serviceAccount: account.serviceAccount };
  const sides: { readonly from: string; readonly side: PodSide }[] = [];
  const parts: { readonly from: string; readonly part: InjectionPart }[] = [];
  for (const edge of edges) {
    if (edge.cluster !== cluster || edge.subject.namespace !== subject.namespace || edge.subject.serviceAccount !== subject.serviceAccount) continue;
    const from = `trustedBy.${edge.binding}`;
    const side = providerOf(edge.provider as ProviderId).podSideOf(edge);
    sides.push({ from, side });
    if (side.injection !== undefined) parts.push({ from, part: side.injection });
  }
  parts.push(...projectedParts(definition, cluster.name));
  if (definition.apiToken) parts.push({ from: 'apiToken', part: apiPart });
  const own = serviceAccount(subject, { labels: definition.labels, annotations: annotationsOf(definition, sides, clash) });
  const objects = account.create ? [own] : [];
  for (const { side } of sides) if (side.objects !== undefined) objects.push(...side.objects);
  const joined = joinInjections(subject, parts, clash);
  const expected = account.create ? [] : [own];
  for (const { side } of sides) if (side.expected !== undefined) expected.push(...side.expected);
  return {
    cluster,
    subject,
    objects: objects.concat(rbacOf(definition, subject)),
    expected,
    injection: definition.fsGroup === undefined ? joined : over(joined, { fsGroup: definition.fsGroup }),
  };
}

function annotationsOf(definition: WorkloadIdentityDefinition, sides: readonly { readonly from: string; readonly side: PodSide }[], clash: (collision: Collision) => void): NonNullable<PodSide['annotations']> {
  const only = sides.length === 1 ? sides[0]?.side.annotations : undefined;
  // Nearly always nobody else has any, and then nothing need be put together.
  if (only !== undefined && Object.keys(definition.annotations).length === 0) return only;
  const all: { [key: string]: NonNullable<PodSide['annotations']>[string] } = {};
  // A map, since an annotation may be called like a method of every object.
  const owners = new Map<string, string>();
  const add = (from: string, annotations: NonNullable<PodSide['annotations']>): void => {
    for (const key of Object.keys(annotations)) {
      const first = owners.get(key);
      if (first === undefined) {
        owners.set(key, from);
        all[key] = annotations[key] as string;
      } else {
        clash({ what: 'annotation', name: key, first, second: from });
      }
    }
  };
  for (const { from, side } of sides) if (side.annotations !== undefined) add(from, side.annotations);
  add('annotations', definition.annotations);
  return all;
}

/** Where in-cluster clients look. */
const apiPart: InjectionPart = {
  volumes: [apiAccessVolume('kubernetes-api')],
  mounts: [{ name: 'kubernetes-api', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true }],
};

/** Everything that the two halves still wait for, and what the edges name where neither half does. */
export function needsOfLayout(layout: Layout): readonly MissingFact[] {
  const { edges, subjects, trust } = layout;
  if (!layout.waits) return [];
  return needsOf([
    subjects.map(({ objects, expected, injection }) => [objects, expected, injection]),
    trust.map(({ name, request, becomes }) => [name, request, becomes]),
    edges.map(edge => providerOf(edge.provider as ProviderId).handleOf(edge)),
  ]);
}
