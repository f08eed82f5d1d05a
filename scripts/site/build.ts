import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configOf, HOME, STYLE } from './config';
import { sitePages, type SitePage } from './pages';
import { cached } from '../../conformance/parts/cache';
import { commandOutput } from '../../conformance/parts/command';
import { fingerprintOf } from '../../conformance/parts/fingerprint';

const PARTS = join(__dirname, 'parts');

/** The folder of the built site. */
export interface Built {
  readonly folder: string;
  readonly pages: readonly SitePage[];
}

/** Headings have the anchors that they have on GitHub, where most links to them were written. */
const ANCHORS = 'const slugify = text => text.trim().toLowerCase().replace(/[^\\p{L}\\p{N}\\s_-]/gu, "").replace(/\\s/g, "-");';

/** Builds the site. Only the first build needs a network, for VitePress. */
export async function buildSite(root: string): Promise<Built> {
  const parts = await cached(`npm/site-${fingerprintOf(PARTS)}`, async making => {
    process.stderr.write('installing VitePress (once)\n');
    cpSync(PARTS, making, { recursive: true });
    await commandOutput('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: making });
  });
  const home = join(root, '.cache/site');
  const source = join(home, 'source');
  rmSync(home, { recursive: true, force: true });
  const pages = sitePages(root);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), text);
  };
  for (const { path, text } of pages) write(path, text);
  write('index.md', HOME);
  write('.vitepress/config.mjs', `${ANCHORS}\nexport default { ...${JSON.stringify(configOf(pages), null, 2)}, markdown: { anchor: { slugify }, theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" } } };\n`);
  write('.vitepress/theme/index.js', 'export { default } from \'vitepress/theme\';\nimport \'./style.css\';\n');
  write('.vitepress/theme/style.css', STYLE);
  write('package.json', '{ "private": true, "type": "module" }\n');
  symlinkSync(join(parts, 'node_modules'), join(source, 'node_modules'), 'junction');
  await commandOutput(process.execPath, [join(parts, 'node_modules/vitepress/bin/vitepress.js'), 'build', source]);
  return { folder: join(home, 'dist'), pages };
}
