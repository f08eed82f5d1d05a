/** What is refused: with a code, all at once, and before anything is registered. */
import * as pulumi from '@pulumi/pulumi';
import { aks, blue, gke, green, late, lateBlue, lateGreen, onAks, onEks } from './support/definitions';
import { withMocks } from './support/mocks';
import { Provider } from './support/resources';
import { isSymbolonError, type MissingFactError, type WorkloadIdentityInput } from 'symbolon';
import { TrustAnchors, WorkloadIdentity, type InvalidArgsError, type WorkloadIdentityArgs } from 'symbolon/pulumi';

/** What the program throws, and what it had made by then. */
async function refusalOf(program: () => unknown): Promise<{ readonly error: unknown; readonly made: number }> {
  let error: unknown;
  const { resources } = await withMocks(() => {
    try {
      program();
    } catch (thrown) {
      error = thrown;
    }
  });
  return { error, made: resources.length };
}

const make = (args: WorkloadIdentityArgs) => () => new WorkloadIdentity('checkout', args);

test('every missing fact, and which argument takes it', async () => {
  const { error, made } = await refusalOf(make({ definition: late }));
  expect(error).toMatchObject({ code: 'ERR_MISSING_FACT' });
  expect((error as MissingFactError).facts.map(fact => fact.at.join('.'))).toEqual(['clusters.prod-blue.issuer', 'clusters.prod-green.issuer']);
  expect((error as Error).message).toContain('the argument for it is on.prod-green.facts.issuer');
  expect(made).toBe(0);
});

test('what only a cloud can answer is missing where that half is made elsewhere', async () => {
  expect((await refusalOf(make({ definition: onAks, halves: 'both' }))).error).toBeUndefined();
  const { error, made } = await refusalOf(make({ definition: onAks, halves: 'kubernetes' }));
  expect(error).toMatchObject({ code: 'ERR_MISSING_FACT', message: expect.stringContaining('the argument for it is trustedBy.azure.facts.clientId') });
  expect(made).toBe(0);
});

test('a fact of a cluster with an identity of its own has an argument of its own', async () => {
  const definition: WorkloadIdentityInput = { ...onEks, clusters: [blue, green], trustedBy: { aws: { managedPolicies: [{ fact: 'policy' }], on: { 'prod-green': { roleName: 'green' } } } } };
  const { error } = await refusalOf(make({ definition, trustedBy: { aws: { facts: { policy: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } } } }));
  expect(error).toMatchObject({ code: 'ERR_MISSING_FACT', message: expect.stringContaining('on.prod-green.trustedBy.aws.facts.policy') });
  const given = { 'prod-green': { trustedBy: { aws: { facts: { policy: pulumi.output('arn:aws:iam::aws:policy/ViewOnlyAccess') } } } } };
  const { resources } = await withMocks(make({ definition, trustedBy: { aws: { facts: { policy: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } } }, on: given }));
  expect(resources.filter(({ type }) => type.includes('Attachment')).map(({ inputs }) => [inputs.role, inputs.policyArn]).sort()).toEqual([
    ['checkout', 'arn:aws:iam::aws:policy/ReadOnlyAccess'], ['green', 'arn:aws:iam::aws:policy/ViewOnlyAccess'],
  ]);
});

test('clusters and bindings that do not exist, all of them, property by property', async () => {
  const { error, made } = await refusalOf(() => {
    const provider = new Provider('aws', 'aws');
    return new WorkloadIdentity('checkout', {
      definition: { ...onEks, clusters: [blue, green] },
      halves: 'both',
      on: { 'prod-bleu': {}, 'prod-blue': { kubernetes: provider, trustedBy: { aws: { provider } } } },
      trustedBy: { asw: { provider } },
    });
  });
  expect(pulumi.InputPropertiesError.isInstance(error)).toBe(true);
  expect(isSymbolonError(error)).toBe(true);
  expect(error).toMatchObject({ code: 'ERR_INPUT' });
  const { errors, issues, message } = error as InvalidArgsError;
  expect((errors ?? []).map(({ propertyPath }) => propertyPath)).toEqual(['on.prod-green.kubernetes', 'trustedBy.asw', 'on.prod-bleu', 'on.prod-blue.trustedBy.aws']);
  expect(issues.map(({ code }) => code)).toEqual(['args/kubernetes', 'args/binding', 'args/cluster', 'args/binding']);
  expect(message).toContain('on.prod-bleu: expected one of the identity\'s clusters: prod-blue, prod-green, got "prod-bleu"');
  expect(made).toBe(0);
});

