import { placeIn, readText, type UserFile } from './text';
import { InputError } from '../../core/errors';

const [COLON, QUOTE, BACKSLASH] = [0x3a, 0x22, 0x5c];

/** Strings and the marks of structure: all that tells where keys stand, in a text that is known to be JSON. */
const TOKENS = /"(?:[^"\\]+|\\.)*"|[{}[\]:]/g;

/**
 * The data of a JSON file.
 *
 * @throws InputError for what is no JSON, and for a key that stands twice in one object: the parser would drop the first
 */
export function readJson(file: UserFile): unknown {
  return parseJson(readText(file), file.shown);
}

/**
 * The same of a text.
 *
 * @param shown  what the user calls it
 */
export function parseJson(text: string, shown: string): unknown {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    // What is cut off has its fault at its end, and the engine says no place.
    const offset = /at position (\d+)/.exec(message)?.[1] ?? (/end of JSON input/.test(message) ? text.trimEnd().length : undefined);
    throw new InputError(`${offset === undefined ? shown : placeIn(shown, text, Number(offset))}: it is no JSON: ${message}`, { cause: error });
  }
  refuseTwins(text, data, shown);
  return data;
}

function refuseTwins(text: string, data: unknown, shown: string): void {
  // Nearly every file is well, and to count is quicker than to look at every key.
  if (keysWritten(text) === keysRead(data)) return;
  const objects: (Set<string> | undefined)[] = [];
  let last: { readonly text: string; readonly at: number } | undefined;
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (token === '{') {
      objects.push(new Set());
    } else if (token === '[') {
      objects.push(undefined);
    } else if (token === '}' || token === ']') {
      objects.pop();
    } else if (token !== ':') {
      last = { text: token, at: index };
    } else if (last !== undefined) {
      const key = JSON.parse(last.text) as string;
      const keys = objects.at(-1);
      if (keys?.has(key) === true) throw new InputError(`${placeIn(shown, text, last.at)}: the key ${last.text} stands here twice; keep one`);
      keys?.add(key);
    }
  }
}

/** The colons outside of strings, in a text that is known to be JSON. */
function keysWritten(text: string): number {
  let colons = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === COLON) colons++;
    else if (code === QUOTE) i = endOfString(text, i);
  }
  return colons;
}

/** Where the string that begins here ends: at the first quote with an even number of backslashes before it. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
}

/** Not by recursion: JSON.parse takes data that is nested more deeply than calls can be. */
function keysRead(data: unknown): number {
  let count = 0;
  const waiting = [data];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) count += Object.keys(value).length;
    for (const inner of Array.isArray(value) ? value as readonly unknown[] : Object.values(value)) if (typeof inner === 'object') waiting.push(inner);
  }
  return count;
}
