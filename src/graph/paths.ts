import { STATE_NAMES, type State, type TrustEdge, type TrustMap, type TrustNode } from './map';
import { append } from '../core/append';

/** How a path stands: `unlinked` where nobody is at one of its ends: a token for somebody whose trust is not there, an identity that nobody asks for. */
export type PathState = State | 'unlinked';

/** One line of the list: who, with which token, becomes whom, and may do what. */
export interface TrustPath {
  readonly state: PathState;
  /** A workload, or a stranger. Left out where nobody asks for the identity. */
  readonly who?: TrustNode;
  readonly token?: TrustNode;
  readonly identity?: TrustNode;
  readonly permissions: readonly TrustNode[];
  readonly why: string;
}

/** Every path of the map, the worst first. */
export function pathsOf({ nodes, edges }: TrustMap): readonly TrustPath[] {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const into = new Map<string, TrustEdge[]>();
  const outOf = new Map<string, TrustEdge[]>();
  for (const edge of edges) {
    append(into, edge.to, edge);
    append(outOf, edge.from, edge);
  }
  const at = (id: string): TrustNode => byId.get(id) as TrustNode;
  const permissionsOf = ({ id }: TrustNode): readonly TrustNode[] => (outOf.get(id) ?? []).map(({ to }) => at(to));
  const paths: TrustPath[] = [];
  for (const node of nodes) {
    if (node.kind === 'token') {
      const taken = outOf.get(node.id) ?? [];
      for (const carried of into.get(node.id) ?? []) {
        const ends = { who: at(carried.from), token: node };
        for (const { to, state = 'undecided', why = '' } of taken) paths.push({ ...ends, state, identity: at(to), permissions: permissionsOf(at(to)), why });
        if (carried.state !== undefined) paths.push({ ...ends, state: carried.state, permissions: [], why: carried.why ?? '' });
        else if (taken.length === 0) paths.push({ ...ends, state: 'unlinked', permissions: [], why: 'whoever takes this token is not among the documents' });
      }
    }
    if (node.kind !== 'identity') continue;
    const leading = into.get(node.id) ?? [];
    for (const { from, state = 'undecided', why = '' } of leading) {
      if (at(from).kind === 'stranger') paths.push({ state, who: at(from), identity: node, permissions: permissionsOf(node), why });
    }
    if (leading.length === 0) paths.push({ state: 'unlinked', identity: node, permissions: permissionsOf(node), why: 'no workload among the manifests asks for it' });
  }
  const rank = ({ state }: TrustPath): number => (state === 'unlinked' ? STATE_NAMES.length : STATE_NAMES.indexOf(state));
  // Those of one state stay in the order of the map.
  return paths.sort((a, b) => rank(a) - rank(b));
}
