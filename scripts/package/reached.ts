import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** The declaration files that the given ones import, directly or not, and these themselves. Packages are not followed. */
export function reachedFrom(files: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...files];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8'), true, true).importedFiles) if (fileName.startsWith('.')) waiting.push(declarationOf(join(dirname(file), fileName)));
  }
  return reached;
}

/** As CommonJS and `node10` resolve it. */
function declarationOf(path: string): string {
  const found = [`${path}.d.ts`, join(path, 'index.d.ts')].find(existsSync);
  if (found === undefined) throw new Error(`${path} has no declarations`);
  return found;
}
