import fc from 'fast-check';
import { clusterArb, identityArb } from '../support/arbitraries';
import { blue, checkout, checkoutWith } from '../support/definitions';
import * as symbolon from 'symbolon';
import { defineCluster, defineWorkloadIdentity, isClusterDefinition, isSymbolonError, isWorkloadIdentityDefinition, type WorkloadIdentityInput } from 'symbolon';

const json = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const again = (value: unknown) => defineWorkloadIdentity(value as WorkloadIdentityInput);

function isDeeplyFrozen(value: unknown): boolean {
  return typeof value !== 'object' || value === null || (Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen));
}

test('defining a definition again gives the same one, and from JSON an equal one', () => {
  fc.assert(fc.property(identityArb, input => {
    const definition = defineWorkloadIdentity(input);
    expect(again(definition)).toBe(definition);
    expect(again(json(definition))).toStrictEqual(definition);
    expect(json(definition)).toEqual(definition);
  }), { numRuns: 200 });
  fc.assert(fc.property(clusterArb, input => {
    const cluster = defineCluster(input);
    expect(defineCluster(cluster)).toBe(cluster);
    expect(defineCluster(json(cluster))).toStrictEqual(cluster);
  }));
});

test('nothing of the input is changed, kept or normalised, and nothing of the definition can be changed', () => {
  fc.assert(fc.property(identityArb, input => {
    const before = json(input);
    const definition = defineWorkloadIdentity(input);
    expect(json(input)).toEqual(before);
    expect(isDeeplyFrozen(definition)).toBe(true);
    expect(definition.clusters).toEqual(input.clusters);
  }), { numRuns: 100 });
});

test('a change of the input after it was defined does not reach the definition', () => {
  const input = { ...json(checkout), labels: { team: 'shop' } };
  const definition = defineWorkloadIdentity(input);
  input.labels.team = 'other';
  expect(definition.labels).toEqual({ team: 'shop' });
});

test('the short form and the long form of one service account are the same identity', () => {
  const long = checkoutWith({ namespace: undefined, runsAs: [{ namespace: 'shop', serviceAccount: 'checkout' }] });
  expect(defineWorkloadIdentity(long)).toEqual(defineWorkloadIdentity(checkout));
});

test('the defaults of a token follow from its name', () => {
  const { tokens } = defineWorkloadIdentity(checkoutWith({ tokens: { 'pay-ments': { audience: 'x' } } }));
  expect(tokens['pay-ments']).toEqual({ audience: 'x', expirationSeconds: 3600, path: 'token', mountPath: '/var/run/secrets/symbolon/pay-ments', env: 'PAY_MENTS_TOKEN_FILE' });
});

test('RBAC brings a token for the API, unless it is said otherwise', () => {
  const rbac = [{ verbs: ['get'], resources: ['pods'] }];
  expect(defineWorkloadIdentity(checkout).apiToken).toBe(false);
  expect(defineWorkloadIdentity(checkoutWith({ rbac })).apiToken).toBe(true);
  expect(defineWorkloadIdentity(checkoutWith({ rbac, apiToken: false })).apiToken).toBe(false);
});

test('definitions and errors of another copy of the package are known as what they are', () => {
  let other = symbolon;
  let theirs = symbolon.defineWorkloadIdentity(checkout);
  // The rest of a copy is loaded by its first call, so that this one is made in it.
  jest.isolateModules(() => {
    other = jest.requireActual<typeof symbolon>('../../src');
    theirs = other.defineWorkloadIdentity(checkout);
  });
  expect(other.defineCluster).not.toBe(defineCluster);
  expect(isWorkloadIdentityDefinition(theirs)).toBe(true);
  expect(isClusterDefinition(other.defineCluster({ ...blue }))).toBe(true);
  expect(defineWorkloadIdentity(theirs)).toBe(theirs);
  expect(symbolon.planWorkloadIdentities(theirs)).toEqual(symbolon.planWorkloadIdentities(defineWorkloadIdentity(checkout)));
  expect(symbolon.checkWorkloadIdentity(theirs)).toEqual([]);
  try {
    other.defineWorkloadIdentity(checkoutWith({ namespace: 'Shop' }));
    throw new TypeError('unreachable');
  } catch (error) {
    expect(error instanceof symbolon.SymbolonError).toBe(false);
    expect(isSymbolonError(error)).toBe(true);
  }
});

test('what only looks like a definition is none', () => {
  for (const value of [undefined, null, 1, 'x', {}, [], json(defineWorkloadIdentity(checkout)), { ...defineWorkloadIdentity(checkout) }]) {
    expect(isWorkloadIdentityDefinition(value)).toBe(false);
    expect(isClusterDefinition(value)).toBe(false);
  }
});
