import { InputError } from '../../core/errors';

/**
 * Text that stands without quotes: begins with a letter or a slash and holds nothing that any version of YAML, or any
 * of its readers, gives a meaning; there are readers that take `e3` for a number. All else stands in double quotes.
 */
const PLAIN = /^(?![eE][-+]?\d+$)[A-Za-z/][\w./@+=,-]*(?::+[\w./@+=,-]+)*$/;

/** Words that YAML 1.1 or 1.2 take for a truth value or for nothing. */
const WORDS = new Set(['y', 'yes', 'on', 'true', 'n', 'no', 'off', 'false', 'null']);
const LONGEST_WORD = 5;

/** Lines that a block holds as they are: printable, none of them blank but for empty ones, the first not indented. */
const BLOCK = /^[!-~][ -~]*\n+(?: *[!-~][ -~]*\n+)*(?: *[!-~][ -~]*)?$/;

/** What JSON leaves as it is, and YAML does not take as it is, or reads as the end of a line. */
const UNPRINTABLE = /[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/gu;

/** A reader need not take longer keys than this without a mark of their own. */
const MAX_KEY = 1000;

/**
 * Plain data as one YAML document, its keys in the order in which they stand. Every reader, of YAML 1.1 or 1.2, reads
 * the same from it. Written for this: a library that knows all of YAML takes three times as long, and trusts 1.1 with more than it should.
 */
export function toYaml(data: object): string {
  const lines: string[] = [];
  write(data, '', '', lines);
  return `${lines.join('\n')}\n`;
}

/** Several documents, as one file. */
export function toYamlFile(documents: readonly object[]): string {
  // Each is joined by itself: a list of all lines of a large file costs the garbage collector more than it saves.
  return documents.map(toYaml).join('---\n');
}

/** `lead` is what stands on the first line already; `indent` is what later lines begin with. */
function write(value: unknown, lead: string, indent: string, lines: string[]): void {
  if (typeof value !== 'object' || value === null) {
    lines.push(lead + scalar(value, indent));
  } else if (!Array.isArray(value)) {
    writeMap(value as { readonly [key: string]: unknown }, lead, indent, lines);
  } else {
    if (value.length === 0) lines.push(`${lead}[]`);
    for (let i = 0; i < value.length; i++) write(value[i], `${i === 0 ? lead : indent}- `, `${indent}  `, lines);
  }
}

function writeMap(map: { readonly [key: string]: unknown }, lead: string, indent: string, lines: string[]): void {
  const inner = `${indent}  `;
  let head = lead;
  let empty = true;
  for (const key of Object.keys(map)) {
    const value = map[key];
    if (value === undefined) continue;
    if (key.length > MAX_KEY) throw new InputError(`a key of ${key.length} characters cannot be written as YAML: ${key.slice(0, 40)}...`);
    const start = `${head}${text(key)}:`;
    if (isNested(value)) {
      lines.push(start);
      write(value, inner, inner, lines);
    } else {
      write(value, `${start} `, inner, lines);
    }
    head = indent;
    empty = false;
  }
  if (empty) lines.push(`${lead}{}`);
}

function isNested(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  for (const key of Object.keys(value)) if ((value as { readonly [key: string]: unknown })[key] !== undefined) return true;
  return false;
}

function scalar(value: unknown, indent: string): string {
  switch (typeof value) {
    case 'string': return value.includes('\n') && BLOCK.test(value) ? block(value, indent) : text(value);
    case 'number': return number(value);
    case 'boolean': return String(value);
    default: return 'null';
  }
}

/** One line. The escapes of JSON are among those of YAML. */
function text(value: string): string {
  if (PLAIN.test(value) && !(value.length <= LONGEST_WORD && WORDS.has(value.toLowerCase()))) return value;
  return JSON.stringify(value).replace(UNPRINTABLE, escape);
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function block(value: string, indent: string): string {
  const body = value.replace(/\n+$/, '');
  const ends = value.length - body.length;
  const kept = ends === 0 ? '-' : ends === 1 ? '' : '+';
  return [`|${kept}`, ...body.split('\n').map(line => (line === '' ? '' : indent + line)), ...Array<string>(Math.max(0, ends - 1)).fill('')].join('\n');
}

/** YAML 1.1 wants a dot in a number with an exponent. */
function number(value: number): string {
  return JSON.stringify(value).replace(/^(-?\d+)e/, '$1.0e');
}
