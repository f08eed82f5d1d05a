/**
 * How somebody stands to a cloud identity, the worst first.
 *
 * - `over-broad`: an open set gets in: a wildcard, a whole namespace, a principal that is no workload
 * - `stranger`: somebody gets in whom no manifest needs
 * - `refused`: a workload asks, and is not let in; or it carries a token that it can make nothing of
 * - `undecided`: what was given does not suffice for an answer
 * - `unused`: a service account among the manifests gets in, and no workload runs as it
 * - `admitted`: a workload asks, and is let in
 */
export type State = 'over-broad' | 'stranger' | 'refused' | 'undecided' | 'unused' | 'admitted';

/** Every state, the worst first: its sign, and its name as people read it. The sign says the same as the colour. */
export const STATES: { readonly [state in State]: { readonly sign: string; readonly says: string; readonly means: string } } = {
  'over-broad': { sign: '‼', says: 'over-broad', means: 'an open set gets in: a wildcard, a whole namespace' },
  'stranger': { sign: '!', says: 'stranger', means: 'somebody gets in whom no manifest needs' },
  'refused': { sign: '✗', says: 'refused', means: 'a workload asks, and is not let in' },
  'undecided': { sign: '?', says: 'undecided', means: 'what was given does not suffice for an answer' },
  'unused': { sign: '○', says: 'unused', means: 'a service account gets in as which nothing runs' },
  'admitted': { sign: '✓', says: 'admitted', means: 'a workload asks, and is let in' },
};

/** The states, the worst first. */
export const STATE_NAMES = Object.keys(STATES) as readonly State[];

/** What a node stands for, from left to right. A stranger stands where a workload and its token would. */
export const KINDS = ['workload', 'stranger', 'token', 'identity', 'permission'] as const;

/** One of {@link KINDS}. */
export type NodeKind = (typeof KINDS)[number];

/** One thing in the picture, or several that are folded into one. */
export interface TrustNode {
  /** The same in every map of the same thing, whatever else is in it: letters and digits. */
  readonly id: string;
  readonly kind: NodeKind;
  /** `Deployment shop/web`, an audience, an ARN, the name of a policy. As it stands in the documents: nothing is escaped. */
  readonly label: string;
  /** The cluster of workloads and their tokens. */
  readonly cluster?: string;
  /** The namespace of workloads and their tokens. */
  readonly namespace?: string;
  /** The relying party of identities, permissions and strangers, by provider id. */
  readonly provider?: string;
  /** What else there is to know, in words: `1 hour`, `as shop/checkout`. */
  readonly notes: readonly string[];
  /** How many it stands for. @default 1 */
  readonly count?: number;
}

/** Who leads to whom. */
export interface TrustEdge {
  /** A node, by id. */
  readonly from: string;
  readonly to: string;
  /** Where it leads to a cloud identity, or to a token that cannot be used. */
  readonly state?: State;
  /** One sentence: why. */
  readonly why?: string;
  /** How many it stands for. @default 1 */
  readonly count?: number;
}

/** Workloads, their tokens, whom they become and what those may do: plain data, in an order that depends on nothing but what is in it. */
export interface TrustMap {
  readonly nodes: readonly TrustNode[];
  readonly edges: readonly TrustEdge[];
  /** Permissions among the documents of which cannot be told whose they are, such as an assignment to a principal that nothing else names. */
  readonly loose: readonly string[];
}

/** How many edges there are in each state; those of none are left out. */
export function countsOf({ edges }: Pick<TrustMap, 'edges'>): ReadonlyMap<State, number> {
  const counts = new Map<State, number>();
  for (const { state, count = 1 } of edges) if (state !== undefined) counts.set(state, (counts.get(state) ?? 0) + count);
  return new Map(STATE_NAMES.flatMap(state => (counts.has(state) ? [[state, counts.get(state) as number] as const] : [])));
}
