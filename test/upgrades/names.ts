/** Everything of the examples that somebody has deployed under a name: one line each, in which nothing else is. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { MockMonitor } from '@pulumi/pulumi/runtime/mocks';
import { loadAll } from 'js-yaml';
import { checkout } from '../../examples/blue-green/identities';
import { withMocks } from '../pulumi/support/mocks';
import { WorkloadIdentity } from 'symbolon/pulumi';

const ROOT = join(__dirname, '../..');

const SCENARIOS = readdirSync(join(ROOT, 'examples/scenarios')).map(file => file.replace(/\.ts$/, '')).filter(name => name !== 'cluster').sort();

/** The lines of an example, by its name. */
export interface Names {
  readonly [example: string]: readonly string[];
}

export async function namesNow(): Promise<Names> {
  return {
    'three-clouds': synthesised('examples/three-clouds/app.ts'),
    'three-clouds, by Pulumi': await registered(() => jest.requireActual('../../examples/three-clouds/pulumi')),
    'blue-green': synthesised('examples/blue-green/identities.ts', '--env', 'production'),
    'blue-green, both halves by Pulumi': await registered(() => {
      const definition = checkout('production');
      const on = Object.fromEntries(definition.clusters.map(({ name }) => [name, { kubernetes: new kubernetes.Provider(name) }]));
      return new WorkloadIdentity(definition.name, { definition, halves: 'both', on });
    }),
    'ack': synthesised('examples/ack/identities.ts'),
    'vault': synthesised('examples/vault/identities.ts'),
    'vault, by Pulumi': await registered(() => {
      pulumi.runtime.setAllConfig({ 'project:reviewerToken': 'a-secret' }, ['project:reviewerToken']);
      jest.requireActual('../../examples/vault/pulumi');
    }),
    'jwt': synthesised('examples/jwt/identities.ts'),
    'azure-application': synthesised('examples/azure-application/identities.ts', '--facts', 'examples/azure-application/facts.json'),
    'azure-application, by Pulumi': await registered(() => jest.requireActual('../../examples/azure-application/pulumi')),
    'plain-yaml': synthesised('examples/plain-yaml/identities.yaml'),
    ...Object.fromEntries(SCENARIOS.map(name => [`scenarios/${name}`, synthesised(`examples/scenarios/${name}.ts`)])),
    'to-google': synthesised('examples/to-google/identities.ts'),
    'to-google, by Pulumi': await registered(() => jest.requireActual('../../examples/to-google/pulumi')),
    'tokens': synthesised('examples/tokens/app.ts'),
    'rbac': synthesised('examples/rbac/identities.ts'),
    'attach-anywhere': synthesised('examples/attach-anywhere/app.ts'),
    'aws-pod-identity': synthesised('examples/aws-pod-identity/identities.ts', '--env', 'switched'),
    'mechanisms': synthesised('examples/mechanisms/app.ts'),
    'mechanisms, by Pulumi': await registered(() => {
      pulumi.runtime.setAllConfig({ 'project:reviewerToken': 'a-secret' }, ['project:reviewerToken']);
      jest.requireActual('../../examples/mechanisms/pulumi');
    }),
  };
}

function synthesised(...argv: readonly string[]): readonly string[] {
  const out = mkdtempSync(join(tmpdir(), 'symbolon-names-'));
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['lib/cli/bin.js', 'synth', ...argv, '--json', '--out', out], { cwd: ROOT, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${stdout}${stderr}`);
    const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile() && !entry.name.startsWith('.'))
      .map(entry => relative(out, join(entry.parentPath, entry.name)).split(sep).join('/'));
    const read = (file: string): string => readFileSync(join(out, file), 'utf8');
    return sorted([
      ...files.map(file => `file ${file}`),
      ...files.filter(file => file.startsWith('kubernetes/')).flatMap(file => (loadAll(read(file)) as KubernetesObject[]).map(object => lineOfObject(object, file.split('/')[1] as string))),
      ...files.filter(file => file.startsWith('cloud/')).flatMap(file => (JSON.parse(read(file)) as { documents: TrustDocument[] }).documents.map(document => lineOfTrust(document, file.split('/')[1] as string))),
      ...(JSON.parse(stdout) as { verdicts: Verdict[] }).verdicts.map(lineOfEdge),
    ]);
  } finally {
    rmSync(out, { recursive: true });
  }
}

interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly roleRef?: { readonly kind: string; readonly name: string };
}

/** The role of a binding cannot be changed, so that another one is another binding. */
function lineOfObject({ apiVersion, kind, metadata: { name, namespace }, roleRef }: KubernetesObject, cluster: string): string {
  const role = roleRef === undefined ? '' : ` to ${roleRef.kind} ${roleRef.name}`;
  return `object on ${cluster}: ${apiVersion} ${kind} ${namespace === undefined ? name : `${namespace}/${name}`}${role}`;
}

interface TrustDocument {
  readonly kind: string;
  readonly name: string;
  readonly becomes?: string;
}

function lineOfTrust({ kind, name, becomes }: TrustDocument, provider: string): string {
  return `trust in ${provider}: ${kind} ${name}${becomes === undefined || becomes === name ? '' : `, becomes ${becomes}`}`;
}

interface Verdict {
  readonly identity: string;
  readonly binding: string;
  readonly cluster: string;
  readonly subject: { readonly namespace: string; readonly serviceAccount: string };
  readonly claims: { readonly audience: string };
  readonly becomes: string;
}

/** What the plan says of an edge. */
function lineOfEdge({ identity, binding, cluster, subject, claims, becomes }: Verdict): string {
  return `plan: ${identity} by ${binding}, ${subject.namespace}/${subject.serviceAccount} on ${cluster} for ${claims.audience} becomes ${becomes}`;
}

/** URNs without the names of stack and project: a resource that has another one is replaced. */
async function registered(program: () => unknown): Promise<readonly string[]> {
  const lines: string[] = [];
  const { registerResource } = MockMonitor.prototype;
  const listen = jest.spyOn(MockMonitor.prototype, 'registerResource').mockImplementation(function listening(this: MockMonitor, request: Request, reply: unknown) {
    const [parent, type, name] = [request.getParent(), request.getType(), request.getName()];
    lines.push(`urn ${parent === '' ? '' : `${parent.split('::')[2] as string}$`}${type}::${name}`);
    return registerResource.call(this, request, reply as never);
  } as never);
  await withMocks(program);
  listen.mockRestore();
  return sorted(lines.filter(line => !/^urn pulumi:(pulumi:Stack|providers:)/.test(line)));
}

interface Request {
  getParent(): string;
  getType(): string;
  getName(): string;
}

function sorted(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)].sort();
}
