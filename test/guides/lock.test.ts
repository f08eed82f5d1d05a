/** What docs/guides/lock.md shows and says. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOCK_FINDINGS } from '../../src/cli/lock/findings';
import { parseLine } from '../../src/cli/lock/lines';
import { workspace } from '../cli/workspace';

const ROOT = join(__dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/guides/lock.md'), 'utf8');

test('the lock of the example is what the proof finds, to the byte', () => {
  const { dir } = workspace();
  const run = (...args: readonly string[]): string => execFileSync(process.execPath, [join(ROOT, 'lib/cli/bin.js'), ...args], { cwd: dir, encoding: 'utf8' });
  const app = join(ROOT, 'examples/three-clouds/app.ts');
  run('synth', app, '--lock', 'fresh.lock', '--update-lock');
  expect(readFileSync(join(dir, 'fresh.lock'), 'utf8')).toBe(readFileSync(join(ROOT, 'examples/three-clouds/symbolon.lock'), 'utf8'));
  expect(run('verify', 'dist', '--definition', app)).not.toContain('lock/');
});

test('every finding is explained, and what stands in the page is a lock', () => {
  for (const code of Object.keys(LOCK_FINDINGS)) expect(PAGE).toContain(`\`${code}\``);
  const lines = [...PAGE.matchAll(/^(?:STRANGER|admitted|also|cluster) .*$/gm)].map(([line]) => line);
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) expect(parseLine(line)).toBeDefined();
});
