import type { Schema, YAMLException } from 'js-yaml';
import { kubectlReading } from './kubectl-scalars';
import { InputError } from '../../core/errors';
import { parseJson } from '../source/json';
import { describe, refuseBombs } from '../source/yaml';

/** One document of a text, and the line on which it begins, from 1. */
export interface ParsedDocument {
  readonly value: unknown;
  readonly line: number;
}

/** A stretch of YAML with one document in it. */
interface Chunk {
  readonly text: string;
  readonly line: number;
}

/** etcd takes objects of 1.5 MiB; a List of many can be far more, and is better read as JSON. */
const MAX_YAML_DOCUMENT = 64 * 1024 * 1024;

/**
 * The documents of a text, one by one: JSON where it begins like JSON, else YAML. Values without quotes are read as kubectl does.
 *
 * @param shown  what the user calls the text
 * @param yaml  the parser, which only who needs it loads
 * @throws InputError for what is neither, with its place; for a key that stands twice, and for one document over 64 MiB of YAML
 */
export function* parseDocuments(text: string, shown: string, yaml: typeof import('js-yaml')): Generator<ParsedDocument> {
  if (/^\s*[[{]/.test(text) && !/^\{\{/.test(text.trimStart())) {
    const value = jsonIn(text, shown);
    if (value !== undefined) {
      yield { value: value.json, line: lineAt(text, text.search(/\S/)) };
      return;
    }
  }
  schema ??= schemaOf(yaml);
  for (const chunk of chunksOf(text)) {
    if (chunk.text.length > MAX_YAML_DOCUMENT) {
      throw new InputError(`${shown}:${chunk.line}: expected documents of at most ${MAX_YAML_DOCUMENT / 1024 / 1024} MiB, got ${Math.ceil(chunk.text.length / 1024 / 1024)} MiB; write it as JSON, or as several documents`);
    }
    for (const value of valuesIn(yaml, chunk, shown)) if (value !== null && value !== undefined) yield { value, line: chunk.line + leadingLines(chunk.text) };
  }
}

let schema: Schema | undefined;

function schemaOf({ FAILSAFE_SCHEMA, Type }: typeof import('js-yaml')): Schema {
  return FAILSAFE_SCHEMA.extend({
    implicit: [
      new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (text: unknown) => text === '<<' }),
      new Type('tag:symbolon.dev,1:kubectl', { kind: 'scalar', resolve: () => true, construct: (text: string | null) => kubectlReading(text ?? '') }),
    ],
  });
}

function jsonIn(text: string, shown: string): { readonly json: unknown } | undefined {
  try {
    return { json: parseJson(text, shown) };
  } catch (error) {
    // YAML's own short form begins like JSON, too: it has keys or texts without quotes, and more than one document.
    if (error instanceof InputError && error.cause !== undefined && (/\.ya?ml$/i.test(shown) || /^\s*[[{]\s*[^"\s\]}[{]/.test(text))) return undefined;
    throw error;
  }
}

/** A line that begins with three dashes ends a document, whatever it stands in: YAML allows no other. */
function* chunksOf(text: string): Generator<Chunk> {
  if (/^(?:%|\.\.\.)/m.test(text)) {
    yield { text, line: 1 };
    return;
  }
  let [start, line] = [0, 1];
  for (const { index } of text.matchAll(/^---(?=\s|$)/gm)) {
    if (index > start) yield { text: text.slice(start, index), line };
    line += linesIn(text, start, index);
    start = index;
  }
  yield { text: text.slice(start), line };
}

function valuesIn(yaml: typeof import('js-yaml'), { text, line }: Chunk, shown: string): readonly unknown[] {
  try {
    const values: unknown[] = yaml.loadAll(text, null, { schema: schema as Schema });
    // Only a text with aliases can stand for more than is in it.
    if (text.includes('*')) for (const value of values) refuseBombs(value, text, `${shown}:${line}`);
    return values;
  } catch (error) {
    if (error instanceof RangeError) throw new InputError(`${shown}:${line}: it is nested more deeply than can be read; no manifest needs that`, { cause: error });
    if (error instanceof InputError) throw error;
    const { mark, reason } = error as Partial<YAMLException>;
    const [head = ''] = describe(shown, error as YAMLException).split('\n');
    throw new InputError(mark === undefined ? head : `${shown}:${line + mark.line}:${mark.column + 1}: it is no YAML: ${String(reason)}`, { cause: error });
  }
}

/** Marks, comments and empty lines before the document proper. */
function leadingLines(text: string): number {
  const [leading = ''] = /^(?:(?:---)?[^\S\n]*(?:#[^\n]*)?\n)*/.exec(text) ?? [];
  return linesIn(leading, 0, leading.length);
}

function lineAt(text: string, offset: number): number {
  return 1 + linesIn(text, 0, offset);
}

function linesIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
