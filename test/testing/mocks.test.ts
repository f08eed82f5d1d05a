import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as aws from '@pulumi/aws';
import * as azure from '@pulumi/azure-native';
import * as azuread from '@pulumi/azuread';
import * as gcp from '@pulumi/gcp';
import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { valueOf } from '../pulumi/support/mocks';
import { BINDINGS, aks, blue, checkoutWith, green } from '../support/definitions';
import { defineWorkloadIdentity, readFacts } from 'symbolon';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';
import { halvesOf, symbolonMatchers, symbolonMocks, workloadIn, type MocksOptions, type SymbolonMocks } from 'symbolon/testing';

expect.extend(symbolonMatchers);
beforeAll(() => void jest.spyOn(console, 'warn').mockReturnValue());
afterAll(() => jest.restoreAllMocks());

async function run<T>(program: () => T, options: MocksOptions = {}): Promise<{ readonly mocks: SymbolonMocks; readonly result: T }> {
  const mocks = symbolonMocks(options);
  await pulumi.runtime.setMocks(mocks);
  const result = program();
  await pulumi.runtime.disconnect();
  return { mocks, result };
}

test('the example of the documentation: a program, its anchors, and the manifests of the definition', async () => {
  const checkout = defineWorkloadIdentity(checkoutWith({}));
  const { mocks } = await run(() => {
    new TrustAnchors('blue', { cluster: blue, aws: ['111122223333'] });
    new WorkloadIdentity('checkout', { definition: checkout, halves: 'cloud' });
  }, { aws: { accountId: '111122223333' } });
  const artifacts = mocks.artifacts({ clusters: halvesOf(checkout).clusters });
  expect(artifacts).toFit();
  expect(artifacts).toLetInNobodyElse();
  expect(workloadIn(artifacts, 'Pod shop/checkout-specimen')).toBecome('arn:aws:iam::111122223333:role/checkout');
  // Without the account nobody knows whose role it is, and the pod asks for another.
  const { mocks: elsewhere } = await run(() => new WorkloadIdentity('checkout', { definition: checkout, halves: 'cloud' }));
  expect(() => expect(elsewhere.artifacts({ clusters: halvesOf(checkout).clusters })).toFit()).toThrow(/role\/checkout/);
});

test('what Azure makes up goes into the pods by the facts of the stack, and is let in there', async () => {
  const { clientId: _clientId, ...binding } = BINDINGS.azure;
  const late = defineWorkloadIdentity(checkoutWith({ clusters: [aks], trustedBy: { azure: binding } }));
  const { mocks, result } = await run(() => new WorkloadIdentity('checkout', { definition: late, halves: 'cloud' }), { azure: { subscriptionId: binding.subscriptionId } });
  const facts = readFacts({ symbolon: await valueOf(result.facts) });
  const artifacts = mocks.artifacts({ clusters: halvesOf(late, { facts }).clusters });
  const client = String(mocks.resources.find(({ type }) => type.endsWith(':UserAssignedIdentity'))?.outputs.clientId);
  expect(client).toMatch(/^[0-9a-f-]{36}$/);
  expect(workloadIn(artifacts, 'Pod shop/checkout-specimen')).toBecome(client);
  expect(artifacts).toFit();
});

test('a program of one\'s own, without a line of Symbolon: a role whose trust has a slip is found', async () => {
  const program = (subject: string) => () => {
    const url = 'https://oidc.edge.example.com';
    const provider = new aws.iam.OpenIdConnectProvider('edge', { url, clientIdLists: ['sts.amazonaws.com'] });
    const role = new aws.iam.Role('web', {
      assumeRolePolicy: provider.arn.apply(arn => JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Federated: arn }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { 'oidc.edge.example.com:sub': subject, 'oidc.edge.example.com:aud': 'sts.amazonaws.com' } } }],
      })),
    });
    const cluster = new kubernetes.Provider('edge', { kubeconfig: '{}' });
    new kubernetes.core.v1.ServiceAccount('web', { metadata: { name: 'web', namespace: 'shop', annotations: { 'eks.amazonaws.com/role-arn': role.arn } } }, { provider: cluster });
    new kubernetes.apps.v1.Deployment('web', { metadata: { name: 'web', namespace: 'shop' }, spec: { selector: {}, template: { metadata: {}, spec: { serviceAccountName: 'web', containers: [{ name: 'app', image: 'web:1' }] } } } }, { provider: cluster });
  };
  const clusters = [{ name: 'edge', issuer: 'https://oidc.edge.example.com', kubernetesProvider: 'edge' }];
  const { mocks: right } = await run(program('system:serviceaccount:shop:web'));
  expect(right.artifacts({ clusters })).toFit();
  expect(workloadIn(right.artifacts({ clusters }), 'Deployment shop/web')).toBecome('arn:aws:iam::123456789012:role/web');
  const { mocks: wrong } = await run(program('system:serviceaccount:shop:wed'));
  expect(() => expect(wrong.artifacts({ clusters })).toFit()).toThrow(/the trust wants the subject "system:serviceaccount:shop:wed"/);
});

