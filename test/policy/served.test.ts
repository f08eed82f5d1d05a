/** A policy pack as the engine sees it: the real package serves it in a process of its own, and is asked as the engine asks. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { credentials } from '@grpc/grpc-js';
import { UNKNOWN } from './support';
import { ANCHOR, ISSUER, ROLE, SUBJECT, trustPolicy } from '../evidence/support/manifests';

// The messages are those of @pulumi/pulumi, and so is what they are made of: none of it has types.
/* eslint-disable @typescript-eslint/no-require-imports, @typescript-eslint/no-explicit-any, import/no-extraneous-dependencies */
const { AnalyzerClient } = require('@pulumi/pulumi/proto/analyzer_grpc_pb.js') as { AnalyzerClient: new (address: string, how: object) => any };
const proto = require('@pulumi/pulumi/proto/analyzer_pb.js') as any;
const { Struct } = require('google-protobuf/google/protobuf/struct_pb.js') as any;
/* eslint-enable @typescript-eslint/no-require-imports */

const ROOT = join(__dirname, '../..');

/** What a user writes: three lines. */
const PACK = (clusters: string): string => `
const { PolicyPack } = require('@pulumi/policy');
const { symbolonPolicies } = require('../../lib/policy');
new PolicyPack('symbolon', symbolonPolicies({ clusters: ${clusters} }));
`;

let folder: string;
let server: ChildProcess;
let client: any;
const BLUE = JSON.stringify([{ name: 'blue', issuer: ISSUER }]);

beforeAll(async () => {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  folder = mkdtempSync(join(ROOT, '.cache/pack-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'pack', version: '1.0.0' }));
  writeFileSync(join(folder, 'index.js'), PACK(BLUE));
  server = spawn(process.execPath, ['index.js'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<string>((resolve, reject) => {
    server.stdout?.on('data', (data: Buffer) => resolve(data.toString().trim().split('\n')[0] as string));
    server.on('exit', code => reject(new Error(`the pack ended with ${code}`)));
  });
  client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
}, 60_000);

afterAll(() => {
  client?.close();
  server?.kill();
  rmSync(folder, { recursive: true });
});

function analyzed(type: string, name: string, props: object, provider = 'default'): any {
  const pkg = type.split(':')[0] as string;
  const urn = (of: string, called: string): string => `urn:pulumi:prod::shop::${of}::${called}`;
  const made = new proto.AnalyzerResource();
  made.setType(type);
  made.setName(name);
  made.setUrn(urn(type, name));
  made.setProperties(Struct.fromJavaScript(props));
  made.setOptions(new proto.AnalyzerResourceOptions());
  const by = new proto.AnalyzerProviderResource();
  by.setType(`pulumi:providers:${pkg}`);
  by.setName(provider);
  by.setUrn(urn(`pulumi:providers:${pkg}`, provider));
  by.setProperties(Struct.fromJavaScript({}));
  made.setProvider(by);
  return made;
}

interface Diagnostic {
  readonly policy: string;
  readonly urn: string;
  readonly message: string;
  readonly level: number;
}

type Method = 'analyze' | 'analyzeStack';

/** What the engine is told. */
async function asked(method: Method, request: any): Promise<readonly Diagnostic[]> {
  const answer = await new Promise<any>((resolve, reject) => {
    client[method](request, (error: Error | null, response: any) => (error === null ? resolve(response) : reject(error)));
  });
  return answer.getDiagnosticsList().map((each: any): Diagnostic => ({
    policy: each.getPolicyname(),
    urn: each.getUrn(),
    message: each.getMessage(),
    level: each.getEnforcementlevel(),
  }));
}

/** At the end of a preview. */
async function analyzeStack(...resources: any[]): Promise<readonly Diagnostic[]> {
  const request = new proto.AnalyzeStackRequest();
  request.setResourcesList(resources);
  return asked('analyzeStack', request);
}

/** Before a resource is made. */
async function analyze(type: string, name: string, props: object): Promise<readonly Diagnostic[]> {
  const request = new proto.AnalyzeRequest();
  request.setType(type);
  request.setName(name);
  request.setUrn(`urn:pulumi:prod::shop::${type}::${name}`);
  request.setProperties(Struct.fromJavaScript(props));
  request.setOptions(new proto.AnalyzerResourceOptions());
  return asked('analyze', request);
}

const role = (policy = trustPolicy(), arn = ROLE) => analyzed('aws:iam/role:Role', 'role', { name: 'checkout', path: '/', arn, assumeRolePolicy: policy });
const anchor = () => analyzed('aws:iam/openIdConnectProvider:OpenIdConnectProvider', 'anchor', { url: ISSUER, clientIdLists: ['sts.amazonaws.com'], arn: ANCHOR });
const account = (annotation = ROLE) => analyzed('kubernetes:core/v1:ServiceAccount', 'account', {
  apiVersion: 'v1', kind: 'ServiceAccount', automountServiceAccountToken: false, metadata: { name: 'checkout', namespace: 'shop', annotations: { 'eks.amazonaws.com/role-arn': annotation } },
}, 'blue');
const deployment = () => analyzed('kubernetes:apps/v1:Deployment', 'web', {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { template: { metadata: {}, spec: { serviceAccountName: 'checkout', containers: [{ name: 'app', image: 'app:1' }] } } },
}, 'blue');

const [ADVISORY, MANDATORY] = [0, 1];

test('a stack that fits passes', async () => {
  expect(await analyzeStack(anchor(), role(), account(), deployment())).toEqual([]);
});

test('a planted violation stops the update, at the resource', async () => {
  const found = await analyzeStack(anchor(), role(trustPolicy(`${SUBJECT}-api`)), account(), deployment());
  expect(found).toEqual(expect.arrayContaining([
    { policy: 'symbolon-proof', urn: expect.stringMatching(/Deployment::web$/), message: expect.stringContaining('[verify/refused]'), level: MANDATORY },
    { policy: 'symbolon-proof', urn: expect.stringMatching(/Role::role$/), message: expect.stringContaining('[verify/stranger]'), level: MANDATORY },
  ]));
});

test('an open trust is refused before it is made', async () => {
  const policy = trustPolicy('system:serviceaccount:shop:*').replaceAll('StringEquals', 'StringLike');
  expect(await analyze('aws:iam/role:Role', 'role', { name: 'checkout', arn: ROLE, assumeRolePolicy: policy })).toEqual([
    expect.objectContaining({ policy: 'symbolon-over-broad', message: expect.stringContaining('[verify/over-broad]'), level: MANDATORY }),
  ]);
  expect(await analyze('aws:iam/role:Role', 'role', { name: 'checkout', arn: ROLE, assumeRolePolicy: trustPolicy() })).toEqual([]);
});

test('what a preview does not know is advised of, and stops nothing', async () => {
  const found = await analyzeStack(anchor(), role(UNKNOWN, UNKNOWN), account(UNKNOWN), deployment());
  expect(found).not.toEqual([]);
  expect(found.filter(({ level, policy }) => level !== ADVISORY || policy !== 'symbolon-undecided')).toEqual([]);
});
