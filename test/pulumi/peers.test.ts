/** Packages that are not installed, and types that must not need them. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { asApplication, onAck, onAks, onEks, onGke, onVault } from './support/definitions';
import { peerDependencies } from '../../package.json';
import { isSymbolonError, type WorkloadIdentityInput } from 'symbolon';

const uninstalled: string[] = [];

beforeEach(() => {
  uninstalled.splice(0).forEach(module => jest.dontMock(module));
  jest.resetModules();
});

/** For the rest of the test the module fails as one that is not there. */
function uninstall(module: string): void {
  uninstalled.push(module);
  jest.doMock(module, () => {
    throw Object.assign(new Error(`Cannot find module '${module}'`), { code: 'MODULE_NOT_FOUND' });
  });
}

test.each<[keyof typeof peerDependencies, string, WorkloadIdentityInput, string]>([
  ['@pulumi/aws', '/iam', onEks, 'an AWS binding'],
  ['@pulumi/azure-native', '/authorization', onAks, 'an Azure binding'],
  ['@pulumi/azuread', '/applicationFederatedIdentityCredential', asApplication, 'an Entra application'],
  ['@pulumi/gcp', '/pubsub/topicIAMMember', onGke, 'a Google Cloud binding'],
  ['@pulumi/alicloud', '/ram/rolePolicyAttachment', onAck, 'an Alibaba Cloud binding'],
  ['@pulumi/vault', '/kubernetes/authBackendRole', onVault, 'a Vault binding'],
  ['@pulumi/kubernetes', '/rbac/v1/roleBinding', onEks, 'the Kubernetes half'],
])('without %s there is an error that says what to install, and nothing is registered', async (peer, module, definition, why) => {
  uninstall(`${peer}${module}`);
  const { WorkloadIdentity } = await import('symbolon/pulumi');
  const { withMocks } = await import('./support/mocks');
  const { resources } = await withMocks(() => {
    const range = `${peer}@${peerDependencies[peer]}`;
    expect(() => new WorkloadIdentity('checkout', { definition, halves: 'both' })).toThrow(expect.objectContaining({
      code: 'ERR_MISSING_PEER', peer: range, message: expect.stringMatching(new RegExp(`^${why} .* run: npm install "`)),
    }));
  });
  expect(resources).toEqual([]);
});

test('a cloud that no definition uses may be missing', async () => {
  for (const module of ['@pulumi/azure-native/managedidentity', '@pulumi/gcp/serviceaccount', '@pulumi/kubernetes/core/v1/serviceAccount']) uninstall(module);
  const { WorkloadIdentity } = await import('symbolon/pulumi');
  const { withMocks } = await import('./support/mocks');
  const { resources } = await withMocks(() => new WorkloadIdentity('checkout', { definition: onEks }));
  expect(resources).toHaveLength(2);
});

test('without @pulumi/pulumi the door says so itself', async () => {
  uninstall('@pulumi/pulumi');
  const error: unknown = await import('symbolon/pulumi').catch((thrown: unknown) => thrown);
  expect(isSymbolonError(error)).toBe(true);
  expect(error).toMatchObject({ code: 'ERR_MISSING_PEER', peer: `@pulumi/pulumi@${peerDependencies['@pulumi/pulumi']}` });
});

test('the published types name no SDK of a cloud, so that a program type-checks without them', () => {
  const lib = path.resolve(__dirname, '../../lib');
  const declarations = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.d.ts'));
  expect(declarations).toContain(path.join('pulumi', 'workload-identity.d.ts'));
  const naming = declarations.filter(file => /(?:from|import\(|require\()\s*['"]@pulumi\/(?!pulumi['"])/.test(readFileSync(path.join(lib, file), 'utf8')));
  expect(naming).toEqual([]);
});
