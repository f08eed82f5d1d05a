import { STATES, type State, type TrustEdge, type TrustMap, type TrustNode } from './map';
import { roomsOf } from './rooms';
import { visible } from './text';

/** The map for Graphviz, whole: `dot -Tsvg`. https://graphviz.org/doc/info/lang.html */
export function dotOf({ nodes, edges }: TrustMap): string {
  return [
    'digraph trust {',
    '  graph [rankdir=LR, fontname="sans-serif"];',
    '  node [shape=box, fontname="sans-serif"];',
    '  edge [fontname="sans-serif"];',
    ...[...roomsOf(nodes)].flatMap(([title, members], i) => (title === ''
      ? members.map(node => `  ${nodeOf(node)}`)
      : [`  subgraph cluster_${i} {`, `    label=${quoted(title)};`, ...members.map(node => `    ${nodeOf(node)}`), '  }'])),
    ...edges.map(edge => `  ${edgeOf(edge)}`),
    '}',
    '',
  ].join('\n');
}

const SHAPES: { readonly [kind in TrustNode['kind']]: string } = { workload: 'box', stranger: 'octagon', token: 'oval', identity: 'component', permission: 'note' };

function nodeOf({ id, kind, label, notes }: TrustNode): string {
  return `${id} [shape=${SHAPES[kind]}, label=${quoted(label)}${notes.length === 0 ? '' : `, tooltip=${quoted(notes.join('; '))}`}];`;
}

/** By name as well as by colour. */
const LINES: { readonly [state in State]: string } = {
  'over-broad': 'color="#d1242f", penwidth=3',
  'stranger': 'color="#d1242f", penwidth=3',
  'refused': 'color="#bc4c00", style=dashed',
  'undecided': 'color="#8250df", style=dotted',
  'unused': 'color="#6e7781"',
  'admitted': 'color="#1a7f37"',
};

function edgeOf({ from, to, state, why }: TrustEdge): string {
  if (state === undefined) return `${from} -> ${to};`;
  const { sign, says } = STATES[state];
  return `${from} -> ${to} [${LINES[state]}, label=${quoted(`${sign} ${says}`)}${why === undefined ? '' : `, tooltip=${quoted(why)}`}];`;
}

/** In a string of DOT a quote ends it, a backslash escapes, and `&amp;` is an entity. */
export function quoted(text: string): string {
  return `"${visible(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;')}"`;
}
