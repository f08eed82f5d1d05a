/** Every manifest that the examples render, by the command line and by cdk8s itself, is what the API server takes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { Cluster } from './support/cluster';
import { Kubelet } from './support/kubelet';
import { hasPods, makeOf, podOf } from './support/workloads';
import type { Answer, Refusal } from '../../kube/client';
import { count } from '../support/report';
import { prove, type KubernetesObject } from 'symbolon';

const ROOT = join(__dirname, '../../..');
const SCENARIOS = readdirSync(join(ROOT, 'examples/scenarios')).filter(file => file !== 'cluster.ts').sort();
/** Programs and commands that render no manifests, tests, what others wrote, and a PrometheusRule, whose kind this server does not know; what gates and guardrails show, other cases ask. */
const OTHERS = ['alerts', 'applications', 'cluster-flags', 'fleet', 'on-call', 'self-hosted-issuer', 'tested-repo', 'verify', 'gates', 'guardrails'];

const cluster = new Cluster();
const kubelet = new Kubelet(cluster);
const { issuer } = cluster.facts;
afterAll(() => cluster.close());

/** What a command leaves in its folder: manifests, and the patches for what is made elsewhere. */
interface Rendered {
  readonly manifests: readonly KubernetesObject[];
  readonly patches: readonly { readonly spec?: object }[];
}

