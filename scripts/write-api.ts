/**
 * API.md: one page for every entry of the package, from the docstrings. typedoc writes one file for each entry; this
 * puts them together, with anchors that tell `WorkloadIdentity` of one entry from that of another.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

const ROOT = join(__dirname, '..');
const OUT = join(ROOT, '.cache/api');

const { name, exports: targets } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { name: string; exports: { [entry: string]: { types?: string } | string } };

/** The entries, as `exports` lists them, with the source of each. */
const entries = Object.entries(targets).flatMap(([entry, target]) =>
  (typeof target === 'string' || target.types === undefined ? [] : [{ module: posix.join(name, entry), source: target.types.replace(/^\.\/lib\/(.*)\.d\.ts$/, 'src/$1.ts') }]));

const OPTIONS = {
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: entries.map(({ source }) => join(ROOT, source)),
  tsconfig: join(ROOT, 'tsconfig.json'),
  out: join(OUT, 'entries'),
  readme: 'none',
  logLevel: 'Warn',
  disableSources: true,
  excludeExternals: true,
  excludeInternal: true,
  excludePrivate: true,
  excludeProtected: true,
  // Ours are sentences, not code.
  jsDocCompatibility: { defaultTag: false },
  sort: ['alphabetical'],
  groupOrder: ['Functions', 'Classes', 'Interfaces', '*'],
  outputFileStrategy: 'modules',
  entryFileName: 'index.md',
  hidePageHeader: true,
  hidePageTitle: true,
  hideBreadcrumbs: true,
  hideGroupHeadings: true,
  useHTMLAnchors: true,
  expandObjects: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  classPropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  propertyMembersFormat: 'table',
  tableColumnSettings: { hideInherited: true, hideOverrides: true, hideModifiers: true, hideSources: true },
};

function runTypedoc(): void {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const options = join(OUT, 'typedoc.json');
  writeFileSync(options, JSON.stringify(OPTIONS));
  execFileSync(process.execPath, [join(ROOT, 'node_modules/typedoc/bin/typedoc'), '--options', options], { cwd: ROOT, stdio: 'inherit' });
}

const anchorOf = (module: string, id = ''): string => [module.replaceAll('/', '-'), id].filter(part => part !== '').join('-');

/** One entry's file as a part of the page: one level deeper, its anchors and links told apart by the entry. */
function chapterOf(module: string): string {
  const file = `${module}.md`;
  const text = readFileSync(join(OUT, 'entries', file), 'utf8')
    .replace(/<a id="([^"]+)"/g, (_match, id: string) => `<a id="${anchorOf(module, id)}"`)
    .replace(/\]\(([^)\s#]*\.md)?(?:#([^)\s]+))?\)/g, (match, target: string | undefined, id: string | undefined) => {
      if (target === undefined && id === undefined) return match;
      const other = target === undefined ? module : posix.join(dirname(file), target).replace(/\.md$/, '');
      return `](#${anchorOf(other, id)})`;
    })
    .split(/^(?=```)/m).map((part, i) => (i % 2 === 0 ? part.replace(/^(#{1,5}) /gm, '#$1 ') : part)).join('')
    .replace(/^\*\*\*\n\n/gm, '');
  return `<a id="${anchorOf(module)}"></a>\n\n## ${module}\n\n${text.trim()}\n`;
}

/** What an entry exports, by name: the first thing that a reader looks for. */
function contentsOf(module: string): string {
  const chapter = readFileSync(join(OUT, 'entries', `${module}.md`), 'utf8');
  const names = [...chapter.matchAll(/^<a id="([^"]+)"><\/a>\n\n## (.+)$/gm)].map(([, id, heading]) => `[${(heading as string).replace(/^`?abstract`? /, '')}](#${anchorOf(module, id)})`);
  return `- [${module}](#${anchorOf(module)}): ${names.join(', ')}`;
}

/** A link that leads nowhere is worse than none. */
function checkLinks(page: string): void {
  const anchors = new Set([...page.matchAll(/<a id="([^"]+)"/g)].map(([, id]) => id));
  const broken = [...page.matchAll(/\]\(#([^)\s]+)\)/g)].map(([, id]) => id as string).filter(id => !anchors.has(id));
  if (broken.length > 0) throw new Error(`API.md has links that lead nowhere: ${[...new Set(broken)].join(', ')}`);
}

runTypedoc();
const modules = entries.map(({ module }) => module);
const page = [
  '# API', '',
  'Made from the docstrings by `npm run api`; change those, not this page.', '',
  ...modules.map(contentsOf), '',
  ...modules.map(chapterOf),
].join('\n');
checkLinks(page);
writeFileSync(join(ROOT, 'API.md'), page);
