import type { TrustEdge, TrustMap, TrustNode } from './map';
import { idOf, Sketch } from './sketch';
import { append } from '../core/append';

/** How much is folded, from nothing to everything. */
export const FOLDS = ['nothing', 'what is well', 'namespaces', 'clusters', 'everything'] as const;

/** One of {@link FOLDS}. */
export type Fold = (typeof FOLDS)[number];

/** Where a node belongs: workloads to their namespace, identities and permissions to that of whoever leads to them. */
interface Home {
  readonly cluster: string;
  readonly namespace: string;
}

const SEVERAL = '*';
const NOWHERE = '';

/**
 * The map with less in it. What is of one kind and at home in one namespace becomes one node that says how many it stands for, and so do
 * the edges between two such nodes that are of one state. A node that would stand for itself alone stays as it is.
 *
 * @param fold  `what is well` leaves alone whatever is refused, undecided, or lets somebody in whom it should not
 */
export function folded(map: TrustMap, fold: Fold): TrustMap {
  if (fold === 'nothing') return map;
  const homes = homesOf(map);
  const troubled = fold === 'what is well' ? troubledIn(map) : new Set<string>();
  const groups = new Map<string, TrustNode[]>();
  for (const node of map.nodes) append(groups, troubled.has(node.id) ? node.id : JSON.stringify(keyOf(node, homes.get(node.id), fold)), node);
  const stands = new Map<string, string>();
  const sketch = new Sketch();
  for (const [key, members] of groups) {
    const [only] = members as [TrustNode];
    const group = members.length === 1 ? only : groupOf(key, members, homes.get(only.id), fold);
    sketch.keep(group);
    for (const { id } of members) stands.set(id, group.id);
  }
  for (const edge of edgesBetween(map.edges, stands)) sketch.edge(edge);
  return sketch.finished(map.loose);
}

function keyOf(node: TrustNode, home: Home | undefined, fold: Fold): readonly string[] {
  const { kind, provider = '', label } = node;
  if (fold === 'everything') return [kind, provider];
  const { cluster = NOWHERE, namespace = NOWHERE } = home ?? {};
  if (fold === 'clusters') return [kind, provider, cluster];
  return [kind, provider, cluster, namespace, ...kind === 'token' ? [label] : []];
}

const PLURAL: { readonly [kind in TrustNode['kind']]: string } = { workload: 'workloads', stranger: 'strangers', token: 'tokens', identity: 'identities', permission: 'permissions' };

function groupOf(key: string, members: readonly TrustNode[], home: Home | undefined, fold: Fold): TrustNode {
  const { kind, cluster, namespace, provider, label } = members[0] as TrustNode;
  const [inCluster, inNamespace] = [fold !== 'everything', fold !== 'everything' && fold !== 'clusters'];
  const what = kind === 'token' && inNamespace ? `tokens for ${label}` : `${provider === undefined ? '' : `${provider} `}${PLURAL[kind]}`;
  const count = members.reduce((sum, { count: each = 1 }) => sum + each, 0);
  return {
    id: idOf(kind, key),
    kind,
    label: `${count} ${what}${home === undefined ? '' : whereOf(home, inCluster, inNamespace)}`,
    ...(inCluster && cluster !== undefined && { cluster }),
    ...(inNamespace && namespace !== undefined && { namespace }),
    ...(provider !== undefined && { provider }),
    notes: [],
    count,
  };
}

function whereOf({ cluster, namespace }: Home, inCluster: boolean, inNamespace: boolean): string {
  if (!inCluster) return '';
  if (cluster === SEVERAL) return inNamespace && namespace !== SEVERAL ? ` of ${namespace} in several clusters` : ' of several clusters';
  if (!inNamespace) return ` of ${cluster}`;
  return namespace === SEVERAL ? ` of several namespaces in ${cluster}` : ` of ${namespace} in ${cluster}`;
}

/** Edges come from left to right, so that whoever leads to a node has a home before it. */
function homesOf({ nodes, edges }: TrustMap): ReadonlyMap<string, Home> {
  const homes = new Map<string, Home>();
  for (const { id, cluster, namespace } of nodes) if (cluster !== undefined) homes.set(id, { cluster, namespace: namespace ?? NOWHERE });
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
  for (const kind of ['identity', 'permission', 'stranger'] as const) {
    const found = new Map<string, Home>();
    for (const { from, to } of edges) {
      // A stranger is at home where the identity is.
      const [near, far] = kind === 'stranger' ? [from, to] : [to, from];
      const home = homes.get(far);
      if (kinds.get(near) !== kind || home === undefined) continue;
      const before = found.get(near) ?? home;
      found.set(near, { cluster: both(before.cluster, home.cluster), namespace: both(before.namespace, home.namespace) });
    }
    for (const [id, home] of found) homes.set(id, home);
  }
  return homes;
}

/** The name that both have. */
function both(one: string, other: string): string {
  return one === other ? one : SEVERAL;
}

/** Both ends of every edge that is not as it should be, and who carries the token. */
function troubledIn({ edges }: TrustMap): ReadonlySet<string> {
  const troubled = new Set(edges.filter(({ state = 'admitted' }) => state !== 'admitted').flatMap(({ from, to }) => [from, to]));
  for (const { from, to, state } of edges) if (state === undefined && troubled.has(to) && from.startsWith('w')) troubled.add(from);
  return troubled;
}

/** Of those that were several only the number is left: each has a reason of its own. */
function edgesBetween(edges: readonly TrustEdge[], stands: ReadonlyMap<string, string>): Iterable<TrustEdge> {
  const bundles = new Map<string, TrustEdge[]>();
  for (const edge of edges) {
    const [from, to] = [stands.get(edge.from) as string, stands.get(edge.to) as string];
    append(bundles, JSON.stringify([from, to, edge.state]), { ...edge, from, to });
  }
  return [...bundles.values()].map(bundle => {
    const [first] = bundle as [TrustEdge];
    const { from, to, state } = first;
    return bundle.length === 1 ? first : { from, to, ...(state !== undefined && { state }), count: bundle.reduce((sum, { count = 1 }) => sum + count, 0) };
  });
}
