/** Vault in a stack: mounts, roles, and the one secret, which stands nowhere but in its resource. */
import * as pulumi from '@pulumi/pulumi';
import { ISSUERS, blue, knownToVault, onVault } from './support/definitions';
import { UNKNOWN, runProgram, type Registration, type RunResult } from './support/engine';
import { canonical, expectedOf, expectedOfPlan } from './support/expected';
import { withMocks } from './support/mocks';
import { mapDeferred, type Deferred } from '../../src/core/deferred';
import { prepareAnchors } from '../../src/pulumi/prepare-anchors';
import { defineWorkloadIdentity, planWorkloadIdentities } from 'symbolon';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

jest.setTimeout(60_000);

const one = ({ resources }: RunResult, type: RegExp): Registration => {
  const [found, ...more] = resources.filter(resource => type.test(resource.type));
  expect(more.map(each => each.urn)).toEqual([]);
  return found as Registration;
};
const SECRET = 'a-token-that-nobody-may-read';
const plan = planWorkloadIdentities(defineWorkloadIdentity(onVault));

test('both halves and the mounts are those of the plan', async () => {
  const { resources } = await withMocks(() => [
    new WorkloadIdentity('checkout', { definition: onVault, halves: 'both' }),
    new TrustAnchors('prod-blue', {
      cluster: knownToVault,
      vault: [{ account: 'https://vault.example.com/v1/auth/kubernetes', secrets: { reviewerToken: pulumi.secret(SECRET) } }, { account: 'https://vault.example.com/v1/org/team/auth/jwt', realm: 'jwt' }],
    }),
  ]);
  expect(plan.trust.filter(({ cluster }) => cluster !== undefined).map(({ name }) => name)).toEqual([
    'vault.example.com/auth/kubernetes', 'vault.example.com/auth/kubernetes/config', 'vault.example.com/org/team/auth/jwt',
  ]);
  const withToken = resources.map(({ inputs: { tokenReviewerJwt: _token, ...inputs }, type }) => ({ type, inputs }));
  expect(withToken.map(canonical).sort()).toEqual(expectedOfPlan(plan).map(canonical).sort());
  expect(plan.trust.map(expectedOf).map(({ inputs }) => inputs.namespace)).toEqual([undefined, undefined, 'org/team', undefined, 'org/team']);
});

test('a mount for a cluster with another algorithm than RS256 is told so by Pulumi, too', async () => {
  const cluster = { ...knownToVault, signingAlgorithms: ['ES256'] as const };
  const { resources } = await withMocks(() => new TrustAnchors('prod-blue', { cluster, vault: [{ account: 'https://vault.example.com/v1/auth/jwt', realm: 'jwt' }] }));
  expect(resources.map(({ inputs }) => inputs.jwtSupportedAlgs)).toEqual([['ES256']]);
});

test('the reviewer\'s token is a secret of its one resource, and is in nothing else that is written or shown', async () => {
  for (const preview of [true, false]) {
    const result = await runProgram('vault', { preview, answer: ({ type }) => (type === 'test:index:Cluster' && !preview ? { issuer: ISSUERS.blue } : {}) });
    expect(result).toMatchObject({ code: 0, log: '' });
    expect(one(result, /authBackendConfig/).inputs.tokenReviewerJwt).toBe('[secret]');
    expect(JSON.stringify(result)).not.toContain(SECRET);
  }
});

test('a token that is given as text is a secret all the same, from the start, and stands in no document', async () => {
  const { documents, sources } = prepareAnchors('prod-blue', { cluster: knownToVault, vault: [{ account: 'https://vault.example.com/v1/auth/kubernetes', secrets: { reviewerToken: SECRET } }] });
  const requests = documents.map(({ document }) => document.request as { readonly token_reviewer_jwt?: Deferred<string> });
  expect(JSON.stringify(mapDeferred(requests, leaf => leaf.needs))).not.toContain(SECRET);
  const [leaf] = requests.flatMap(({ token_reviewer_jwt: token }) => token ?? []);
  expect(await pulumi.isSecret(sources.settle(leaf) as pulumi.Output<string>)).toBe(true);
});

