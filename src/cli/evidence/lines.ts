import type { Evidence } from './read';
import type { Place } from '../../evidence';

/** A place as people and their editors write it: `k8s/shop.yaml:12`. */
export interface Spot {
  readonly file: string;
  /** From 1; left out where it is not known, such as for stdin's parts. */
  readonly line?: number;
}

/** The line of a place. Only what has a finding is looked for: the text is read once more. */
export function spotOf({ file, document, path }: Place, evidence: Evidence): Spot {
  const begin = evidence.lineOf(file, document);
  if (path === '') return begin === undefined ? { file } : { file, line: begin };
  const text = evidence.textOf(file);
  const line = text === undefined ? undefined : lineOfPath(text, path);
  const known = line ?? begin;
  return known === undefined ? { file } : { file, line: known };
}

/** In JSON: the line on which a part begins, found by counting commas; undefined in other texts. */
function lineOfPath(text: string, path: string): number | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  const steps = [...path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)].map(([, index, quoted, key]) => (index === undefined ? quoted ?? (key as string) : Number(index)));
  let at = text.search(/[[{]/);
  for (const step of steps) {
    const next = typeof step === 'number' ? itemAt(text, at, step) : valueAt(text, at, step);
    if (next === undefined) return undefined;
    at = next;
  }
  return text.slice(0, at).split('\n').length;
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

function itemAt(text: string, start: number, wanted: number): number | undefined {
  let [depth, item] = [0, 0];
  if (text[start] !== '[') return undefined;
  if (wanted === 0) return afterSpace(text, start + 1);
  for (const { token, index } of tokensFrom(text, start)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    else if (token === ',' && depth === 1 && ++item === wanted) return afterSpace(text, index + 1);
    if (depth === 0) return undefined;
  }
  return undefined;
}

function valueAt(text: string, start: number, key: string): number | undefined {
  let depth = 0;
  let last = '';
  if (text[start] !== '{') return undefined;
  for (const { token, index } of tokensFrom(text, start)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    else if (token === ':' && depth === 1 && last === JSON.stringify(key)) return afterSpace(text, index + 1);
    if (token.startsWith('"')) last = token;
    if (depth === 0) return undefined;
  }
  return undefined;
}

function* tokensFrom(text: string, start: number): Generator<{ readonly token: string; readonly index: number }> {
  const tokens = new RegExp(TOKENS);
  tokens.lastIndex = start;
  for (let found = tokens.exec(text); found !== null; found = tokens.exec(text)) yield { token: found[0], index: found.index };
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] as string)) at++;
  return at;
}
