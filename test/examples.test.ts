/** Every example is run, as its users would run it, and what comes out is what came out last time. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { loadAll } from 'js-yaml';
import { withMocks } from './pulumi/support/mocks';
import { schemaObjections } from './support/schema';

const ROOT = join(__dirname, '..');

/** A file each, but for the cluster that they share. */
const SCENARIOS = readdirSync(join(ROOT, 'examples/scenarios')).map(file => file.replace(/\.ts$/, '')).filter(name => name !== 'cluster').sort();

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
  ...SCENARIOS.map((name): [string, string[]] => [`scenarios/${name}`, [`examples/scenarios/${name}.ts`]]),
  ['azure-application', ['examples/azure-application/identities.ts', '--facts', 'examples/azure-application/facts.json']],
  ['to-google', ['examples/to-google/identities.ts']],
  ['tokens', ['examples/tokens/app.ts']],
  ['rbac', ['examples/rbac/identities.ts']],
  ['rbac, as a file', ['examples/rbac/identities.yaml']],
  ['attach-anywhere', ['examples/attach-anywhere/app.ts']],
  ['aws-pod-identity', ['examples/aws-pod-identity/identities.ts', '--env', 'switched']],
])('%s', (_name, argv) => {
  const { code, out, files } = synth(...argv);
  expect(out).not.toMatch(/REFUSED|stranger/i);
  expect(code).toBe(0);
  expect(out).toMatchSnapshot('what it says');
  for (const [name, text] of Object.entries(files)) {
    expect(text).toMatchSnapshot(name);
    if (name.startsWith('kubernetes/')) expect((loadAll(text) as object[]).flatMap(schemaObjections)).toEqual([]);
  }
});

test('three-clouds: the Pulumi program makes the cloud half that the command line renders', async () => {
  const { result, resources } = await withMocks(() => jest.requireActual<{ symbolon: unknown }>('../examples/three-clouds/pulumi'));
  expect(result.symbolon).toHaveLength(3);
  expect(Object.fromEntries(resources.map(({ type, name, inputs }) => [`${type} ${name}`, inputs] as const).sort(([a], [b]) => (a < b ? -1 : 1)))).toMatchSnapshot();
});

test('self-hosted-issuer: the documents first, and then whoever trusts them', async () => {
  const { result, resources } = await withMocks(() => jest.requireActual<{ kubeadm: unknown }>('../examples/self-hosted-issuer'));
  expect(result.kubeadm).toMatchSnapshot('kubeadm');
  expect(resources.map(({ type, name }) => `${type} ${name}`).sort()).toMatchSnapshot('resources');
});

test('azure-application: the Pulumi program makes the cloud half that the command line renders, but for what Azure and Entra make up', async () => {
  const { result, resources } = await withMocks(() => jest.requireActual<{ symbolon: unknown }>('../examples/azure-application/pulumi'));
  expect(result.symbolon).toHaveLength(2);
  expect(Object.fromEntries(resources.map(({ type, name, inputs }) => [`${type} ${name}`, inputs] as const).sort(([a], [b]) => (a < b ? -1 : 1)))).toMatchSnapshot();
});

test('to-google: the Pulumi program makes the pool before anybody who is in it, and what the command line renders', async () => {
  const { resources } = await withMocks(() => jest.requireActual<object>('../examples/to-google/pulumi'));
  expect(Object.fromEntries(resources.map(({ type, name, inputs }) => [`${type} ${name}`, inputs] as const).sort(([a], [b]) => (a < b ? -1 : 1)))).toMatchSnapshot();
});
