/** Pages tell the truth as far as it can be asked: code is code that runs, tables follow from the library, links lead somewhere. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { withTables } from '../scripts/docs/made';
import { pagesIn } from '../scripts/docs/pages';
import { snippetsOf, sourceOf, withSnippets } from '../scripts/docs/snippets';
import { spoken } from '../scripts/docs/tables';

const ROOT = join(__dirname, '..');
const PAGES = pagesIn(ROOT, 'docs');
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** What a shell shows or is told once, and pictures: nothing that a file could hold. */
const FREE = new Set(['console', 'text', 'mermaid']);
/** Blocks that show how not to do it, or a part that is in no file: `page: first line`. */
const UNTIED = new Set<string>([]);

test.each(PAGES)('%s: every block of code is that of the file it came from', page => {
  for (const { line, language, text, from } of snippetsOf(textOf(page))) {
    if (from !== undefined) expect({ line, text }).toEqual({ line, text: sourceOf(ROOT, from) });
    else if (!FREE.has(language) && !UNTIED.has(`${page}: ${text.split('\n')[0]}`)) throw new Error(`${page}:${line}: a block of ${language} that belongs to no file; put <!-- from: path#region --> above it`);
  }
});

test.each(PAGES)('%s: what is made is as it would be made now', page => {
  expect(withTables(withSnippets(ROOT, textOf(page)))).toBe(textOf(page));
});

test('what need not be tied is there', () => {
  const untied = PAGES.flatMap(page => snippetsOf(textOf(page)).filter(({ from }) => from === undefined).map(({ text }) => `${page}: ${text.split('\n')[0]}`));
  expect([...UNTIED].filter(each => !untied.includes(each))).toEqual([]);
});

test.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'examples/README.md', ...PAGES])('%s: its links lead to files that are there', page => {
  const prose = textOf(page).replace(/^```[^]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
  const targets = [...prose.matchAll(/\]\(([^)\s#]+)(?:#[^)\s]*)?\)/g)].map(([, target]) => target as string).filter(target => !/^[a-z]+:/.test(target));
  expect(targets.filter(target => !existsSync(join(ROOT, dirname(page), target)))).toEqual([]);
});

test('a block that has another text, no end or no region is noticed', () => {
  const root = mkdtempSync(join(tmpdir(), 'symbolon-docs-'));
  try {
    writeFileSync(join(root, 'a.ts'), 'before\n// region: one\n\nconst one = 1;\n\n// endregion\nafter\n');
    expect(sourceOf(root, 'a.ts#one')).toBe('const one = 1;');
    expect(sourceOf(root, 'a.ts')).toContain('after');
    expect(() => sourceOf(root, 'a.ts#two')).toThrow('no region two');
    writeFileSync(join(root, 'deep.ts'), '  // region: in\n  a({\n    b: 1,\n\n  });\n  // endregion\n');
    expect(sourceOf(root, 'deep.ts#in')).toBe('a({\n  b: 1,\n\n});');
    const page = 'text\n<!-- from: a.ts#one -->\n```ts\nconst one = 2;\n```\n\n```sh\nls\n```\n';
    expect(snippetsOf(page)).toEqual([{ line: 3, language: 'ts', text: 'const one = 2;', from: 'a.ts#one' }, { line: 7, language: 'sh', text: 'ls' }]);
    expect(withSnippets(root, page)).toBe(page.replace('= 2', '= 1'));
    expect(() => snippetsOf('```ts\nconst one = 1;')).toThrow('no end');
    expect(() => withTables('<!-- table: none -->\n<!-- /table -->\n')).toThrow('no table none');
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('times are spoken as people speak them', () => {
  expect([30, 480, 5400, 86400].map(spoken)).toEqual(['30 s', '8 min', '1 h 30 min', '24 h']);
});
