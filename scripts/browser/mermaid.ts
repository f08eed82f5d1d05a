/** What Mermaid itself makes of what is written for it, by its own parser and renderer. */
import type { Answer } from './cases';
import type { Parts } from './parts';
import { mermaidOf, type TrustMap } from '../../src/graph';
import { clipped, visible } from '../../src/graph/text';

/**
 * @param texts  labels that must be seen as they are
 */
export async function mermaidAnswers(name: string, map: TrustMap, { browser, mermaid }: Parts, texts: readonly string[] = []): Promise<readonly Answer[]> {
  const page = await browser.newPage();
  await page.goto('about:blank');
  await page.addScriptTag({ content: mermaid });
  const text = mermaidOf(map);
  const began = Date.now();
  const svg = await page.evaluate<string>(`(mermaid.initialize({ startOnLoad: false }), mermaid.render('map', ${JSON.stringify(text)}).then(({ svg }) => svg, error => 'ERROR ' + error.message))`);
  const drawn = !svg.startsWith('ERROR') && !svg.includes('Syntax error');
  const answers: Answer[] = [{ what: `${name}: Mermaid draws it`, holds: drawn, saw: drawn ? `${text.length} characters, ${text.split('\n')[1]?.trim()}, ${Date.now() - began} ms` : svg.slice(0, 400) }];
  if (texts.length > 0 && drawn) {
    const seen = await page.evaluate<string[]>(`(box => { box.innerHTML = ${JSON.stringify(svg)}; document.body.append(box); return [...box.querySelectorAll('.nodeLabel')].map(label => label.textContent); })(document.createElement('div'))`);
    // Runs of spaces are one to a browser.
    const plain = (label: string): string => label.replace(/\s+/g, ' ').trim();
    const labels = new Set(seen.map(plain));
    const missing = texts.map(label => (label.trim() === '' ? '(empty)' : label)).filter(label => !labels.has(plain(clipped(visible(label), 100))));
    answers.push({ what: `${name}: every label is seen as it is`, holds: missing.length === 0, saw: missing.length === 0 ? `${texts.length} labels` : JSON.stringify(missing) });
    answers.push({ what: `${name}: nothing of the labels is run`, holds: await page.evaluate<boolean>('window.pwned === undefined'), saw: '' });
  }
  await page.close();
  return answers;
}
