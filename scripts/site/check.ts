/** What is asked of the site, in a real browser: that it opens, is searched, and reads well on a phone. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Built } from './build';
import { serve } from './serve';
import type { Answer } from '../browser/cases';
import type { Page, Parts } from '../browser/parts';

/** The width of a phone, in CSS pixels. */
const PHONE = 390;

/** What people look for, and the page on which it stands. */
const SEARCHES = [
  ['audience twice', /./],
  ['token/lifetime', /reference\/codes|tokens/],
  ['pod identity', /aws/],
  ['no telemetry', /promises|security/],
] as const;

/** Pages that axe looks at: one of each kind. */
const LOOKED_AT = ['', 'start/manifests', 'guides/verify', 'reference/codes', 'matrix'];

export async function siteAnswers({ folder, pages }: Built, { browser, axe }: Parts, pictures: string): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  const say = (what: string, holds: boolean, saw: unknown): void => { answers.push({ what, holds, saw: String(saw) }); };
  const { url, stop } = await serve(folder);
  const page = await browser.newPage();
  const [foreign, complaints]: [string[], string[]] = [[], []];
  page.on('request', request => { if (!request.url().startsWith(url) && !request.url().startsWith('data:')) foreign.push(request.url()); });
  page.on('console', message => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', error => complaints.push(error.message));
  try {
    const broken = brokenLinks(folder);
    say('every link inside the site leads to a page and a place on it', broken.length === 0, broken.slice(0, 10).join(' ') || `${htmlIn(folder).length} pages`);
    await searched(page, url, say);
    await onPhone(page, url, pages.map(({ path }) => path.replace(/(index)?\.md$/, '')), say);
    for (const [scheme, width] of [['light', 1280], ['dark', 1280], ['light', PHONE]] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      for (const path of LOOKED_AT) {
        await page.goto(`${url}/${path}`);
        await page.screenshot({ path: join(pictures, `${path.replaceAll('/', '-') || 'home'}-${scheme}-${width}.png`) });
        await accessible(page, axe, `${path || 'home'}, ${scheme}, ${width} px`, say);
      }
    }
    say('it asks nobody else for anything', foreign.length === 0, foreign.slice(0, 5).join(' ') || 'only itself');
    say('the browser complains of nothing', complaints.length === 0, complaints.slice(0, 5).join(' | ') || 'nothing');
  } finally {
    await page.close();
    await stop();
  }
  return answers;
}

type Say = (what: string, holds: boolean, saw: unknown) => void;

const UNTIL = (condition: string): string => `new Promise((done, fail) => { const end = Date.now() + 10000; (function look() { const it = (${condition}); if (it) done(it); else if (Date.now() > end) done(null); else setTimeout(look, 50); })(); })`;

async function searched(page: Page, url: string, say: Say): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const [words, where] of SEARCHES) {
    await page.goto(`${url}/`);
    await page.evaluate(UNTIL('document.querySelector("#local-search button")'));
    await page.evaluate('document.querySelector("#local-search button").click()');
    await page.evaluate(UNTIL('document.querySelector("#localsearch-input")'));
    await page.fill('#localsearch-input', words);
    const found = await page.evaluate<string[] | null>(UNTIL('(links => links.length > 0 && links)([...document.querySelectorAll(".VPLocalSearchBox a.result")].map(link => link.getAttribute("href")))'));
    say(`searching for ${words}`, found?.some(href => where.test(href)) === true, found?.slice(0, 4).join(' ') ?? 'nothing found');
    if (found === null) continue;
    await page.evaluate('document.querySelector(".VPLocalSearchBox a.result").click()');
    const opened = await page.evaluate<string | null>(UNTIL('location.pathname !== "/" && document.querySelector(".vp-doc h1") && location.pathname'));
    say(`what was found for ${words} opens`, opened !== null, opened);
  }
}

async function onPhone(page: Page, url: string, paths: readonly string[], say: Say): Promise<void> {
  await page.setViewportSize({ width: PHONE, height: 844 });
  const wide: string[] = [];
  for (const path of ['', ...paths]) {
    await page.goto(`${url}/${path}`);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (width > PHONE) wide.push(`${path} ${width}`);
  }
  say(`no page is wider than a phone of ${PHONE} px`, wide.length === 0, wide.join(', ') || `${paths.length + 1} pages`);
}

/** What axe finds in the theme itself, whatever the pages are: the button of the search, and folded sections of the sidebar. */
const OF_THE_THEME = ['label-content-name-mismatch', 'nested-interactive'];

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

async function accessible(page: Page, axe: string, where: string, say: Say): Promise<void> {
  await page.evaluate(`${axe}; 0`);
  const found = await page.evaluate<Violation[]>('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 2).map(({ html }) => ({ html: html.slice(0, 160) })) })))');
  const bad = found.filter(({ id, impact }) => (impact === 'serious' || impact === 'critical') && !OF_THE_THEME.includes(id));
  say(`axe, ${where}`, bad.length === 0, bad.length === 0 ? `${found.length} lesser findings${found.length > 0 ? `: ${found.map(({ id }) => id).join(', ')}` : ''}` : JSON.stringify(bad));
}

function htmlIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.html')).map(file => file.split('\\').join('/'));
}

/** Links from page to page whose page or place is not there, as `page -> target`. */
function brokenLinks(folder: string): readonly string[] {
  const ids = new Map<string, ReadonlySet<string>>();
  const idsOf = (file: string): ReadonlySet<string> => {
    const known = ids.get(file) ?? new Set([...readFileSync(join(folder, file), 'utf8').matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id as string));
    ids.set(file, known);
    return known;
  };
  return htmlIn(folder).flatMap(from => {
    const text = readFileSync(join(folder, from), 'utf8').replace(/<code[^]*?<\/code>/g, '');
    const targets = [...text.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href]) => (href as string).replaceAll('&amp;', '&'));
    return [...new Set(targets)].flatMap(target => {
      const { origin, pathname, hash } = new URL(target, `http://site/${from}`);
      if (origin !== 'http://site') return [];
      const path = decodeURIComponent(pathname).slice(1);
      const file = [path, `${path}.html`, `${path}index.html`, `${path}/index.html`].find(each => each !== '' && existsSync(join(folder, each)) && each.includes('.'));
      if (file === undefined) return [`${from} -> ${target}`];
      const id = decodeURIComponent(hash.slice(1));
      return id === '' || !file.endsWith('.html') || idsOf(file).has(id) ? [] : [`${from} -> ${target}`];
    });
  });
}
