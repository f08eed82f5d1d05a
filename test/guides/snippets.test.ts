/** What the guides show stands in files that are compiled and run. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RISKS } from '../../src/kubernetes/rbac-risks';

const ROOT = join(__dirname, '../..');
const GUIDES = ['rbac.md', 'attach.md'];
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

test.each(GUIDES)('%s: every snippet stands in the file that it names', guide => {
  const blocks = [...textOf(`docs/guides/${guide}`).matchAll(/(?:<!-- from: (\S+) -->\n)?^```(?:ts|yaml)\n(.*?)^```$/gms)];
  expect(blocks.length).toBeGreaterThan(0);
  for (const [, file, text = ''] of blocks) {
    expect(file).toBeDefined();
    expect(textOf(file as string)).toContain(text);
  }
});

test.each(GUIDES)('%s: every link leads somewhere', guide => {
  for (const [, link = ''] of textOf(`docs/guides/${guide}`).matchAll(/\]\((?!https:)([^)#]+)/g)) expect([link, existsSync(join(ROOT, dirname(`docs/guides/${guide}`), link))]).toEqual([link, true]);
});

test('every rule of what grants more than it says is in the guide', () => {
  for (const { code } of RISKS) expect(textOf('docs/guides/rbac.md')).toContain(`\`rbac/${code}\``);
});
