/** The pages of the site: which files they are from, where they stand, and where their links lead. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { pagesIn } from '../docs/pages';

/** Where a file is that is no page. */
const REPOSITORY = 'https://github.com/symbolon/symbolon/blob/main';

/** Pages that do not lie in docs/. */
const TOP = ['README.md', 'API.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'examples/README.md'];

/** One page. */
export interface SitePage {
  /** Its file in the repository. */
  readonly source: string;
  /** Its file in the site. */
  readonly path: string;
  readonly title: string;
  readonly text: string;
}

export function sitePages(root: string): readonly SitePage[] {
  const sources = [...TOP.filter(file => existsSync(join(root, file))), ...pagesIn(root, 'docs').map(file => file.split('\\').join('/'))];
  const known = new Set(sources);
  return sources.map(source => {
    const text = readFileSync(join(root, source), 'utf8');
    const title = /^# (.+)$/m.exec(text)?.[1]?.replaceAll('`', '') ?? source;
    return { source, path: placeOf(source), title, text: withLinks(root, source, text, known) };
  });
}

/** `docs/guides/fleet.md` is `guides/fleet.md`; a README is the page of its folder. */
function placeOf(source: string): string {
  const path = source.replace(/^docs\//, '');
  if (path === 'README.md') return 'readme.md';
  return path.endsWith('/README.md') ? path.replace(/README\.md$/, 'index.md') : path.includes('/') ? path : path.toLowerCase();
}

/** Links to pages lead to pages, and those to other files into the repository. What stands in code is no link. */
function withLinks(root: string, source: string, text: string, known: ReadonlySet<string>): string {
  const here = dirname(source);
  const link = (target: string): string => {
    const [path = '', hash] = target.split('#');
    if (path === '' || /^[a-z]+:/.test(path)) return target;
    const file = posix.normalize(posix.join(here, path)).replace(/\/$/, '');
    const page = [file, posix.join(file, 'README.md')].find(each => known.has(each));
    const end = hash === undefined ? '' : `#${hash}`;
    if (page !== undefined) return `${relativeTo(placeOf(source), placeOf(page))}${end}`;
    const isFolder = existsSync(join(root, file)) && statSync(join(root, file)).isDirectory();
    return `${isFolder ? REPOSITORY.replace('/blob/', '/tree/') : REPOSITORY}/${file}${end}`;
  };
  const parts = text.split(/(^```[^]*?^```$|`[^`\n]*`)/m);
  // Whole links have code in them at times, so that code is put back before they are looked for.
  const codes: string[] = [];
  const bare = parts.map((part, i) => (i % 2 === 0 ? part : `\u0000${codes.push(part) - 1}\u0000`)).join('');
  return bare
    .replace(/\]\(([^)\s]+)\)/g, (_match, target: string) => `](${link(target)})`)
    .replace(/\u0000(\d+)\u0000/g, (_match, i: string) => codes[Number(i)] as string);
}

function relativeTo(from: string, to: string): string {
  const path = relative(dirname(from), to).split('\\').join('/');
  return path.startsWith('.') ? path : `./${path}`;
}
