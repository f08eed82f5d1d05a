import { byText } from '../../core/names';
import { isMap } from '../../core/shape';

/** What fits into this many characters stands in one line. */
const WIDTH = 120;

/** Text that stands without quotes; all else is written as JSON. */
const PLAIN = /^[A-Za-z/][\w./@+=-]*(?::+[\w./@+=-]+)*$/;
const WORDS = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off']);

/**
 * Plain data as YAML that is made to be compared: keys in the order of the alphabet, what is short in one line. JSON that a text
 * holds, as policies do, is laid out too, after `!json`.
 */
export function compact(value: unknown): readonly string[] {
  return linesOf(value, WIDTH);
}

function linesOf(value: unknown, width: number): readonly string[] {
  const line = inline(value);
  if (line.length <= width) return [line];
  if (typeof value === 'string') {
    const held = jsonIn(value);
    if (held !== undefined) return ['!json', ...linesOf(held, width)];
    // One line of a text to a line of the snapshot, so that a difference is seen where it is; with its quotes no blank gets lost.
    const parts = value.split(/(?<=\n)/);
    return parts.length === 1 ? [line] : ['!text', ...parts.map(part => `- ${JSON.stringify(part)}`)];
  }
  if (Array.isArray(value)) return (value as readonly unknown[]).flatMap(item => nested('- ', linesOf(item, width - 2)));
  return entriesOf(value as object).flatMap(([key, field]) => {
    const own = inline(field);
    const start = `${scalar(key)}:`;
    if (start.length + 1 + own.length <= width) return [`${start} ${own}`];
    if (typeof field === 'object' && field !== null) return [start, ...linesOf(field, width - 2).map(indented)];
    const [head = '', ...rest] = linesOf(field, width - 2);
    return [`${start} ${head}`, ...rest.map(indented)];
  });
}

function nested(lead: string, [head = '', ...rest]: readonly string[]): readonly string[] {
  return [`${lead}${head}`, ...rest.map(indented)];
}

function indented(line: string): string {
  return `  ${line}`;
}

function inline(value: unknown): string {
  if (typeof value === 'string') {
    const held = jsonIn(value);
    return held === undefined ? scalar(value) : `!json ${inline(held)}`;
  }
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (!isMap(value)) return value === undefined ? 'null' : JSON.stringify(value);
  const entries = entriesOf(value);
  return entries.length === 0 ? '{}' : `{ ${entries.map(([key, field]) => `${scalar(key)}: ${inline(field)}`).join(', ')} }`;
}

function entriesOf(map: object): readonly (readonly [string, unknown])[] {
  return Object.entries(map).filter(([, field]) => field !== undefined).sort(([a], [b]) => byText(a, b));
}

function scalar(text: string): string {
  return PLAIN.test(text) && !WORDS.has(text.toLowerCase()) ? text : JSON.stringify(text);
}

/** The map or list that a text holds as JSON; undefined where reading it would lose something, such as a key that is there twice. */
function jsonIn(text: string): unknown {
  if (!/^[{[]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    const same = [undefined, 2, 4].some(indent => [text, text.replace(/\n$/, '')].includes(JSON.stringify(value, null, indent)));
    return same ? value : undefined;
  } catch {
    return undefined;
  }
}
