/** A file is written whole or not at all; what is no file is written to, and never replaced. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from '../../src/cli/output/whole';

const folder = mkdtempSync(join(tmpdir(), 'symbolon-whole-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a file is replaced, and nothing stays beside it', () => {
  const path = join(folder, 'file');
  for (const text of ['one', 'two']) writeWhole({ path, shown: 'file' }, text);
  expect(readFileSync(path, 'utf8')).toBe('two');
  expect(readdirSync(folder)).toEqual(['file']);
});

test('a pipe is written to, and stays one', async () => {
  if (process.platform === 'win32') return;
  const path = join(folder, 'pipe');
  expect(spawnSync('mkfifo', [path]).status).toBe(0);
  const reader = spawn('cat', [path]);
  let got = '';
  reader.stdout.on('data', (part: Buffer) => (got += part.toString()));
  const ended = new Promise(resolve => reader.on('close', resolve));
  writeWhole({ path, shown: 'pipe' }, 'text');
  expect(statSync(path).isFIFO()).toBe(true);
  await ended;
  expect(got).toBe('text');
});
