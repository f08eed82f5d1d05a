import { KINDS, type TrustEdge, type TrustMap, type TrustNode } from './map';
import { byText, hashOf } from '../core/names';

/** A map that is being drawn: what is there already is not drawn twice. */
export class Sketch {
  private readonly nodes = new Map<string, TrustNode>();
  private readonly edges = new Map<string, TrustEdge>();
  private readonly ids = new Map<string, string>();

  /** @param key  what it is, in words of its own: the same for the same thing */
  node(key: readonly string[], node: Omit<TrustNode, 'id'>): string {
    const text = JSON.stringify([node.kind, ...key]);
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    const id = idOf(node.kind, text);
    this.ids.set(text, id);
    this.nodes.set(id, { id, ...node });
    return id;
  }

  /** A node that has an id already. */
  keep(node: TrustNode): void {
    this.nodes.set(node.id, node);
  }

  edge(edge: TrustEdge): void {
    this.edges.set(JSON.stringify([edge.from, edge.to, edge.state, edge.why]), edge);
  }

  /** Sorted by what is shown, so that the order in which files were read changes nothing. */
  finished(loose: readonly string[]): TrustMap {
    const order = ({ kind, cluster = '', namespace = '', provider = '', label, id }: TrustNode): string => [KINDS.indexOf(kind), cluster, namespace, provider, label, id].join('\n');
    const nodes = sorted(this.nodes.values(), order);
    const place = new Map(nodes.map(({ id }, i) => [id, String(i).padStart(9, '0')]));
    const edges = sorted(this.edges.values(), ({ from, to, state = '', why = '' }) => [place.get(from), place.get(to), state, why].join('\n'));
    return { nodes, edges, loose: [...new Set(loose)].sort(byText) };
  }
}

function sorted<T>(values: Iterable<T>, keyOf: (value: T) => string): T[] {
  const keyed = [...values].map(value => [keyOf(value), value] as const);
  return keyed.sort(([a], [b]) => byText(a, b)).map(([, value]) => value);
}

/** Letters and digits, which every format takes for a name. */
export function idOf(kind: string, text: string): string {
  return `${kind.charAt(0)}${hashOf(text, 12)}`;
}
