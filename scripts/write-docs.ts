/** The parts of pages that are made: code from the files that it belongs to, and tables from what the library knows. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTables } from './docs/made';
import { pagesIn } from './docs/pages';
import { withSnippets } from './docs/snippets';

const ROOT = join(__dirname, '..');

for (const page of pagesIn(ROOT, 'docs')) {
  const path = join(ROOT, page);
  const before = readFileSync(path, 'utf8');
  const after = withTables(withSnippets(ROOT, before));
  if (after !== before) writeFileSync(path, after);
}
