/** What docs/guides/trust-map.md shows. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STATES } from '../../src/graph';
import { workspace } from '../cli/workspace';

const ROOT = join(__dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/guides/trust-map.md'), 'utf8');

test('the picture is that of the example', () => {
  const app = join(ROOT, 'examples/three-clouds/app.ts');
  const { dir } = workspace();
  // The example is loaded by the built command line, as users load it.
  const run = (...args: readonly string[]): string => execFileSync(process.execPath, [join(ROOT, 'lib/cli/bin.js'), ...args], { cwd: dir, encoding: 'utf8' });
  run('synth', app, '--out', 'dist');
  const out = run('graph', 'dist', '--definition', app);
  expect(/```mermaid\n([^]*?)```/.exec(PAGE)?.[1]).toBe(out);
});

test('every state is explained as it is in the pictures', () => {
  for (const { says, sign, means } of Object.values(STATES)) expect(PAGE).toContain(`| ${says} | ${sign} | ${means} |`);
});
