/** What nobody writes on purpose, but programs, YAML and JavaScript make. Nothing of it may hang, crash, or get through. */
import fc from 'fast-check';
import { blue, checkout, checkoutWith, errorsOf } from '../support/definitions';
import { checkWorkloadIdentity, defineCluster, defineWorkloadIdentity, isSymbolonError, type ClusterInput, type WorkloadIdentityInput } from 'symbolon';

/** What checking says about anything at all. */
const check = (value: unknown) => checkWorkloadIdentity(value as WorkloadIdentityInput);
const thrownBy = (value: unknown): unknown => {
  try {
    return { defined: defineWorkloadIdentity(value as WorkloadIdentityInput) };
  } catch (error) {
    return error;
  }
};

class Output {
  constructor(readonly value: Promise<string>) {}
  apply(): this { return this; }
}
class Config { readonly name = 'checkout'; }

const cycle: { [key: string]: unknown } = {};
cycle.left = cycle;
cycle.right = cycle;
const list: unknown[] = [];
list.push(list, list);
const deep = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>(inner => ({ inner }), 'bottom');

const NO_DATA: readonly [string, unknown, RegExp][] = [
  ['a function', () => 'x', /plain data, got a function; .*pass what it returns/],
  ['a symbol', Symbol('x'), /plain data, got Symbol\(x\)/],
  ['a bigint', 10n, /plain data, got 10n/],
  ['NaN', NaN, /a finite number, got NaN/],
  ['infinity', -Infinity, /a finite number, got -Infinity/],
  ['a date', new Date(0), /plain data, got "an instance of Date"/],
  ['a map', new Map(), /plain data, got "an instance of Map"/],
  ['an object of a class', new Config(), /plain data, got "an instance of Config"/],
  ['a promise', Promise.resolve('x'), /got "a value that is not known yet"; .*as a fact/],
  ['an Output of Pulumi', new Output(Promise.resolve('x')), /got "a value that is not known yet"; .*as a fact/],
  ['a cycle that branches', cycle, /stand in itself; take the cycle out/],
  ['a list in itself, twice', list, /stand in itself; take the cycle out/],
  ['ten thousand levels', deep(10000), /nested at most 64 deep/],
];

