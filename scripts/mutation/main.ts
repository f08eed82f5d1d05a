/** Whether tests notice when a rule is another: `npm run mutation [-- --area proof --only GLOB,GLOB --static --report]`. The last reports stay in .cache/mutation. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { pageOf, summaryOf, type Report } from './page';
import { AREA, AREAS } from './scope';
import { cached } from '../../conformance/parts/cache';
import { commandOutput } from '../../conformance/parts/command';
import { fingerprintOf } from '../../conformance/parts/fingerprint';

const ROOT = join(__dirname, '../..');
const HOME = join(ROOT, '.cache/mutation');
const PARTS = join(__dirname, 'parts');
/** The part of the mutants that tests have to notice, in percent. */
const WANTED = 95;

async function strykerOf(): Promise<string> {
  const folder = await cached(`npm/mutation-${fingerprintOf(PARTS)}`, async making => {
    process.stderr.write('installing Stryker (once)\n');
    cpSync(PARTS, making, { recursive: true });
    await commandOutput('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: making });
  });
  return join(folder, 'node_modules/@stryker-mutator/core/bin/stryker.js');
}

/** Stryker's processes load plain JavaScript. */
function runnerMade(): string {
  for (const name of ['harness', 'modules', 'runner', 'scope']) {
    const { outputText } = transpileModule(readFileSync(join(__dirname, `${name}.ts`), 'utf8'), { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true } });
    writeFileSync(join(HOME, `${name}.js`), outputText);
  }
  return join(HOME, 'runner.js');
}

/** https://stryker-mutator.io/docs/stryker-js/configuration */
const configOf = (runner: string, mutate: readonly string[], report: string): object => ({
  testRunner: 'symbolon',
  plugins: [runner],
  mutate,
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // What counts only while a module is loaded is asked of every test, each time with all modules loaded anew: the long way, on demand.
  ignoreStatic: !process.argv.includes('--static'),
  // The tests take a fraction of a second; a machine that is busy shall not make a mutant look as if it never ended.
  timeoutMS: 60_000,
  tempDirName: '.cache/mutation/tmp',
  ignorePatterns: ['lib', 'dist', 'bench', 'conformance', '.cache', '.git'],
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: false, reportScoreTable: true, skipFull: false },
  jsonReporter: { fileName: report },
  // It has no settings of TypeScript to read: nothing is type-checked here.
  tsconfigFile: 'none.json',
  disableTypeChecks: false,
  allowEmpty: true,
});

/** One area after the other: each has tests of its own. */
function reportOn(name: string, mutate: readonly string[], stryker: string, runner: string): Report {
  const [config, report] = [join(HOME, `${name}.config.json`), join(HOME, `${name}.json`)];
  writeFileSync(config, JSON.stringify(configOf(runner, mutate, report), null, 2));
  const { status } = spawnSync(process.execPath, [stryker, 'run', config], { cwd: ROOT, stdio: 'inherit', env: { ...process.env, [AREA]: name } });
  if (status !== 0) throw new Error(`Stryker ended with ${String(status)}`);
  return JSON.parse(readFileSync(report, 'utf8')) as Report;
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : process.argv[at + 1];
}

async function run(): Promise<void> {
  mkdirSync(HOME, { recursive: true });
  const [stryker, runner] = [await strykerOf(), runnerMade()];
  const [area, only] = [option('--area'), option('--only')?.split(',')];
  const files: { [file: string]: Report['files'][string] } = {};
  for (const [name, { mutated }] of Object.entries(AREAS)) {
    if (area === undefined || area === name) Object.assign(files, reportOn(name, only ?? mutated, stryker, runner).files);
  }
  const { text, score } = summaryOf({ files });
  process.stdout.write(text);
  if (process.argv.includes('--report')) writeFileSync(join(ROOT, 'docs/mutation.md'), pageOf({ files }));
  if (score < WANTED) process.exitCode = 1;
}

run().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
});
