import { aks, blue, boundTo, checkoutWith, gke, SENTENCE } from '../support/definitions';
import { InvalidFactsError, defineWorkloadIdentity, planWorkloadIdentities, readFacts, type Facts, type Issue, type WorkloadIdentityDefinition } from 'symbolon';

function issuesOf(work: () => unknown): readonly Issue[] {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidFactsError);
    for (const { message } of (error as InvalidFactsError).issues) expect(message).toMatch(SENTENCE);
    return (error as InvalidFactsError).issues;
  }
  return [];
}
const read = (json: unknown) => issuesOf(() => readFacts(json)).map(({ code, path }) => `${code} ${path}`);

const FACTS: Facts = {
  clusters: { blue: { issuer: 'https://oidc.example.com/blue' } },
  identities: { checkout: { azure: { clientId: 'c', on: { green: { clientId: 'd' } } } } },
};

describe('facts are read from', () => {
  test.each<[string, unknown]>([
    ['a file of facts', FACTS],
    ['a file that says its version', { version: 1, ...FACTS }],
    ['a stack\'s outputs, as Pulumi prints them', { symbolon: FACTS, password: '[secret]', bucket: 'orders', list: [1, null] }],
    ['the outputs of several identities', { symbolon: [{ clusters: FACTS.clusters }, { identities: FACTS.identities }, FACTS] }],
  ])('%s', (_what, json) => {
    expect(readFacts(JSON.parse(JSON.stringify(json)))).toEqual(FACTS);
  });

  test('no identity at all', () => {
    expect([readFacts({}), readFacts({ symbolon: [] }), readFacts({ clusters: {} })]).toEqual([{}, {}, { clusters: {} }]);
  });
});

test('facts cannot be changed after they were read, and nothing that was read is changed', () => {
  const json = { symbolon: [{ clusters: { blue: { issuer: 'https://a.example.com' } } }, { clusters: { blue: { projectNumber: '1' } } }] };
  const before = JSON.stringify(json);
  const facts = readFacts(json);
  expect(Object.isFrozen(facts.clusters?.blue)).toBe(true);
  expect(JSON.stringify(json)).toBe(before);
});

test.each<[string, unknown, string]>([
  ['a value that Pulumi hides', { symbolon: { identities: { checkout: { azure: { clientId: '[secret]' } } } } }, 'facts/secret identities.checkout.azure.clientId'],
  ['what a preview has for a value that is not known yet', { identities: { checkout: { azure: { clientId: '04da6b54-80e4-46f7-96ec-b56ff0331ba9' } } } }, 'facts/unknown identities.checkout.azure.clientId'],
  ['all of the output, hidden because one value in it is secret', { symbolon: '[secret]', bucket: 'x' }, 'facts/secret symbolon'],
  ['one of several outputs, hidden', { symbolon: [FACTS, '[secret]'] }, 'facts/secret symbolon[1]'],
  ['half of it, hidden', { clusters: '[secret]' }, 'facts/secret clusters'],
  ['a number', { clusters: { blue: { projectNumber: 1234 } } }, 'facts/value clusters.blue.projectNumber'],
  ['nothing', { clusters: { blue: { issuer: null } } }, 'facts/value clusters.blue.issuer'],
  ['empty text', { clusters: { blue: { issuer: '' } } }, 'facts/value clusters.blue.issuer'],
  ['a list of values', { identities: { checkout: { aws: { policy: ['a', 'b'] } } } }, 'facts/value identities.checkout.aws.policy'],
  ['a value where a map should be', { clusters: { blue: 'https://oidc.example.com' } }, 'facts/shape clusters.blue'],
  ['a value without a binding', { identities: { checkout: { clientId: 'x' } } }, 'facts/shape identities.checkout.clientId'],
  ['a cluster of a binding without names', { identities: { checkout: { azure: { on: { green: 'x' } } } } }, 'facts/shape identities.checkout.azure.on.green'],
  ['two values for one fact', { symbolon: [{ clusters: { blue: { issuer: 'https://a' } } }, { clusters: { blue: { issuer: 'https://a/' } } }] }, 'facts/two-values symbolon[1].clusters.blue.issuer'],
  ['another version', { version: 2, ...FACTS }, 'facts/version version'],
  ['a version that is text, in one of several outputs', { symbolon: [FACTS, { version: '1' }] }, 'facts/version symbolon[1].version'],
  ['outputs without one that is ours', { bucket: 'orders' }, 'facts/shape facts'],
  ['text', 'facts.json', 'facts/shape facts'],
  ['no output', { symbolon: null }, 'facts/shape facts'],
  ['a key that is no data', JSON.parse('{"clusters":{"__proto__":{"issuer":"x"}}}'), 'data/key clusters.__proto__'],
  ['a key that is no data, in a list', { symbolon: [FACTS, { identities: { constructor: { x: 'y' } } }] }, 'data/key symbolon[1].identities.constructor'],
])('%s is an error that says where', (_what, json, found) => {
  expect(read(json)).toEqual([found]);
});

test('reading facts changes nothing but the facts', () => {
  for (const key of ['__proto__', 'constructor', 'prototype']) {
    expect(() => readFacts(JSON.parse(`{"clusters":{${JSON.stringify(key)}:{"polluted":"x"}},"identities":{${JSON.stringify(key)}:{"a":{"polluted":"x"}}}}`))).toThrow();
  }
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect((Object as { polluted?: unknown }).polluted).toBeUndefined();
  // A name that is a method's elsewhere is a name like any other here.
  expect(readFacts({ identities: { checkout: { valueOf: { clientId: 'x' } } } })).toEqual({ identities: { checkout: { valueOf: { clientId: 'x' } } } });
});