function rendered(command: (folder: string) => readonly string[], env: NodeJS.ProcessEnv = {}): Rendered {
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-conformance-example-'));
  try {
    const { status, stderr } = spawnSync(process.execPath, command(folder), { cwd: ROOT, encoding: 'utf8', env: { ...process.env, CDK8S_OUTDIR: folder, ...env } });
    if (status !== 0) throw new Error(stderr);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.yaml')).sort();
    const documentsIn = (some: readonly string[]): unknown[] => some.flatMap(file => loadAll(readFileSync(join(folder, file), 'utf8')));
    const isPatch = (file: string): boolean => file.startsWith('patches');
    return {
      manifests: documentsIn(files.filter(file => !isPatch(file))) as KubernetesObject[],
      patches: documentsIn(files.filter(isPatch)) as Rendered['patches'],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const synth = (...argv: readonly string[]) => (folder: string): readonly string[] => ['lib/cli/bin.js', 'synth', ...argv, '--out', folder];
const byCdk8s = (app: string) => (): readonly string[] => ['-r', 'ts-node/register/transpile-only', app];
const DEV = { TS_NODE_PROJECT: 'tsconfig.dev.json' };

async function accepted(answer: Promise<Answer<Refusal>>): Promise<void> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${status}: ${body.message}`);
}

/** Each token that the workload's pods ask for is one that the proof knows. What a webhook would add is another suite's. */
async function compareTokens(workload: KubernetesObject, objects: readonly KubernetesObject[]): Promise<void> {
  const { verdicts, tokens } = prove({ clusters: [{ name: 'example', issuer, objects }], trust: [] });
  const name = `${workload.kind} ${workload.metadata.namespace ?? 'default'}/${workload.metadata.name}`;
  const isMine = (each: { readonly workload: string }): boolean => each.workload === name;
  const audiences = [...verdicts.filter(isMine).map(({ claims }) => claims.audience), ...tokens.filter(isMine).map(({ audience }) => audience ?? issuer)];
  const subjects = [...verdicts, ...tokens].filter(isMine).map(({ subject }) => `system:serviceaccount:${cluster.nameOf(subject.namespace)}:${subject.serviceAccount}`);
  const signed = await kubelet.tokensOf(await kubelet.run(podOf(workload, cluster.fresh('example'))));
  for (const { source, claims: { iss, sub, aud, exp = 0, iat = 0 } } of signed) {
    expect(iss).toBe(issuer);
    expect(subjects).toContain(sub);
    expect(audiences).toContain((aud as readonly string[]).join());
    expect(exp - iat).toBe(source.expirationSeconds);
  }
  count('api-server', 'pods made from templates', 1);
  count('api-server', 'pod-bound tokens signed, verified and compared with the proof', signed.length);
}

/** Accounts that others make, the namespace's own among them, are there in a cluster whose controllers run. */
async function makeAccountOf(workload: KubernetesObject, manifests: readonly KubernetesObject[]): Promise<void> {
  const { metadata, spec } = podOf(workload, 'any');
  const { serviceAccountName: name = 'default' } = spec as { readonly serviceAccountName?: string };
  const namespace = metadata.namespace ?? 'default';
  if (manifests.some(({ kind, metadata: made }) => kind === 'ServiceAccount' && made.name === name && made.namespace === namespace)) return;
  await accepted(cluster.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace }, automountServiceAccountToken: false }));
}

test.each<[string, () => Rendered]>([
  ['three-clouds, by the command line', () => rendered(synth('examples/three-clouds/app.ts'))],
  ['three-clouds, by cdk8s', () => rendered(byCdk8s('examples/three-clouds/app.ts'), DEV)],
  ['blue-green, staging', () => rendered(synth('examples/blue-green/identities.ts', '--env', 'staging'))],
  ['blue-green, production', () => rendered(synth('examples/blue-green/identities.ts', '--env', 'production'))],
  ['plain-yaml', () => rendered(synth('examples/plain-yaml/identities.yaml'))],
  ['rbac', () => rendered(synth('examples/rbac/identities.ts'))],
  ['rbac, as a file', () => rendered(synth('examples/rbac/identities.yaml'))],
  ['attach-anywhere, by the command line', () => rendered(synth('examples/attach-anywhere/app.ts'))],
  ['mechanisms, by the command line', () => rendered(synth('examples/mechanisms/app.ts'))],
  ['mechanisms, by cdk8s', () => rendered(byCdk8s('examples/mechanisms/app.ts'), DEV)],
  ['tokens', () => rendered(synth('examples/tokens/app.ts'))],
  ['aws-pod-identity', () => rendered(synth('examples/aws-pod-identity/identities.ts', '--env', 'switched'))],
  ['azure-application', () => rendered(synth('examples/azure-application/identities.ts', '--facts', 'examples/azure-application/facts.json'))],
  ['to-google', () => rendered(synth('examples/to-google/identities.ts'))],
  ['ack', () => rendered(synth('examples/ack/identities.ts'))],
  ['jwt', () => rendered(synth('examples/jwt/identities.ts'))],
  ['vault', () => rendered(synth('examples/vault/identities.ts'))],
  ['start, manifests', () => rendered(synth('examples/start/manifests/shop.ts'))],
  ['start, a stack', () => rendered(synth('examples/start/stack/identities.ts'))],
  ...SCENARIOS.map((name): [string, () => Rendered] => [`scenarios, ${name}`, () => rendered(synth(`examples/scenarios/${name}`))]),
])('the manifests of %s are accepted', async (_name, render) => {
  const { manifests, patches } = render();
  expect(manifests).not.toHaveLength(0);
  // ServiceAccounts first: a Pod whose account is missing is refused.
  for (const manifest of [...manifests].sort((a, b) => Number(b.kind === 'ServiceAccount') - Number(a.kind === 'ServiceAccount'))) await accepted(cluster.apply(manifest));
  count('api-server', 'manifests of examples created', manifests.length);

  for (const workload of manifests.filter(hasPods)) {
    await makeAccountOf(workload, manifests);
    await compareTokens(workload, manifests);
  }

  // A patch of something else than pods is for what this server does not have.
  for (const patch of patches.filter(({ spec }) => spec !== undefined)) {
    const made = makeOf('Deployment', cluster.fresh('elsewhere'));
    await accepted(cluster.apply(made));
    await accepted(cluster.patch(made, { spec: { template: patch } }));
  }
  count('api-server', 'patches of examples merged into a Deployment', patches.length);
});

test('every example is among them', () => {
  const folders = readdirSync(join(ROOT, 'examples'), { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name);
  const here = readFileSync(__filename, 'utf8');
  expect(folders.filter(folder => !OTHERS.includes(folder) && !here.includes(`examples/${folder}/`))).toEqual([]);
});
