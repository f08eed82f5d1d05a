/** What is asked of the page, in a real browser. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page, Parts } from './parts';
import { htmlOf, type TrustMap } from '../../src/graph';
import { pathsOf } from '../../src/graph/paths';

/** One answer. */
export interface Answer {
  readonly what: string;
  readonly holds: boolean;
  readonly saw: string;
}

/** How long a person may wait for what was typed, in milliseconds. */
const PROMPT = 300;

/** How many rows are there at first. */
const PAGE = 200;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Everything about one map. */
export async function pageAnswers(name: string, map: TrustMap, { browser, axe }: Parts, folder: string): Promise<readonly Answer[]> {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, htmlOf(map));
  const url = pathToFileURL(file).href;
  const answers: Answer[] = [];
  const say = (what: string, holds: boolean, saw: unknown): void => { answers.push({ what: `${name}: ${what}`, holds, saw: String(saw) }); };
  const page = await browser.newPage();
  const [requests, complaints]: [string[], string[]] = [[], []];
  page.on('request', request => requests.push(request.url()));
  page.on('console', message => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', error => complaints.push(error.message));
  await page.setViewportSize({ width: 1280, height: 900 });
  const began = Date.now();
  await page.goto(url);
  say('it opens', true, `${Date.now() - began} ms`);

  const paths = pathsOf(map);
  const countOf = (): Promise<string> => page.evaluate<string>('document.getElementById("count").textContent');
  say('it lists every path', (await countOf()).startsWith(`${paths.length} of ${paths.length} path`), await countOf());

  await searched(page, paths, say);
  await byState(page, paths, say);
  await page.goto(url);
  await byKeyboard(page, say);
  await accessible(page, axe, say);
  await page.evaluate('history.replaceState(null, "", location.pathname); document.activeElement.blur(); scrollTo(0, 0)');
  await page.emulateMedia({ colorScheme: 'dark' });
  const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  say('it is dark where the dark is wanted', ground === 'rgb(16, 20, 24)', ground);
  await page.screenshot({ path: join(folder, `${name}-dark.png`) });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.screenshot({ path: join(folder, `${name}-light.png`) });
  say('nothing of the names is run', await page.evaluate<boolean>('window.pwned === undefined'), '');
  say('it asks for nothing but itself', requests.every(asked => asked === url || asked === 'data:,'), requests.filter(asked => asked !== url).join(' ') || 'one file');
  say('the browser complains of nothing', complaints.length === 0, complaints.join(' | ') || 'nothing');
  await page.close();

  const plain = await browser.newPage({ javaScriptEnabled: false });
  await plain.goto(url);
  const listed = await plain.evaluate<number>('[...document.querySelectorAll("tbody tr")].filter(row => row.offsetHeight > 0).length');
  say('without JavaScript the whole list is there', listed === paths.length, listed);
  await plain.screenshot({ path: join(folder, `${name}-plain.png`) });
  await plain.close();
  return answers;
}

type Say = (what: string, holds: boolean, saw: unknown) => void;

/** Milliseconds from what a person does to what they see. */
const TIMED = (act: string): string => `new Promise(done => { const began = performance.now(); ${act}; requestAnimationFrame(() => requestAnimationFrame(() => { document.body.offsetHeight; done(performance.now() - began); })); })`;

const set = (id: string, value: string): string => `const it = document.getElementById(${JSON.stringify(id)}); it.value = ${JSON.stringify(value)}; it.dispatchEvent(new Event('input', { bubbles: true }))`;

async function searched(page: Page, paths: ReturnType<typeof pathsOf>, say: Say): Promise<void> {
  for (const words of ['app-4', 'TEAM-0 s3', 'no such thing']) {
    const took = await quickest(page, [set('search', ''), set('search', words)]);
    const shown = await page.evaluate<number>('[...document.querySelectorAll("tbody tr")].filter(row => !row.hidden).length');
    const said = await page.evaluate<string>('document.getElementById("count").textContent');
    const wanted = await page.evaluate<number>(`[...document.querySelectorAll("tbody tr")].filter(row => ${JSON.stringify(words.toLowerCase().split(' '))}.every(word => row.textContent.toLowerCase().includes(word))).length`);
    say(`searching for ${words}`, shown === Math.min(wanted, PAGE) && said.startsWith(`${wanted} of ${paths.length}`), `${said}`);
    say(`searching for ${words} is prompt`, took < PROMPT, `${Math.round(took)} ms`);
  }
  const took = await quickest(page, [set('search', 'no such thing'), set('search', '')]);
  say('showing everything again is prompt', took < PROMPT, `${Math.round(took)} ms`);
}

/** Of three tries at the last of the acts: a machine that is busy with something else is not the page's fault. */
async function quickest(page: Page, acts: readonly string[]): Promise<number> {
  const took: number[] = [];
  for (let i = 0; i < 3; i++) {
    let last = 0;
    for (const act of acts) last = await page.evaluate<number>(TIMED(`{ ${act} }`));
    took.push(last);
  }
  return Math.min(...took);
}

