/** Every example is run, as its users would run it, and what comes out is what came out last time. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import * as pulumi from '@pulumi/pulumi';
import { Testing, type App, type Chart } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { withMocks } from './pulumi/support/mocks';
import { auditedFiles } from './support/audited';
import { schemaObjections } from './support/schema';
import { REPORTS, checkout, nightly } from '../examples/jwt/identities';
import { login } from '../examples/vault/login';
import { planWorkloadIdentities, tokenVerifier, type PlanDifference, type TokenVerifier } from 'symbolon';

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

/** What the audit finds in examples. Everything else is to have nothing. */
const AUDITED: { readonly [name: string]: readonly string[] } = {
  // The chart of somebody else has a second workload, to show that it is left alone: it names no account.
  'attach-anywhere': ['audit/default-account Deployment shop/release-cache'],
};

test.each([
  ['three-clouds', ['examples/three-clouds/app.ts']],
  ['blue-green', ['examples/blue-green/identities.ts', '--env', 'staging']],
  ['plain-yaml', ['examples/plain-yaml/identities.yaml']],
  ['ack', ['examples/ack/identities.ts']],
  ['vault', ['examples/vault/identities.ts']],
  ['jwt', ['examples/jwt/identities.ts']],
  ...SCENARIOS.map((name): [string, string[]] => [`scenarios/${name}`, [`examples/scenarios/${name}.ts`]]),
  ['azure-application', ['examples/azure-application/identities.ts', '--facts', 'examples/azure-application/facts.json']],
  ['to-google', ['examples/to-google/identities.ts']],
  ['tokens', ['examples/tokens/app.ts']],
  ['rbac', ['examples/rbac/identities.ts']],
  ['rbac, as a file', ['examples/rbac/identities.yaml']],
  ['attach-anywhere', ['examples/attach-anywhere/app.ts']],
  ['aws-pod-identity', ['examples/aws-pod-identity/identities.ts', '--env', 'switched']],
])('%s', (name, argv) => {
  const { code, out, files } = synth(...argv);
  expect(out).not.toMatch(/REFUSED|stranger/i);
  expect(code).toBe(0);
  expect(out).toMatchSnapshot('what it says');
  expect(auditedFiles(files)).toEqual(AUDITED[name] ?? []);
  for (const [file, text] of Object.entries(files)) {
    expect(text).toMatchSnapshot(file);
    if (file.startsWith('kubernetes/')) expect((loadAll(text) as object[]).flatMap(schemaObjections)).toEqual([]);
  }
});

test('three-clouds: the Pulumi program makes the cloud half that the command line renders', async () => {
  const { result, resources } = await withMocks(() => jest.requireActual<{ symbolon: unknown }>('../examples/three-clouds/pulumi'));
  expect(result.symbolon).toHaveLength(3);
  expect(Object.fromEntries(resources.map(({ type, name, inputs }) => [`${type} ${name}`, inputs] as const).sort(([a], [b]) => (a < b ? -1 : 1)))).toMatchSnapshot();
});

test('vault: the Pulumi program makes the mounts and roles that the command line renders, and shows nobody the token', async () => {
  pulumi.runtime.setAllConfig({ 'project:reviewerToken': 'a-secret' }, ['project:reviewerToken']);
  const { resources } = await withMocks(() => jest.requireActual<object>('../examples/vault/pulumi'));
  expect(Object.fromEntries(resources.map(({ type, name, inputs }) => [`${type} ${name}`, inputs] as const).sort(([a], [b]) => (a < b ? -1 : 1)))).toMatchSnapshot();
});

test('vault: the program logs in as its pod says, with the token of the moment', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-login-'));
  const file = join(folder, 'token');
  const asked: unknown[] = [];
  const server = createServer((request, response) => {
    void textOf(request).then(body => {
      asked.push([request.method, request.url, request.headers['x-vault-namespace'], JSON.parse(body)]);
      const good = body.includes('second');
      response.writeHead(good ? 200 : 403).end(JSON.stringify(good ? { auth: { client_token: 'hvs.x', lease_duration: 900 } } : { errors: ['permission denied'] }));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  try {
    const env = { VAULT_ADDR: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, VAULT_NAMESPACE: 'team', VAULT_AUTH_PATH: 'auth/prod-jwt', VAULT_ROLE: 'reports', VAULT_JWT_FILE: file };
    writeFileSync(file, 'first');
    await expect(login(env)).rejects.toThrow(/refused the login as reports: 403 .*permission denied/);
    writeFileSync(file, 'second');
    expect(await login(env)).toEqual({ token: 'hvs.x', lifetime: 900 });
    expect(asked).toEqual(['first', 'second'].map(jwt => ['POST', '/v1/auth/prod-jwt/login', 'team', { role: 'reports', jwt }]));
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});

test('jwt: the API\'s own cluster gets the document of all callers, and the policies of its mesh', () => {
  const { app } = jest.requireActual<{ app: App }>('../examples/jwt/app');
  expect(Testing.synth(app.node.findChild('reports-callers') as Chart)).toMatchSnapshot();
});

test('fleet: green replaces blue, and each step is what its pull request shows', () => {
  const { joins, retires } = jest.requireActual<{ readonly [step in 'joins' | 'retires']: readonly PlanDifference[] }>('../examples/fleet/changes');
  const shown = (differences: readonly PlanDifference[]): readonly string[] => differences.map(({ change, part, cluster = 'aws', name, fields }) => [change, part, 'in', cluster, name, ...fields.map(field => field.path)].join(' '));
  expect({ 'green joins': shown(joins), 'blue retires': shown(retires) }).toMatchSnapshot();
});

test('jwt: the API server of another cluster gets the same callers, under a name of their cluster', () => {
  expect(jest.requireActual<{ configuration: unknown }>('../examples/jwt/api-server').configuration).toMatchSnapshot();
});

test('jwt: the Pulumi program gives the API the same document, and asks no cloud for anything', async () => {
  const { resources } = await withMocks(() => jest.requireActual<object>('../examples/jwt/pulumi'));
  expect(resources.map(({ type }) => type)).toEqual(['kubernetes:core/v1:ConfigMap']);
  const { callers } = JSON.parse((resources[0]?.inputs.data as { 'verifier.json': string })['verifier.json']) as TokenVerifier;
  const { callers: rendered } = tokenVerifier(planWorkloadIdentities([checkout, nightly]), REPORTS);
  expect(callers).toEqual(rendered);
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
