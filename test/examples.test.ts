/** Every example is run, as its users would run it, and what comes out is what came out last time. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { withMocks } from './pulumi/support/mocks';

const ROOT = join(__dirname, '..');

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly files: { readonly [name: string]: string };
}

/** The built command line, in a process of its own: modules are loaded as users' modules are. */
function synth(...argv: string[]): Run {
  const dir = mkdtempSync(join(tmpdir(), 'symbolon-example-'));
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'lib/cli/bin.js'), 'synth', ...argv, '--out', dir], { cwd: ROOT, encoding: 'utf8' });
    const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter(file => file.isFile() && !file.name.startsWith('.'))
      .map(file => join(file.parentPath, file.name)).sort();
    return { code: status, out: `${stdout}${stderr}`.replaceAll(`${dir}/`, ''), files: Object.fromEntries(files.map(file => [relative(dir, file), readFileSync(file, 'utf8')])) };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

test.each([
  ['three-clouds', ['examples/three-clouds/app.ts']],
  ['blue-green', ['examples/blue-green/identities.ts', '--env', 'staging']],
  ['plain-yaml', ['examples/plain-yaml/identities.yaml']],
  ['aws-pod-identity', ['examples/aws-pod-identity/identities.ts', '--env', 'switched']],
])('%s', (_name, argv) => {
  const { code, out, files } = synth(...argv);
  expect(out).not.toMatch(/REFUSED|stranger/i);
  expect(code).toBe(0);
  expect(out).toMatchSnapshot('what it says');
  for (const [name, text] of Object.entries(files)) expect(text).toMatchSnapshot(name);
});

test('three-clouds: the Pulumi program makes the cloud half that the command line renders', async () => {
  const { result, resources } = await withMocks(() => jest.requireActual<{ symbolon: unknown }>('../examples/three-clouds/pulumi'));
  expect(result.symbolon).toHaveLength(3);
  expect(Object.fromEntries(resources.map(({ type, name, inputs }) => [`${type} ${name}`, inputs] as const).sort(([a], [b]) => (a < b ? -1 : 1)))).toMatchSnapshot();
});
