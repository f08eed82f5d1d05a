/** The programs of the guides that need more than Node.js, with their own tests, which rotate tokens as the kubelet does. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { missing } from './support/commands';
import { count, testUnless } from '../support/report';

const EXAMPLES = join(__dirname, '../../../examples/applications');

/** Everything that was run, and nothing that was left out. */
function run(folder: string, command: string, args: readonly string[]): string {
  return execFileSync(command, args, { cwd: join(EXAMPLES, folder), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } });
}

const go = missing(['go', 'version']);
for (const [folder, what] of [['go', 'the Go transport'], ['grpc', 'the per-RPC credentials of gRPC in Go']] as const) {
  testUnless(go, 'applications', `${what}: each request carries the token of its time, and no other host gets it`, () => {
    const passed = run(folder, 'go', ['test', '-mod=readonly', '-count=1', '-v', './...']).match(/^--- PASS/gm) ?? [];
    expect(passed.length).toBeGreaterThan(1);
    run(folder, 'go', ['vet', '-mod=readonly', './...']);
    count('applications', 'tests of programs in other languages', passed.length);
  }, 600_000);
}

testUnless(missing(['python3', '--version']), 'applications', 'the Python program: each request carries the token of its time, and no redirect takes it along', () => {
  // unittest reports on stderr; a failure is an exit code.
  run('python', 'python3', ['-m', 'unittest']);
  count('applications', 'tests of programs in other languages', 3);
}, 60_000);
