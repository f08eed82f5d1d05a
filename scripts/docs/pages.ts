import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The pages of a folder and those below it, as paths from the root. */
export function pagesIn(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.md')).map(path => join(folder, path)).sort();
}