async function byState(page: Page, paths: ReturnType<typeof pathsOf>, say: Say): Promise<void> {
  await page.evaluate('for (const box of document.querySelectorAll("input[name=state]")) if (box.value !== "refused" && box.checked) box.click()');
  const took = await page.evaluate<number>(TIMED('document.getElementById("search").dispatchEvent(new Event("input", { bubbles: true }))'));
  const refused = paths.filter(({ state }) => state === 'refused').length;
  const states = await page.evaluate<string[]>('[...document.querySelectorAll("tbody tr")].filter(row => !row.hidden).map(row => row.dataset.state)');
  say('only what is refused', states.length === Math.min(refused, PAGE) && states.every(state => state === 'refused'), `${states.length}, ${Math.round(took)} ms`);
  await page.evaluate('document.querySelector("button[type=reset]").click()');
  await page.evaluate(TIMED(''));
  const all = await page.evaluate<number>('[...document.querySelectorAll("tbody tr")].filter(row => !row.hidden).length');
  say('everything again by the button', all === Math.min(paths.length, PAGE), all);
  if (paths.length <= PAGE) return;
  await page.evaluate('document.getElementById("next").click()');
  const more = await page.evaluate<number>('[...document.querySelectorAll("tbody tr")].filter(row => !row.hidden).length');
  const goesOn = await page.evaluate<boolean>(`document.activeElement === document.querySelectorAll("tbody tr")[${PAGE}]`);
  say('more of it by the button, and reading goes on there', more === Math.min(paths.length, PAGE * 2) && goesOn, more);
  const whole = await page.evaluate<number>(TIMED('document.getElementById("rest").click()'));
  say('all of it by the button', await page.evaluate<boolean>('[...document.querySelectorAll("tbody tr")].every(row => !row.hidden)'), `${Math.round(whole)} ms`);
  await page.evaluate('document.querySelector("button[type=reset]").click()');
  await page.evaluate(TIMED(''));
}

/** From the top, by nothing but keys: the list is one step away, every control is reached in its order, and nothing keeps the focus. */
async function byKeyboard(page: Page, say: Say): Promise<void> {
  const focused = (): Promise<string> => page.evaluate<string>('(e => e.id || e.name || e.className || e.tagName)(document.activeElement)');
  await page.keyboard.press('Tab');
  const first = await focused();
  await page.keyboard.press('Enter');
  const reached = await page.evaluate<string>('location.hash');
  say('the list is one key away', first === 'skip' && reached === '#list', `${first} ${reached}`);
  await page.evaluate('document.activeElement.blur(); history.replaceState(null, "", location.pathname); window.scrollTo(0, 0); document.querySelector(".skip").focus()');
  const order: string[] = [];
  for (let i = 0; i < 16; i++) {
    await page.keyboard.press('Tab');
    order.push(await focused());
  }
  const wanted = ['state', 'search', 'provider', 'cluster', 'namespace', 'BUTTON', 'FIGURE', 'scroll'];
  const places = wanted.map(each => order.indexOf(each));
  say('every control is reached in its order', places.every((at, i) => at !== -1 && (i === 0 || at > (places[i - 1] as number))), order.join(' '));
  const isSeen = await page.evaluate<string>('document.getElementById("search").focus(), getComputedStyle(document.activeElement).outlineStyle');
  say('the focus is seen', isSeen === 'solid', isSeen);
  await page.keyboard.type('a');
  await page.evaluate(TIMED(''));
  const shown = await page.evaluate<string>('document.getElementById("count").textContent');
  say('what is typed is searched for', !shown.startsWith('0 '), shown);
  await page.fill('#search', '');
  const opened = await page.evaluate<boolean>('(summary => { if (!summary) return true; summary.focus(); return document.activeElement === summary; })(document.querySelector("tbody summary"))');
  await page.keyboard.press('Enter');
  const open = await page.evaluate<boolean>('(details => !details || details.open)(document.querySelector("tbody details"))');
  say('permissions are opened by keys', opened && open, open);
}

/** In both schemes, on a wide screen and on a narrow one. https://github.com/dequelabs/axe-core/blob/develop/doc/API.md */
async function accessible(page: Page, axe: string, say: Say): Promise<void> {
  await page.evaluate(`${axe}; 0`);
  for (const [colorScheme, width] of [['light', 1280], ['dark', 1280], ['light', 320]] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    const began = Date.now();
    const violations = await page.evaluate<Violation[]>('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map(({ html }) => ({ html: html.slice(0, 200) })) })))');
    say(`axe, ${colorScheme}, ${width} px`, violations.length === 0, `${violations.length === 0 ? 'no finding' : JSON.stringify(violations)}, ${Date.now() - began} ms`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}