test('ids and outputs are of the form that each cloud gives', async () => {
  const { result } = await run(() => {
    const identity = new azure.managedidentity.UserAssignedIdentity('it', { resourceGroupName: 'shop', resourceName: 'checkout' });
    const application = new azuread.Application('it', { displayName: 'checkout' });
    const account = new gcp.serviceaccount.Account('it', { accountId: 'checkout', project: 'shop-prod' });
    const pool = new gcp.iam.WorkloadIdentityPool('it', { workloadIdentityPoolId: 'blue', project: 'shop-prod' });
    const role = new aws.iam.Role('it', { assumeRolePolicy: '{}', path: '/team/' });
    const [inAzure, inGoogle] = [[identity.id, identity.principalId, application.id, application.clientId], [account.email, account.uniqueId, pool.name]];
    return pulumi.all([...inAzure, ...inGoogle, role.arn, role.uniqueId]);
  }, { gcp: { projectNumber: '555555555555' } });
  const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/) as string;
  expect(await valueOf(result)).toEqual([
    '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/checkout', uuid,
    expect.stringMatching(/^\/applications\/[0-9a-f-]{36}$/), uuid,
    'checkout@shop-prod.iam.gserviceaccount.com', expect.stringMatching(/^\d{20,21}$/),
    'projects/555555555555/locations/global/workloadIdentityPools/blue',
    'arn:aws:iam::123456789012:role/team/it', expect.stringMatching(/^AROA[0-9A-F]{17}$/),
  ]);
});

test('a provider of the program may be of another account, resources of its own answer as the test says, and what is read keeps its id', async () => {
  class Cluster extends pulumi.CustomResource {
    declare readonly issuer: pulumi.Output<string>;
    constructor(name: string) {
      super('test:index:Cluster', name, { issuer: undefined });
    }
  }
  const { result, mocks } = await run(() => {
    const other = new aws.Provider('other', { region: 'us-west-2' });
    const there = new aws.iam.Role('there', { assumeRolePolicy: '{}' }, { provider: other });
    return pulumi.all([there.arn, new Cluster('blue').issuer, aws.iam.Role.get('known', 'ops').id, aws.getCallerIdentityOutput({}).accountId]);
  }, {
    providers: { other: { accountId: '222222222222' } },
    answer: ({ type, name }) => (type === 'test:index:Cluster' ? { issuer: `https://${name}.example.com` } : undefined),
    call: ({ token }) => (token === 'aws:index/getCallerIdentity:getCallerIdentity' ? { accountId: '333333333333' } : {}),
  });
  expect(await valueOf(result)).toEqual(['arn:aws:iam::222222222222:role/there', 'https://blue.example.com', 'ops', '333333333333']);
  expect(mocks.artifacts({ clusters: [] }).trust.map(({ name }) => name)).toContain('arn:aws:iam::222222222222:role/there');
});

test('objects go to the cluster of their provider, and where that cannot be told, it is a finding', async () => {
  const { mocks } = await run(() => {
    for (const name of ['blue', 'green']) {
      const provider = new kubernetes.Provider(name, { kubeconfig: '{}' });
      new kubernetes.core.v1.ServiceAccount(name, { metadata: { namespace: 'shop' } }, { provider });
    }
  });
  const { clusters } = mocks.artifacts({ clusters: [{ name: 'a', kubernetesProvider: 'green' }, { name: 'b', kubernetesProvider: 'blue', objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }] }] });
  expect(clusters.map(({ name, objects }) => [name, objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)])).toEqual([['a', ['ServiceAccount green']], ['b', ['Namespace shop', 'ServiceAccount blue']]]);
  expect(mocks.artifacts({ clusters: [{ name: 'all' }] }).clusters[0]?.objects).toHaveLength(2);
  expect(() => mocks.artifacts({ clusters: [{ name: 'a', kubernetesProvider: 'gren' }] })).toThrow(/the Kubernetes resource "green" of the provider "green", got \["gren"\]; did you mean gren\? \[testing\/cluster\]/);
  expect(() => mocks.artifacts({ clusters: [blue, green] })).toThrow(/structure\/unknown-key/);
  expect(() => mocks.artifacts({ clusters: [{ name: 'a' }, { name: 'b' }] })).toThrow(/2 errors[^]*say the kubernetesProvider of every cluster/);
});

test('options that are none are findings, all at once', () => {
  expect(() => symbolonMocks({ aws: { acountId: '1' }, gcp: { projectId: '' }, azur: {}, providers: { other: { accountId: 1 } }, existing: { x: 1 }, answer: 'x' } as never))
    .toThrow(/6 errors[^]*did you mean accountId\?[^]*options\.gcp\.projectId[^]*/);
});

test('the door loads no package of Pulumi', () => {
  const { stdout } = spawnSync(process.execPath, ['-e', 'require("./lib/testing").symbolonMocks(); console.log(Object.keys(require.cache).filter(file => file.includes("node_modules")).length)'], { cwd: join(__dirname, '../..'), encoding: 'utf8' });
  expect(stdout.trim()).toBe('0');
});
