/** The trust map in a real browser: `npm run browser [-- --out FOLDER --sizes 10,300]`. Pages and pictures of them stay in the folder. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pageAnswers, type Answer } from './cases';
import { mermaidAnswers } from './mermaid';
import { partsOf } from './parts';
import type { TrustMap } from '../../src/graph';
import { HOSTILE } from '../../test/graph/hostile';
import { sampleOf } from '../../test/graph/sample';

/** What stands after an option. */
function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : process.argv[at + 1];
}

/** How many identities the maps have. */
const SIZES = (option('--sizes') ?? '10,300,3000').split(',').map(Number);

/** A map of names that nobody should have. */
const EVIL: TrustMap = {
  nodes: HOSTILE.flatMap((label, i) => [
    { id: `w${i}`, kind: 'workload' as const, label, cluster: HOSTILE[(i * 7) % HOSTILE.length] as string, namespace: HOSTILE[(i * 3) % HOSTILE.length] as string, notes: [label] },
    { id: `t${i}`, kind: 'token' as const, label, cluster: 'blue', namespace: 'shop', notes: [] },
    { id: `i${i}`, kind: 'identity' as const, label, provider: 'aws', notes: [] },
  ]),
  edges: HOSTILE.flatMap((why, i) => [{ from: `w${i}`, to: `t${i}` }, { from: `t${i}`, to: `i${i}`, state: 'refused' as const, why }]),
  loose: HOSTILE,
};

async function run(): Promise<void> {
  const out = option('--out');
  const folder = out === undefined ? mkdtempSync(join(tmpdir(), 'symbolon-browser-')) : resolve(out);
  mkdirSync(folder, { recursive: true });
  const parts = await partsOf();
  const answers: Answer[] = [];
  const tell = (more: readonly Answer[]): void => {
    for (const { what, holds, saw } of more) process.stdout.write(`${holds ? 'ok  ' : 'FAIL'} ${what}${saw === '' ? '' : `: ${saw}`}\n`);
    answers.push(...more);
  };
  process.stdout.write(`Chromium ${parts.browser.version()}\n`);
  try {
    for (const size of SIZES) {
      const map = sampleOf(size);
      tell(await mermaidAnswers(`${size} identities`, map, parts));
      tell(await pageAnswers(`${size} identities`, map, parts, folder));
    }
    tell(await mermaidAnswers('hostile names', EVIL, parts, HOSTILE));
    tell(await pageAnswers('hostile names', EVIL, parts, folder));
  } finally {
    await parts.browser.close();
  }
  const failed = answers.filter(({ holds }) => !holds).length;
  process.stdout.write(`${answers.length - failed} passed, ${failed} failed\n${folder}\n`);
  if (failed > 0) process.exitCode = 1;
}

run().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
});
