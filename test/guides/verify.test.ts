/** What docs/guides/verify.md shows is what comes out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { FINDINGS } from '../../src/evidence';

const ROOT = join(__dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/guides/verify.md'), 'utf8');

test('the run of the example', async () => {
  let out = '';
  const stdout = { write: (text: string) => { out += text; } };
  const code = await main(['verify', 'kubernetes', 'cloud', '--evidence', 'evidence.yaml'], { stdout, stderr: stdout, isTTY: false, env: {}, cwd: join(ROOT, 'examples/verify') });
  expect(code).toBe(1);
  const [, shown = ''] = /```console\n\$ npx symbolon verify.*\n([^]*?)```/.exec(PAGE) ?? [];
  const pattern = shown.split('…').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^\\n]*');
  expect(out).toMatch(new RegExp(`^${pattern}$`));
});

test('every code has its line, and no other is there', () => {
  const listed = [...PAGE.matchAll(/^\| (`(?:verify|evidence)\/.*?) \|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code));
  expect(listed.sort()).toEqual(Object.keys(FINDINGS).sort());
});
