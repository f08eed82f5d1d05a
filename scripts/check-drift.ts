/**
 * Makes every generated file again, and fails when one of them was not what its source gives. What was made stays: the
 * answer to a failure is to look at it and keep it.
 *
 * Files are compared by their content, before and after, so that it does not matter what is committed.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pagesIn } from './docs/pages';

const ROOT = join(__dirname, '..');
const TS_NODE = [join(ROOT, 'node_modules/ts-node/dist/bin.js'), '--transpile-only', '-P', 'tsconfig.dev.json'];

interface Generator {
  /** How its files are made by hand. */
  readonly command: string;
  readonly script: string;
  readonly files: () => readonly string[];
}

const projenFiles = (): readonly string[] => (JSON.parse(readFileSync(join(ROOT, '.projen/files.json'), 'utf8')) as { files: string[] }).files;

const GENERATORS: readonly Generator[] = [
  // First the build itself: the others run by what it says.
  { command: 'npx projen', script: '.projenrc.ts', files: () => [...projenFiles(), 'package.json'] },
  { command: 'npm run generate', script: 'scripts/generate-structure.ts', files: () => ['src/identity/structure.generated.ts', 'schema/symbolon.schema.json'] },
  { command: 'npm run api', script: 'scripts/write-api.ts', files: () => ['API.md'] },
  { command: 'npm run docs', script: 'scripts/write-docs.ts', files: () => pagesIn(ROOT, 'docs') },
];

function hashOf(file: string): string {
  const path = join(ROOT, file);
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'missing';
}

function drifted({ script, files }: Generator): readonly string[] {
  const before = new Map(files().map(file => [file, hashOf(file)]));
  // No installation after projen: what is installed is none of its files.
  execFileSync(process.execPath, [...TS_NODE, script], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PROJEN_DISABLE_POST: 'true' } });
  return [...new Set([...before.keys(), ...files()])].filter(file => before.get(file) !== hashOf(file));
}

let failed = false;
for (const generator of GENERATORS) {
  const files = drifted(generator);
  for (const file of files) console.error(`${file} is not what ${generator.script} gives; run: ${generator.command}`);
  failed ||= files.length > 0;
}
if (failed) process.exitCode = 1;
else console.log('every generated file is what its source gives');
