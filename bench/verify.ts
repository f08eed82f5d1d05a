import { deepStrictEqual } from 'node:assert';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';

/** Every document of every YAML file in the folder. */
export function manifestsIn(folder: string): readonly unknown[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.yaml')).sort();
  return files.flatMap(file => loadAll(readFileSync(join(folder, file), 'utf8')));
}

/** Throws unless both hold the same, in whatever order. */
export function expectSame(actual: readonly unknown[], expected: readonly unknown[]): void {
  const texts = (values: readonly unknown[]): readonly string[] => values.map(value => JSON.stringify(sorted(value))).sort();
  deepStrictEqual(texts(actual), texts(expected));
}

/** With its keys in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, sorted(field)]));
}