test('an issuer that the stack makes is all that a preview does not know', async () => {
  const preview = await runProgram('vault', { preview: true });
  expect(one(preview, /jwt\/authBackendRole/).inputs).toMatchObject({ boundSubject: 'system:serviceaccount:shop:checkout', boundClaims: { iss: UNKNOWN }, namespace: 'org/team' });
  expect(one(preview, /jwt\/authBackend:/).inputs).toMatchObject({ path: 'jwt', oidcDiscoveryUrl: UNKNOWN, boundIssuer: UNKNOWN });
  for (const type of [/kubernetes\/authBackendRole/, /index\/authBackend:/]) expect(JSON.stringify(one(preview, type).inputs)).not.toContain(UNKNOWN);
  expect(preview.outputs.handles).toEqual({ vault: 'vault.example.com/auth/kubernetes/role/checkout', signed: 'vault.example.com/org/team/auth/jwt/role/checkout' });
});

test('a mount that is replaced takes its configuration with it', async () => {
  const result = await runProgram('vault', { answer: ({ type }) => (type === 'test:index:Cluster' ? { issuer: ISSUERS.blue } : {}) });
  expect(one(result, /authBackendConfig/).propertyDependencies.backend).toEqual([one(result, /index\/authBackend:/).urn]);
});

test('a role for Vault\'s reviews beside one of the identity\'s own are two resources', async () => {
  const cluster = { ...blue, vault: { host: 'https://prod-blue.example.com', reviewer: 'client' as const } };
  const definition = { ...onVault, clusters: [cluster], trustedBy: { vault: { address: 'https://vault.example.com', audience: 'https://kubernetes.default.svc' } }, rbac: [{ verbs: ['get'], resources: ['nodes'], clusterWide: true }] };
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  const { resources } = await withMocks(() => new WorkloadIdentity('checkout', { definition, halves: 'both' }));
  warn.mockRestore();
  const names = resources.filter(({ type }) => type.endsWith(':ClusterRoleBinding')).map(({ name }) => name);
  expect(names).toEqual(['checkout/prod-blue/ClusterRoleBinding/shop/checkout/TokenReview', 'checkout/prod-blue/ClusterRoleBinding/shop/checkout']);
});

const account = 'https://vault.example.com/v1/auth/kubernetes';
test.each<[string, object, object, string]>([
  ['no token for the reviewer', knownToVault, { account }, 'vault/reviewer vault[0].secrets.reviewerToken'],
  ['a token that nobody uses', { ...knownToVault, vault: { host: 'https://a.example.com', reviewer: 'client' } }, { account, secrets: { reviewerToken: SECRET } }, 'vault/secrets vault[0].secrets.reviewerToken'],
  ['a secret of another name', { ...knownToVault, vault: { keys: 'discovery' } }, { account, realm: 'jwt', secrets: { token: SECRET } }, 'vault/secrets vault[0].secrets.token'],
  ['an address without a mount', knownToVault, { account: 'https://vault.example.com', secrets: { reviewerToken: SECRET } }, 'vault/mount-url vault[0].account'],
  ['another method', knownToVault, { account, realm: 'oidc' }, 'vault/realm vault[0].realm'],
  ['a cluster that says nothing of Vault', blue, { account, secrets: { reviewerToken: SECRET } }, 'vault/unconfigured cluster.vault.host'],
])('%s is refused, with no secret in the message', (_what, cluster, vault, finding) => {
  let thrown: unknown;
  try {
    new TrustAnchors('prod-blue', { cluster: cluster as typeof blue, vault: [vault as { account: string }] });
  } catch (error) {
    thrown = error;
  }
  expect((thrown as { issues: { code: string; path: string }[] }).issues.map(({ code, path }) => `${code} ${path}`)).toEqual([finding]);
  expect(String(thrown)).not.toContain(SECRET);
});
