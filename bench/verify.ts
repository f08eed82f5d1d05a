import { deepStrictEqual } from 'node:assert';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';

/** Every document of every YAML file in the folder. */
export function manifestsIn(folder: string): readonly unknown[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.yaml')).sort();
  return files.flatMap(file => loadAll(readFileSync(join(folder, file), 'utf8')));
}

/** Throws unless both hold the same documents, in whatever order. */
export function expectSame(actual: readonly unknown[], expected: readonly unknown[]): void {
  const byName = (documents: readonly unknown[]): readonly unknown[] => [...documents].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  deepStrictEqual(byName(actual), byName(expected));
}

function keyOf(document: unknown): string {
  const { kind, metadata } = document as { kind: string; metadata: { name: string } };
  return `${kind} ${metadata.name}`;
}
