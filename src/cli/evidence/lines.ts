import type { Evidence } from './read';
import type { Place } from '../../evidence';

/** A place as people and their editors write it: `k8s/shop.yaml:12`. */
export interface Spot {
  readonly file: string;
  /** From 1; left out where it is not known, such as for stdin's parts. */
  readonly line?: number;
}

/** What is known of the text that was looked into last: thousands of findings may stand in one list. */
interface Looked {
  readonly file: string;
  readonly text: string | undefined;
  /** Where the items of a list begin, by where the list does. */
  readonly items: Map<number, readonly number[]>;
  /** Where lines begin, from the second. */
  readonly breaks: readonly number[];
}

const looked = new WeakMap<Evidence, Looked>();

/** The line of a place. Only what has a finding is looked for: the text is read once more. */
export function spotOf({ file, document, path }: Place, evidence: Evidence): Spot {
  const begin = evidence.lineOf(file, document);
  const line = path === '' ? begin : lineOfPath(textOf(file, evidence), path) ?? begin;
  return line === undefined ? { file } : { file, line };
}

function textOf(file: string, evidence: Evidence): Looked {
  const last = looked.get(evidence);
  if (last?.file === file) return last;
  const text = evidence.textOf(file);
  const isJson = text !== undefined && /^\s*[[{]/.test(text);
  const now: Looked = { file, text: isJson ? text : undefined, items: new Map(), breaks: isJson ? breaksIn(text) : [] };
  looked.set(evidence, now);
  return now;
}

/** In JSON: the line on which a part begins, found by counting commas; undefined in other texts. */
function lineOfPath({ text, items, breaks }: Looked, path: string): number | undefined {
  if (text === undefined) return undefined;
  let at = text.search(/[[{]/);
  for (const [, index, quoted, key] of path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.[\]]+)/g)) {
    const next = index === undefined ? valueAt(text, at, quoted ?? key ?? '') : itemsAt(text, at, items)[Number(index)];
    if (next === undefined) return undefined;
    at = next;
  }
  return lineAt(at, breaks);
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

function itemsAt(text: string, start: number, known: Map<number, readonly number[]>): readonly number[] {
  const before = known.get(start);
  if (before !== undefined) return before;
  const found: number[] = text[start] === '[' ? [afterSpace(text, start + 1)] : [];
  let depth = 0;
  for (const { token, index } of found.length === 0 ? [] : tokensFrom(text, start)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    else if (token === ',' && depth === 1) found.push(afterSpace(text, index + 1));
    if (depth === 0) break;
  }
  known.set(start, found);
  return found;
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

function breaksIn(text: string): readonly number[] {
  const breaks: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) breaks.push(at + 1);
  return breaks;
}

function lineAt(offset: number, breaks: readonly number[]): number {
  let [low, high] = [0, breaks.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((breaks[middle] as number) <= offset) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}
