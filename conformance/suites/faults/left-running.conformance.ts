/** The harness itself is stopped: nothing that it started is left running, and nothing that it wrote. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { count, testUnless } from '../support/report';
import { systemIfHad } from '../support/systems';

const ROOT = join(__dirname, '../../..');
const MARK = 'SYMBOLON_CONFORMANCE_MARK';

/** The command lines of all processes that were started, however indirectly, with that mark in their environment. */
function running(mark: string): readonly string[] {
  return readdirSync('/proc').filter(name => /^\d+$/.test(name)).flatMap(pid => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`${MARK}=${mark}`) ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')] : [];
    } catch {
      // Gone meanwhile, or somebody else's.
      return [];
    }
  });
}

async function until(holds: () => boolean, what: string): Promise<void> {
  for (let i = 0; !holds(); i++) {
    if (i === 600) throw new Error(`waited in vain for ${what}`);
    await sleep(100);
  }
}

const something = (words: RegExp) => (lines: readonly string[]): boolean => lines.some(line => words.test(line));
const STARTING = something(/etcd --data-dir/);
const TESTING = something(/jest\.js .*--outputFile/);

const NOT_HERE = !existsSync('/proc/self/environ') ? 'this system has no list of processes to look into'
  : systemIfHad('apiServer') === undefined ? 'there is no API server to be left running' : undefined;

type Stop = readonly [signal: NodeJS.Signals, when: string, isTime: (lines: readonly string[]) => boolean, whom: 'it alone' | 'all', exit: number | null];
const STOPS: readonly Stop[] = [
  ['SIGINT', 'while its systems start', STARTING, 'it alone', 130],
  ['SIGINT', 'while the suites run', TESTING, 'it alone', 130],
  ['SIGINT', 'by somebody at a terminal', TESTING, 'all', 130],
  ['SIGTERM', 'while the suites run', TESTING, 'it alone', 143],
  ['SIGKILL', 'while its systems start', STARTING, 'it alone', null],
  ['SIGKILL', 'while the suites run', TESTING, 'it alone', null],
];
for (const stop of STOPS) testUnless(NOT_HERE, 'faults', `the harness, ${stop[0]} ${stop[1]}`, () => stopped(stop), 120_000);

async function stopped([signal, when, isTime, whom, exit]: Stop): Promise<void> {
  const [mark, temporary] = [randomUUID(), mkdtempSync(join(tmpdir(), 'symbolon-conformance-stopped-'))];
  const { KUBECONFIG: _borrowed, ...env } = process.env;
  const harness = spawn(process.execPath, ['-r', 'ts-node/register/transpile-only', 'conformance/main.ts', '--only', 'api-server'], {
    cwd: ROOT, detached: true, stdio: 'ignore', env: { ...env, NODE_ENV: '', TS_NODE_PROJECT: 'tsconfig.dev.json', TMPDIR: temporary, [MARK]: mark },
  });
  const code = new Promise<number | null>(resolve => harness.once('exit', resolve));
  try {
    await until(() => isTime(running(mark)), `the moment ${when}`);
    await sleep(500);
    process.kill(whom === 'all' ? -(harness.pid as number) : harness.pid as number, signal);
    expect(await code).toBe(exit);
    if (signal === 'SIGKILL') await until(() => running(mark).length === 0, 'what it started to end');
    expect(running(mark)).toEqual([]);
    // Node.js keeps compiled modules there, for the next run.
    if (signal !== 'SIGKILL') expect(readdirSync(temporary).filter(name => name.startsWith('symbolon-'))).toEqual([]);
    count('faults', 'runs of the harness that were stopped', 1);
  } finally {
    harness.kill('SIGTERM');
    rmSync(temporary, { recursive: true, force: true });
  }
}
