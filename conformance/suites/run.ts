import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Suite } from '.';
import type { Note } from './support/report';
import { NOTES_VARIABLE, SYSTEMS_VARIABLE, type Systems } from '../systems/facts';
import { startGuarded, type Guarded } from '../systems/guard';

const ROOT = join(__dirname, '../..');

export interface TestResult {
  /** The folder of the suite. */
  readonly suite: string;
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'not run';
}

export interface SuiteResults {
  readonly tests: readonly TestResult[];
  readonly notes: readonly Note[];
  /** False as soon as anything failed, be it that a file could not be loaded. */
  readonly ok: boolean;
}

/** Runs the suites by jest, in a process of its own. `onStart` is given the process, to be ended early. */
export async function runSuites(suites: readonly Suite[], systems: Systems, folder: string, onStart: (jest: Guarded) => void): Promise<SuiteResults> {
  const [results, notes] = [join(folder, 'jest.json'), join(folder, 'notes.jsonl')];
  const paths = suites.map(({ name }) => `conformance/suites/${name}/`);
  // The JSON goes to the file; what it prints for people goes to stderr.
  const jest = startGuarded(process.execPath, [join(ROOT, 'node_modules/jest/bin/jest.js'), '--ci', '--config', 'conformance/jest.config.json', '--json', '--outputFile', results, ...paths], {
    cwd: ROOT,
    env: { ...process.env, [SYSTEMS_VARIABLE]: JSON.stringify(systems), [NOTES_VARIABLE]: notes },
  });
  onStart(jest);
  const code = await jest.exit;
  return {
    tests: existsSync(results) ? testsIn(readFileSync(results, 'utf8')) : [],
    notes: existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n').map(line => JSON.parse(line) as Note) : [],
    ok: code === 0,
  };
}

interface JestOutput {
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[] }[];
}

function testsIn(json: string): readonly TestResult[] {
  // Jest runs the slow files first, as it measured them the last time.
  const files = [...(JSON.parse(json) as JestOutput).testResults].sort((a, b) => (a.name < b.name ? -1 : 1));
  return files.flatMap(({ name: file, assertionResults }) => assertionResults.map(({ fullName, status }) => ({
    suite: relative(__dirname, file).split(/[\\/]/)[0] as string,
    name: fullName,
    status: status === 'passed' || status === 'failed' ? status : 'not run',
  })));
}
