/** The site's pages: every one in the sidebar, and every link to a page of it or to the repository. That it builds and is searched is for `npm run site -- --check`. */
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { configOf } from '../scripts/site/config';
import { sitePages } from '../scripts/site/pages';

const ROOT = join(__dirname, '..');
const PAGES = sitePages(ROOT);
const PATHS = new Set(PAGES.map(({ path }) => path));

test('every page has a place of its own, and is in the sidebar once', () => {
  expect(PATHS.size).toBe(PAGES.length);
  expect([...PATHS]).toEqual(expect.arrayContaining(['readme.md', 'api.md', 'start/index.md', 'guides/verify.md', 'reference/codes.md']));
  const links = [...JSON.stringify(configOf(PAGES)).matchAll(/"link":"(\/[^"]*)"/g)].map(([, link]) => link as string);
  for (const path of PATHS) expect({ path, times: links.filter(link => link === `/${path.replace(/(index)?\.md$/, '')}`).length }).toEqual({ path, times: ['start/index.md', 'reference/codes.md', 'api.md'].includes(path) ? 2 : 1 });
});

test.each(PAGES.map(page => [page.source, page] as const))('%s: its links lead to pages, or to files of the repository', (_source, { path, text }) => {
  const prose = text.replace(/^```[^]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
  for (const [, target = ''] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
    const file = /^https:\/\/github\.com\/symbolon\/symbolon\/(?:blob|tree)\/main\/([^#]*)/.exec(target)?.[1];
    if (file !== undefined) expect({ file, isThere: existsSync(join(ROOT, file)) }).toEqual({ file, isThere: true });
    else if (!/^([a-z]+:|#)/.test(target)) expect([...PATHS]).toContain(posix.normalize(posix.join(posix.dirname(path), target.replace(/#.*/, ''))));
  }
});
