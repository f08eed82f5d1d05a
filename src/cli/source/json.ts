import { placeIn, readText, type UserFile } from './text';
import { InputError } from '../../core/errors';

/** Strings and the marks of structure: all that tells where keys stand, in a text that is known to be JSON. */
const TOKENS = /"(?:[^"\\]+|\\.)*"|[{}[\]:]/g;

/**
 * The data of a JSON file.
 *
 * @throws InputError for what is no JSON, and for a key that stands twice in one object: the parser would drop the first
 */
export function readJson(file: UserFile): unknown {
  const text = readText(file);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    const offset = /at position (\d+)/.exec(message)?.[1];
    throw new InputError(`${offset === undefined ? file.shown : placeIn(file.shown, text, Number(offset))}: it is no JSON: ${message}`, { cause: error });
  }
  refuseTwins(text, file.shown);
  return data;
}

function refuseTwins(text: string, shown: string): void {
  const objects: (Set<string> | undefined)[] = [];
  let last: { readonly text: string; readonly at: number } | undefined;
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (token === '{') {objects.push(new Set());} else if (token === '[') {objects.push(undefined);} else if (token === '}' || token === ']') {objects.pop();} else if (token !== ':') {last = { text: token, at: index };} else if (last !== undefined) {
      const key = JSON.parse(last.text) as string;
      const keys = objects.at(-1);
      if (keys?.has(key) === true) throw new InputError(`${placeIn(shown, text, last.at)}: the key ${last.text} stands here twice; keep one`);
      keys?.add(key);
    }
  }
}
