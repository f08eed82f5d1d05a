import type { Schema, YAMLException } from 'js-yaml';
import { readText, type UserFile } from './text';
import { readingOf } from './yaml-scalars';
import { InputError, InvalidDefinitionError } from '../../core/errors';
import { Findings, complain, joinPath, type Report } from '../../core/issues';

/** A value without quotes, as it stands in the file. As a key it is text: no key is a number or a truth value. */
class Unquoted {
  constructor(readonly text: string) {}

  get [Symbol.toStringTag](): string {
    return 'Unquoted';
  }

  toString(): string {
    return this.text;
  }
}

/**
 * The data of a YAML file with one document. Anchors, aliases and `<<` are taken; tags are not.
 *
 * @throws InputError for what is no YAML, for a key that stands twice, for several documents
 * @throws InvalidDefinitionError for values that readers of YAML do not agree on, such as `yes` or `0123` without quotes
 */
export async function readYaml(file: UserFile): Promise<unknown> {
  const text = readText(file);
  const yaml = await import('js-yaml');
  let documents: unknown[];
  try {
    documents = yaml.loadAll(text, null, { schema: schemaOf(yaml) }).filter(document => document !== null);
  } catch (error) {
    throw new InputError(describe(file.shown, error as YAMLException), { cause: error });
  }
  if (documents.length > 1) throw new InputError(`${file.shown}: it has ${documents.length} documents; put everything into one, or into several files`);
  if (documents.length === 0) throw new InputError(`${file.shown}: it is empty`);
  refuseBombs(documents[0], text, file.shown);
  const findings = new Findings();
  const data = settle(documents[0], [], findings.report, new Set());
  if (findings.errors.length > 0) throw new InvalidDefinitionError(file.shown, findings.all);
  return data;
}

function schemaOf({ FAILSAFE_SCHEMA, Type }: typeof import('js-yaml')): Schema {
  return FAILSAFE_SCHEMA.extend({
    implicit: [
      new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (text: unknown) => text === '<<' }),
      new Type('tag:symbolon.dev,1:unquoted', { kind: 'scalar', resolve: (text: unknown) => text !== null, construct: (text: string) => new Unquoted(text) }),
    ],
  });
}

/** A file whose aliases name each other's aliases can stand for more than fits into memory, in a few lines. */
const ROOM_FOR_ALIASES = 100_000;

/** @throws InputError for aliases that stand for far more than the text has */
export function refuseBombs(data: unknown, text: string, shown: string): void {
  const size = sizeOf(data, new Map());
  if (size > ROOM_FOR_ALIASES + 4 * text.length) throw new InputError(`${shown}: its aliases stand for ${size} values, far more than its text has; write out what is meant`);
}

/** How many values there are once every alias is written out. */
function sizeOf(value: unknown, known: Map<object, number>): number {
  if (typeof value !== 'object' || value === null || value instanceof Unquoted) return 1;
  const before = known.get(value);
  if (before !== undefined) return before;
  // What stands in itself is refused later, for what it is.
  known.set(value, 1);
  let size = 1;
  for (const item of Object.values(value)) size += sizeOf(item, known);
  known.set(value, size);
  return size;
}

/** The value that is meant, in place; parts that several aliases share are looked at once. */
function settle(value: unknown, trail: (string | number)[], report: Report, seen: Set<object>): unknown {
  if (typeof value !== 'object' || value === null || seen.has(value)) return value;
  if (value instanceof Unquoted) {
    const reading = readingOf(value.text);
    if ('value' in reading) return reading.value;
    complain(report, 'yaml/ambiguous', trail.reduce<string>(joinPath, ''), {
      expected: 'a value that every reader of YAML takes for the same',
      got: value.text,
      fix: `some take it for ${reading.doubtful}: put it in quotes if it is text, else write what it is as JSON has it`,
    });
    return value.text;
  }
  seen.add(value);
  const container = value as { [key: string | number]: unknown };
  const keys = Array.isArray(value) ? value.keys() : Object.keys(value);
  for (const key of keys) {
    trail.push(key);
    container[key] = settle(container[key], trail, report, seen);
    trail.pop();
  }
  return value;
}

/** What the parser says of a text, with its place. */
export function describe(shown: string, { reason, message, mark }: Partial<YAMLException>): string {
  if (mark === undefined) return `${shown}: it is no YAML: ${reason ?? message ?? ''}`;
  return `${shown}:${mark.line + 1}:${mark.column + 1}: it is no YAML: ${reason ?? message ?? ''}${mark.snippet ? `\n${mark.snippet}` : ''}`;
}
