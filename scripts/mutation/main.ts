/** Whether tests notice when a rule is another: `npm run mutation [-- --only GLOB,GLOB] [-- --static] [-- --report]`. The last report stays in .cache/mutation. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { pageOf, summaryOf, type Report } from './page';
import { MUTATED } from './scope';
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
const configOf = (runner: string, mutate: readonly string[]): object => ({
  testRunner: 'symbolon',
  plugins: [runner],
  mutate,
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // What counts only while a module is loaded is asked of every test, each time with all modules loaded anew: the long way, on demand.
  ignoreStatic: !process.argv.includes('--static'),
  // The tests take a fraction of a second; a machine that is busy shall not make a mutant look as if it never ended.
  timeoutMS: 120_000,
  tempDirName: '.cache/mutation/tmp',
  ignorePatterns: ['lib', 'dist', 'docs', 'bench', 'conformance', 'scripts', '.cache', '.git'],
  reporters: ['progress-append-only', 'clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false, reportMutants: false, reportScoreTable: true, skipFull: false },
  jsonReporter: { fileName: join(HOME, 'report.json') },
  // It has no settings of TypeScript to read: nothing is type-checked here.
  tsconfigFile: 'none.json',
  disableTypeChecks: false,
  allowEmpty: true,
});

async function run(): Promise<void> {
  const only = process.argv.indexOf('--only');
  const mutate = only === -1 ? MUTATED : (process.argv[only + 1] ?? '').split(',');
  mkdirSync(HOME, { recursive: true });
  const config = join(HOME, 'stryker.config.json');
  writeFileSync(config, JSON.stringify(configOf(runnerMade(), mutate), null, 2));
  const { status } = spawnSync(process.execPath, [await strykerOf(), 'run', config], { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error(`Stryker ended with ${String(status)}`);
  const report = JSON.parse(readFileSync(join(HOME, 'report.json'), 'utf8')) as Report;
  const { text, score } = summaryOf(report);
  process.stdout.write(text);
  if (process.argv.includes('--report')) writeFileSync(join(ROOT, 'docs/mutation.md'), pageOf(report));
  if (score < WANTED) process.exitCode = 1;
}

run().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
});
