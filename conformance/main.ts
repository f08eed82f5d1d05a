import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TrackedParts } from './parts/tracked';
import { pageOf } from './report/page';
import { summaryOf } from './report/summary';
import { SUITES } from './suites';
import { runSuites } from './suites/run';
import { SYSTEMS } from './systems';
import { stopAll, type Guarded } from './systems/guard';
import { SystemStack } from './systems/stack';

const USAGE = `npm run conformance -- [options]

  --only NAMES    only the suites whose names begin with one of NAMES, which commas part
  --report        writes docs/conformance.md
  --help          this text

  KUBECONFIG            the suites use that cluster, and leave nothing in it
  KUBEBUILDER_ASSETS    the folder of etcd and kube-apiserver; else they are built once
`;
const PAGE = join(__dirname, '../docs/conformance.md');

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, report: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });

async function run(): Promise<boolean> {
  const suites = SUITES.filter(({ name }) => values.only.split(',').some(only => name.startsWith(only)));
  if (suites.length === 0) throw new Error(`no suite begins with ${JSON.stringify(values.only)}; there are ${SUITES.map(({ name }) => name).join(', ')}`);
  if (values.report && values.only !== '') throw new Error('the report is of all suites: --report and --only do not go together');

  const folder = mkdtempSync(join(tmpdir(), 'symbolon-conformance-'));
  const parts = new TrackedParts();
  const stack = new SystemStack(folder, parts);
  let jest: Guarded | undefined;
  const end = async (): Promise<void> => {
    await jest?.stop();
    await stack.stop();
    await stopAll();
    rmSync(folder, { recursive: true, force: true });
  };
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
    process.on(signal, () => void end().finally(() => process.exit(code)));
  }
  try {
    for (const system of SYSTEMS.filter(({ name }) => suites.some(({ needs, uses = [] }) => [...needs, ...uses].includes(name)))) await stack.start(system);
    const runnable = suites.filter(({ needs }) => !needs.some(name => stack.missing.has(name)));
    const results = runnable.length === 0 ? { tests: [], notes: [], ok: true } : await runSuites(runnable, stack.facts, folder, child => jest = child);
    const outcome = { suites, ...results, parts: parts.all, missing: stack.missing, systems: stack.facts };
    process.stdout.write(summaryOf(outcome));
    if (values.report) writeFileSync(PAGE, pageOf(outcome));
    return results.ok;
  } finally {
    await end();
  }
}

if (values.help) {process.stdout.write(USAGE);} else {
  run().then(ok => process.exitCode = ok ? 0 : 1, (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