test('everything that is wrong is said at once', () => {
  expect(read({ clusters: { blue: { issuer: '', projectNumber: 1 } }, identities: { a: { b: { c: '[secret]' } } } })).toHaveLength(3);
});

describe('facts against the definition', () => {
  const azure = defineWorkloadIdentity(boundTo('azure', aks, { on: { aks: { expirationSeconds: 7200, clientId: '00000000-0000-4000-8000-000000000005' } } }));
  const found = (facts: Facts, definition = azure) => issuesOf(() => planWorkloadIdentities(definition, facts)).map(({ code, path }) => `${code} ${path}`);
  const identity = (binding: object): Facts => ({ identities: { checkout: { azure: binding } } } as Facts);

  test('that say the same are no contradiction', () => {
    expect(found({ clusters: { aks: { issuer: aks.issuer as string, tenantId: aks.aks?.tenantId as string } }, ...identity({ clientId: '00000000-0000-4000-8000-000000000004', other: 'x' }) })).toEqual([]);
  });

  test.each<[string, Facts, string]>([
    ['another issuer', { clusters: { aks: { issuer: 'https://oidc.example.com/' } } }, 'facts/contradiction clusters.aks.issuer'],
    ['another value of the platform\'s block', { clusters: { aks: { tenantId: 'x' } } }, 'facts/contradiction clusters.aks.tenantId'],
    ['another client id', identity({ clientId: 'x' }), 'facts/contradiction identities.checkout.azure.clientId'],
    ['another client id on one cluster', identity({ on: { aks: { clientId: 'x' } } }), 'facts/contradiction identities.checkout.azure.on.aks.clientId'],
    ['a binding that there is not', { identities: { checkout: { azur: { clientId: 'x' } } } }, 'facts/unknown-binding identities.checkout.azur'],
    ['a binding with the name of a method', { identities: { checkout: { toString: { clientId: 'x' } } } }, 'facts/unknown-binding identities.checkout.toString'],
  ])('that say %s are refused', (_what, facts, path) => {
    expect(found(facts)).toEqual([path]);
  });

  test('that differ in the slash at the end alone are told so, since nothing else is as easily overlooked', () => {
    const issuer = (aks.issuer as string).slice(0, -1);
    const [issue] = issuesOf(() => planWorkloadIdentities(azure, { clusters: { aks: { issuer } } }));
    expect(issue?.message).toMatch(/they differ in the slash at the end, and every byte counts/);
    expect(issuesOf(() => planWorkloadIdentities(azure, { clusters: { aks: { issuer: `${issuer}x/` } } }))[0]?.message).not.toMatch(/slash at the end/);
  });

  test('of a GKE cluster are held against the issuer that follows from its block', () => {
    expect(found({ clusters: { gke: { issuer: 'https://container.googleapis.com/v1/projects/shop-prod/locations/europe-west4/clusters/other' } } }, defineWorkloadIdentity(boundTo('gcp', gke)))).toEqual(['facts/contradiction clusters.gke.issuer']);
  });

  test('that break a rule which the definition could not, are refused too', () => {
    const { issuer: _issuer, ...cluster } = blue;
    const late = defineWorkloadIdentity(checkoutWith({ clusters: [cluster] }));
    expect(found({ clusters: { blue: { issuer: 'http://oidc.example.com' } } }, late)).toEqual(['issuer/format clusters.blue.issuer']);
    expect(found({ clusters: { blue: { issuer: `${blue.issuer as string}/` } } }, late)).toEqual(['issuer/trailing-slash clusters.blue.issuer']);
    const account = defineWorkloadIdentity(checkoutWith({ clusters: [{ name: 'k3s', issuer: 'https://k3s.example.com' }], trustedBy: { aws: {} } }));
    expect(() => planWorkloadIdentities(account, { identities: { checkout: { aws: { accountId: '1234' } } } })).toThrow(/trustedBy\.aws\.accountId: expected 12 digits, got "1234"/);
  });

  test('of somebody else are left alone', () => {
    expect(found({ clusters: { other: { issuer: 'x' } }, identities: { other: { aws: { accountId: 'x' } } } })).toEqual([]);
  });
});

test('a fact that was given under nearly the right name is pointed at, unless the name is somebody else\'s', () => {
  const [definition, twin] = ['checkout-1', 'checkout-2'].map(name => defineWorkloadIdentity({ ...boundTo('azure', aks, { clientId: undefined, principalId: undefined }), name })) as [WorkloadIdentityDefinition, WorkloadIdentityDefinition];
  const facts = { identities: { 'checkout-2': { azure: { clientid: 'c' } } } };
  expect(() => planWorkloadIdentities(definition, facts)).toThrow(/clientId of "checkout-1" .*; the facts have identities\.checkout-2: is that a slip\?/);
  expect(() => planWorkloadIdentities([definition, twin], facts)).toThrow(/clientId of "checkout-1" (?!.*slip)[^\n]*\n[^]*clientId of "checkout-2" [^\n]*; the facts have identities\.checkout-2\.azure\.clientid: is that a slip\?/);
});
