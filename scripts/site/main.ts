/** `npm run site`: the pages as a site in `.cache/site/dist`. `-- --check [--out FOLDER]` opens it in a real browser, and leaves pictures of it in the folder. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSite } from './build';
import { siteAnswers } from './check';
import { partsOf } from '../browser/parts';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false }, out: { type: 'string' } } });

async function run(): Promise<void> {
  const built = await buildSite(join(__dirname, '../..'));
  process.stdout.write(`${built.pages.length + 1} pages in ${built.folder}\n`);
  if (!values.check) return;
  const pictures = values.out === undefined ? mkdtempSync(join(tmpdir(), 'symbolon-site-')) : resolve(values.out);
  mkdirSync(pictures, { recursive: true });
  const parts = await partsOf();
  try {
    const answers = await siteAnswers(built, parts, pictures);
    for (const { what, holds, saw } of answers) process.stdout.write(`${holds ? 'ok  ' : 'FAIL'} ${what}: ${saw}\n`);
    const failed = answers.filter(({ holds }) => !holds).length;
    process.stdout.write(`${answers.length - failed} passed, ${failed} failed\n${pictures}\n`);
    if (failed > 0) process.exitCode = 1;
  } finally {
    await parts.browser.close();
  }
}

run().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
});