test.each<[string, () => Partial<WorkloadIdentityArgs>]>([
  ['halves that do not exist', () => ({ halves: 'all' as never })],
  ['a provider of Kubernetes, and no word about halves', () => ({ on: { 'prod-blue': { kubernetes: new Provider('kubernetes', 'blue') } } })],
])('%s', async (_what, args) => {
  expect((await refusalOf(() => new WorkloadIdentity('checkout', { definition: onEks, ...args() }))).error).toMatchObject({ code: 'ERR_INPUT', issues: [{ code: 'args/halves', path: 'halves' }] });
});

test.each<[string, WorkloadIdentityArgs, object]>([
  ['a definition with mistakes in it', { definition: { ...onEks, namespace: 'Shop' } }, { code: 'ERR_INVALID_DEFINITION' }],
  ['an issuer that is none', { definition: late, on: { 'prod-blue': { facts: { issuer: 'http://oidc.example.com' } } } }, { code: 'ERR_INVALID_FACTS', issues: [{ code: 'issuer/format' }] }],
  ['an issuer of another region', { definition: late, on: { 'prod-blue': { facts: { issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE' } } } }, { code: 'ERR_INVALID_FACTS' }],
  ['an issuer other than the definition\'s', { definition: onEks, on: { 'prod-blue': { facts: { issuer: 'https://oidc.example.com' } } } }, { code: 'ERR_INVALID_FACTS', issues: [{ code: 'facts/contradiction' }] }],
  ['a fact that is empty', { definition: late, on: { 'prod-blue': { facts: { issuer: '' } } } }, { code: 'ERR_INVALID_FACTS', issues: [{ code: 'facts/value' }] }],
  ['a fact that breaks a rule of the definition', { definition: { ...onEks, trustedBy: { aws: { managedPolicies: [{ fact: 'policy' }] } } }, trustedBy: { aws: { facts: { policy: 'ReadOnlyAccess' } } } }, { code: 'ERR_INVALID_DEFINITION' }],
])('%s, as text', async (_what, args, expected) => {
  const { error, made } = await refusalOf(make(args));
  expect(error).toMatchObject(expected);
  expect(made).toBe(0);
});

test('two components that would make one role', async () => {
  let second: unknown;
  const { resources } = await withMocks(() => {
    new WorkloadIdentity('checkout', { definition: onEks });
    try {
      new WorkloadIdentity('billing', { definition: { ...onEks, name: 'billing', trustedBy: { aws: { roleName: 'Checkout' } } } });
    } catch (error) {
      second = error;
    }
  });
  expect(second).toMatchObject({ code: 'ERR_INVALID_DEFINITION', issues: [{ code: 'identity/owned-twice', path: 'billing' }] });
  expect((second as Error).message).toContain('["checkout","billing"]');
  expect(resources.filter(({ type }) => type === 'aws:iam/role:Role')).toHaveLength(1);
});

test('the halves of one identity may be made by two components', async () => {
  const { error } = await refusalOf(() => {
    new WorkloadIdentity('cloud', { definition: onEks, halves: 'cloud' });
    new WorkloadIdentity('kubernetes', { definition: onEks, halves: 'kubernetes' });
  });
  expect(error).toBeUndefined();
});

test('another run of the same program owns nothing yet', async () => {
  const program = () => [new WorkloadIdentity('checkout', { definition: onEks }), new TrustAnchors('anchors', { cluster: blue, aws: ['111122223333'] })];
  expect((await refusalOf(program)).error).toBeUndefined();
  expect((await refusalOf(() => {
    new WorkloadIdentity('other-name', { definition: onEks });
    new TrustAnchors('other-anchors', { cluster: blue, aws: ['111122223333'] });
  })).error).toBeUndefined();
});

test('a cluster that the identity does not run on', async () => {
  const { error } = await refusalOf(() => make({ definition: onEks })().on('prod-green'));
  expect(error).toMatchObject({ code: 'ERR_INVALID_DEFINITION', issues: [{ code: 'identity/unknown-cluster', message: expect.stringContaining('prod-blue') }] });
});

test('a handle that nobody knows is an error where it is read, and nowhere else', async () => {
  const existing: WorkloadIdentityInput = { ...onAks, clusters: [aks], trustedBy: { azure: { existing: true, resourceGroup: 'identities' } } };
  const { result: identity, resources } = await withMocks(make({ definition: existing }));
  expect(resources.map(({ type }) => type)).toEqual(['azure-native:managedidentity:FederatedIdentityCredential']);
  expect(() => identity.on('prod-aks').handles.azure).toThrow(expect.objectContaining({ code: 'ERR_MISSING_FACT' }));
  expect(() => identity.on('prod-aks').serviceAccount()).toThrow(expect.objectContaining({ code: 'ERR_MISSING_FACT' }));
});

test.each<[string, () => unknown, object]>([
  ['without an issuer', () => new TrustAnchors('a', { cluster: lateBlue, aws: ['111122223333'] }), { code: 'ERR_MISSING_FACT', message: expect.stringContaining('the argument for it is facts.issuer') }],
  ['with another issuer than the cluster\'s', () => new TrustAnchors('a', { cluster: blue, aws: ['111122223333'], facts: { issuer: 'https://oidc.example.com' } }), { code: 'ERR_INVALID_FACTS' }],
  ['with an issuer that is none', () => new TrustAnchors('a', { cluster: lateGreen, aws: ['111122223333'], facts: { issuer: 'oidc.example.com' } }), { code: 'ERR_INVALID_FACTS' }],
  ['twice in one account', () => new TrustAnchors('a', { cluster: blue, aws: ['111122223333', { account: '111122223333' }] }), { code: 'ERR_INPUT', issues: [{ code: 'args/account', path: 'aws[1]' }] }],
  ['of a provider that has none', () => new TrustAnchors('a', { cluster: aks, azure: ['shop-prod'] }), { code: 'ERR_INPUT', issues: [{ code: 'args/no-anchor', path: 'azure' }] }],
  ['of a cluster of GKE, whose project has a pool already', () => new TrustAnchors('a', { cluster: gke, gcp: ['123456789012'] }), { code: 'ERR_INPUT', issues: [{ code: 'args/no-anchor', path: 'gcp[0]' }] }],
  ['whose provider is made elsewhere', () => new TrustAnchors('a', { cluster: { ...blue, gcpPool: { existing: 'provider' } }, gcp: ['123456789012'] }), { code: 'ERR_INPUT', issues: [{ code: 'args/no-anchor', path: 'gcp[0]' }] }],
  ['in a project that is named by its id', () => new TrustAnchors('a', { cluster: blue, gcp: ['shop-prod'] }), { code: 'ERR_INPUT', issues: [{ code: 'args/account', path: 'gcp[0]' }] }],
  ['in another project than bindings look in', () => new TrustAnchors('a', { cluster: { ...blue, gcpPool: { projectNumber: '123456789012' } }, gcp: [{ account: '210987654321' }] }), { code: 'ERR_INPUT', issues: [{ code: 'args/account', path: 'gcp[0]' }] }],
  ['of two clusters that both make one pool', () => [blue, green].map(cluster => new TrustAnchors(cluster.name, { cluster: { ...cluster, gcpPool: { poolId: 'shop' } }, gcp: ['123456789012'] })), { code: 'ERR_INVALID_DEFINITION', issues: [{ code: 'identity/owned-twice', message: expect.stringContaining('workloadIdentityPools/shop') }] }],
  ['of a cluster with mistakes in it', () => new TrustAnchors('a', { cluster: { name: 'Prod' }, aws: ['111122223333'] }), { code: 'ERR_INVALID_DEFINITION' }],
  ['that another component makes', () => [new TrustAnchors('a', { cluster: blue, aws: ['111122223333'] }), new TrustAnchors('b', { cluster: blue, aws: ['111122223333'] })], { code: 'ERR_INVALID_DEFINITION', issues: [{ code: 'identity/owned-twice' }] }],
])('trust anchors %s', async (_what, program, expected) => {
  expect((await refusalOf(program)).error).toMatchObject(expected);
});
