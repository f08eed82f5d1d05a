import { folded, FOLDS, type Fold } from './fold';
import { countsOf, STATES, type State, type TrustEdge, type TrustMap, type TrustNode } from './map';
import { roomsOf } from './rooms';
import { clipped, visible } from './text';

/** What GitHub and others draw without being asked to. https://mermaid.js.org/config/schema-docs/config.html#maxedges */
export const MERMAID_LIMITS = { edges: 500, characters: 50_000 };

const LONGEST = { label: 100, why: 80 };

/** The map as a Mermaid flowchart, folded as far as it takes to stay within {@link MERMAID_LIMITS}. It says at its top what it is folded by. https://mermaid.js.org/syntax/flowchart.html */
export function mermaidOf(map: TrustMap): string {
  let text = '';
  for (const fold of FOLDS) {
    const smaller = folded(map, fold);
    text = flowchart(smaller, fold, map);
    if (smaller.edges.length <= MERMAID_LIMITS.edges && text.length <= MERMAID_LIMITS.characters) break;
  }
  return text;
}

function flowchart(map: TrustMap, fold: Fold, whole: TrustMap): string {
  const counts = [...countsOf(whole)].map(([state, count]) => `${count} ${STATES[state].says}`);
  return [
    'flowchart LR',
    `  %% ${counts.length === 0 ? 'nobody asks' : counts.join(', ')}${fold === 'nothing' ? '' : `; folded: ${fold}`}`,
    ...[...roomsOf(map.nodes)].flatMap(([title, nodes], i) => (title === '' ? nodes.map(node => `  ${nodeOf(node)}`) : [`  subgraph r${i}["${escaped(clipped(title, LONGEST.label))}"]`, ...nodes.map(node => `    ${nodeOf(node)}`), '  end'])),
    ...map.edges.map(edge => `  ${edgeOf(edge)}`),
    ...stylesOf(map),
    '',
  ].join('\n');
}

const SHAPES: { readonly [kind in TrustNode['kind']]: readonly [string, string] } = {
  workload: ['[', ']'], stranger: ['{{', '}}'], token: ['([', '])'], identity: ['[[', ']]'], permission: ['(', ')'],
};

function nodeOf({ id, kind, label }: TrustNode): string {
  const [open, close] = SHAPES[kind];
  return `${id}${open}"${escaped(clipped(label, LONGEST.label))}"${close}`;
}

function edgeOf({ from, to, state, why, count = 1 }: TrustEdge): string {
  const many = count === 1 ? '' : `${count} `;
  if (state === undefined) return many === '' ? `${from} --> ${to}` : `${from} -->|"${count}"| ${to}`;
  const { sign, says } = STATES[state];
  const reason = why === undefined || state === 'admitted' ? '' : `: ${clipped(why, LONGEST.why)}`;
  return `${from} ${ARROWS[state]}|"${escaped(`${sign} ${many}${says}${reason}`)}"| ${to}`;
}

/** What works is a line, what does not is broken, and what lets too many in is thick. */
const ARROWS: { readonly [state in State]: string } = { 'over-broad': '==>', 'stranger': '==>', 'refused': '-.->', 'undecided': '-.->', 'unused': '-->', 'admitted': '-->' };

/** Readable on white and on black. */
const COLOURS: { readonly [state in Exclude<State, 'admitted'>]: string } = { 'over-broad': '#d1242f', 'stranger': '#d1242f', 'refused': '#bc4c00', 'undecided': '#8250df', 'unused': '#6e7781' };

function stylesOf({ edges }: TrustMap): readonly string[] {
  return Object.entries(COLOURS).flatMap(([state, colour]) => {
    const numbers = edges.flatMap((edge, i) => (edge.state === state ? [i] : []));
    return numbers.length === 0 ? [] : [`  linkStyle ${numbers.join(',')} stroke:${colour}`];
  });
}

/**
 * Mermaid writes characters that it would read as its own language as their numbers, `#34;`. Everything that is neither a letter nor
 * harmless is written so; a label that begins as a list in Markdown does is none, and `fa:fa-car` is no picture of a car.
 */
export function escaped(text: string): string {
  // A label of nothing is none to its parser.
  return (text.trim() === '' ? '(empty)' : visible(text))
    .replace(/[^\p{L}\p{M}\p{N}\p{S}\p{Zs}\u200d\ufe0f./:,()@_+='?!…‼-]|[<>`^~$|]/gu, char => `#${char.codePointAt(0)};`)
    .replace(/(fa[bklrs]?):(?=fa-)/g, '$1#58;')
    .replace(/^(\s*\d+)\./, '$1#46;')
    .replace(/^(\s*)([-+])/, (_match, space: string, char: string) => `${space}#${char.codePointAt(0)};`);
}