const PLACES: readonly [string, (value: unknown) => WorkloadIdentityInput, string][] = [
  ['name', value => checkoutWith({ name: value }), 'name'],
  ['runsAs', value => checkoutWith({ runsAs: [{ namespace: value }] }), 'runsAs[0].namespace'],
  ['clusters', value => checkoutWith({ clusters: [{ name: 'k3s', issuer: value }] }), 'clusters[0].issuer'],
  ['trustedBy', value => checkoutWith({ trustedBy: { aws: value } }), 'trustedBy.aws'],
  ['a binding', value => checkoutWith({ trustedBy: { aws: { accountId: value } } }), 'trustedBy.aws.accountId'],
  ['a policy', value => checkoutWith({ trustedBy: { aws: { managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess', value] } } }), 'trustedBy.aws.managedPolicies[1]'],
  ['on', value => checkoutWith({ trustedBy: { aws: { on: { blue: { roleName: value } } } } }), 'trustedBy.aws.on.blue.roleName'],
  ['tokens', value => checkoutWith({ tokens: { payments: { audience: value } } }), 'tokens.payments.audience'],
  ['rbac', value => checkoutWith({ rbac: [{ verbs: ['get'], resources: ['pods'] }, value] }), 'rbac[1]'],
  ['labels', value => checkoutWith({ labels: { team: value } }), 'labels.team'],
  ['annotations', value => checkoutWith({ annotations: { 'example.com/team': value } }), 'annotations["example.com/team"]'],
];

describe.each(NO_DATA)('%s', (_what, value, says) => {
  test.each(PLACES)('as %s is refused where it stands', (_place, put, path) => {
    const findings = check(put(value));
    expect(findings.find(issue => issue.path === path || issue.path.startsWith(`${path}.`) || issue.path.startsWith(`${path}[`))?.message).toMatch(says);
    expect(thrownBy(put(value))).toMatchObject({ code: 'ERR_INVALID_DEFINITION' });
  });
});

test.each<[string, unknown]>([
  ...NO_DATA.filter(([what]) => !what.startsWith('a date') && !what.startsWith('a map') && !what.startsWith('an o') && !what.startsWith('a promise')).map(([what, value]): [string, unknown] => [what, value]),
  ['nothing', undefined], ['null', null], ['a number', 3], ['text', 'checkout'], ['a list', []], ['an empty object', {}],
])('%s instead of a definition, or of a cluster, is refused', (_what, value) => {
  expect(check(value).length).toBeGreaterThan(0);
  expect(thrownBy(value)).toMatchObject({ code: 'ERR_INVALID_DEFINITION' });
  expect(() => defineCluster(value as ClusterInput)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION' }));
});

test.each(['__proto__', 'constructor', 'prototype'])('the key %s is refused in every map, and changes nothing', key => {
  const map = (value: unknown): unknown => JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`);
  const aws = (fields: object): object => ({ trustedBy: { aws: fields } });
  for (const [fields, path] of [
    [map('x'), ''],
    [{ trustedBy: map({ provider: 'aws' }) }, 'trustedBy.'],
    [{ tokens: map({ audience: 'x' }) }, 'tokens.'],
    [{ tokens: { payments: { audience: 'x', ...map('x') as object } } }, 'tokens.payments.'],
    [{ labels: map('x') }, 'labels.'],
    [{ annotations: map('x') }, 'annotations.'],
    [aws(map('x') as object), 'trustedBy.aws.'],
    [aws({ tags: map('x') }), 'trustedBy.aws.tags.'],
    [aws({ inlinePolicies: map({ Statement: [] }) }), 'trustedBy.aws.inlinePolicies.'],
    [aws({ on: map({ roleName: 'x' }) }), 'trustedBy.aws.on.'],
    [{ runsAs: [map('x')] }, 'runsAs[0].'],
    [{ rbac: [map('x')] }, 'rbac[0].'],
    [{ clusters: [map('x')] }, 'clusters[0].'],
    [{ clusters: [{ ...blue, eks: map('x') }] }, 'clusters[0].eks.'],
  ] as [object, string][]) {
    expect(errorsOf({ ...checkout, ...fields })).toContainEqual(expect.objectContaining({ code: 'data/key', path: `${path}${key}` }));
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test.each(PLACES)('null for %s is refused: it is not the same as nothing', (_place, put, path) => {
  expect(errorsOf(put(null)).map(issue => issue.path)).toContain(path);
});

test('a field that is undefined is a field that is left out, at every level', () => {
  const full: WorkloadIdentityInput = {
    name: 'checkout',
    clusters: [blue],
    runsAs: [{ namespace: 'shop' }],
    trustedBy: { aws: { accountId: '111122223333', tags: { team: 'shop' }, on: { blue: { expirationSeconds: 3600 } } } },
    tokens: { payments: { audience: 'payments' } },
    rbac: [{ verbs: ['get'], resources: ['pods'] }],
    labels: { team: 'shop' },
  };
  const withUndefined = {
    ...full,
    namespace: undefined,
    serviceAccount: undefined,
    apiToken: undefined,
    injection: undefined,
    annotations: { none: undefined },
    clusters: [{ ...blue, injection: undefined, aks: undefined }],
    runsAs: [{ namespace: 'shop', serviceAccount: undefined, create: undefined, clusters: undefined }],
    trustedBy: {
      aws: { ...full.trustedBy?.aws, roleName: undefined, provider: undefined, existing: undefined, tags: { team: 'shop', none: undefined }, on: { blue: { expirationSeconds: 3600, roleName: undefined }, none: undefined } },
      azure: undefined,
      other: undefined,
    },
    tokens: { payments: { audience: 'payments', path: undefined, env: undefined }, none: undefined },
    rbac: [{ verbs: ['get'], resources: ['pods'], apiGroups: undefined, clusterWide: undefined }],
    labels: { team: 'shop', none: undefined },
    nobodyKnows: undefined,
  };
  expect(check(withUndefined)).toEqual([]);
  expect(defineWorkloadIdentity(withUndefined as unknown as WorkloadIdentityInput)).toEqual(defineWorkloadIdentity(full));
  expect(JSON.stringify(defineWorkloadIdentity(withUndefined as unknown as WorkloadIdentityInput))).not.toContain('none');
});

test('a hole in a list is no value', () => {
  // eslint-disable-next-line no-sparse-arrays
  for (const [fields, path] of [[{ rbac: [, { verbs: ['get'], resources: ['pods'] }] }, 'rbac[0]'], [{ clusters: [blue, ,] }, 'clusters[1]'], [{ rbac: [{ verbs: ['get', , 'list'], resources: ['pods'] }] }, 'rbac[0].verbs[1]']] as [object, string][]) {
    expect(errorsOf({ ...checkout, ...fields }).map(issue => issue.path)).toContain(path);
  }
});

test('a value that is wrong in two ways is one finding, and says what is allowed', () => {
  expect(errorsOf(checkoutWith({ injection: 3 }))).toEqual([expect.objectContaining({ code: 'structure/value', message: expect.stringContaining('one of "webhook", "explicit", "none", got 3') as string })]);
  expect(errorsOf(checkoutWith({ trustedBy: { aws: { permissionsBoundary: 3 } } }))).toHaveLength(1);
});

test('one object in two places is data like any other', () => {
  const rule = { verbs: ['get'], resources: ['pods'] };
  expect(check(checkoutWith({ rbac: [rule, rule] }))).toEqual([]);
});

test('a message stays short enough to read, however large the value', () => {
  const huge = 'x'.repeat(1_000_000);
  for (const input of [checkoutWith({ name: huge }), checkoutWith({ labels: { [huge]: huge } }), checkoutWith({ [huge]: 1 }), checkoutWith({ trustedBy: { aws: { accountId: huge } } }), checkoutWith({ clusters: [{ name: 'k3s', issuer: `https://${huge}` }] })]) {
    const errors = errorsOf(input);
    expect(errors.length).toBeGreaterThan(0);
    for (const issue of errors) expect(issue.message.length).toBeLessThan(1000);
  }
});

test('whatever is put wherever, the answer is a finding or a definition, and never a crash', () => {
  const values = fc.oneof(fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true, withObjectString: true, withSparseArray: true, withTypedArray: true }), fc.constantFrom<unknown>('aws', 'blue', [], {}, '', 0, -1, cycle));
  const paths = fc.constantFrom(
    ['name'], ['namespace'], ['serviceAccount'], ['runsAs'], ['runsAs', '0'], ['runsAs', '0', 'clusters'], ['clusters'], ['clusters', '0'], ['clusters', '0', 'eks'], ['clusters', '0', 'gke'], ['clusters', '0', 'issuer'],
    ['trustedBy'], ['trustedBy', 'aws'], ['trustedBy', 'aws', 'provider'], ['trustedBy', 'aws', 'on'], ['trustedBy', 'aws', 'on', 'blue'], ['trustedBy', 'aws', 'managedPolicies'], ['trustedBy', 'aws', 'inlinePolicies'],
    ['trustedBy', 'azure'], ['trustedBy', 'gcp'], ['tokens'], ['tokens', 'a'], ['tokens', 'a', 'expirationSeconds'], ['rbac'], ['rbac', '0'], ['labels'], ['annotations'], ['apiToken'], ['injection'],
  );
  fc.assert(fc.property(values, paths, (value, path) => {
    const input = JSON.parse(JSON.stringify(checkout)) as { [key: string]: unknown };
    const last = path.length - 1;
    let at = input;
    path.slice(0, last).forEach((key, i) => {
      at = (at[key] ??= /^\d/.test(path[i + 1] as string) ? [] : {}) as { [key: string]: unknown };
    });
    at[path[last] as string] = value;
    const outcome = thrownBy(input);
    expect(isSymbolonError(outcome) || 'defined' in (outcome as object)).toBe(true);
    expect(errorsOf(input as unknown as WorkloadIdentityInput).length > 0).toBe(isSymbolonError(outcome));
  }), { numRuns: 1000 });
});
