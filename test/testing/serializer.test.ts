import fc from 'fast-check';
import { load } from 'js-yaml';
import { compact } from '../../src/testing/serializer/compact';
import { identitiesArb } from '../support/arbitraries';
import { blue, boundTo } from '../support/definitions';
import { defineWorkloadIdentity } from 'symbolon';
import { halvesOf, symbolonSerializer } from 'symbolon/testing';

// What jest and vitest print with.
const { format } = jest.requireActual<typeof import('pretty-format')>('pretty-format');
expect.addSnapshotSerializer(symbolonSerializer);

const halves = halvesOf(defineWorkloadIdentity(boundTo('aws', blue)));
const shown = (value: unknown): string => format(value, { plugins: [symbolonSerializer] });

test('both halves are small, and read as what they are', () => {
  expect(halves).toMatchInlineSnapshot(`
# cluster blue
clusterArn: arn:aws:eks:us-west-2:111122223333:cluster/prod-blue
issuer: https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE
---
apiVersion: v1
automountServiceAccountToken: false
kind: ServiceAccount
metadata:
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/checkout
    eks.amazonaws.com/sts-regional-endpoints: "true"
  name: checkout
  namespace: shop
---
apiVersion: v1
kind: Pod
metadata: { name: checkout-specimen, namespace: shop }
spec: { containers: [{ name: app }], serviceAccountName: checkout }

# aws iam.OpenIDConnectProvider arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE
# of the cluster blue
{ ClientIDList: [sts.amazonaws.com], Url: https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE }

# aws iam.Role arn:aws:iam::111122223333:role/checkout
AssumeRolePolicyDocument:
  Statement:
    - Action: sts:AssumeRoleWithWebIdentity
      Condition:
        StringEquals:
          oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:aud: sts.amazonaws.com
          oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:sub: system:serviceaccount:shop:checkout
      Effect: Allow
      Principal:
        Federated: arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE
  Version: "2012-10-17"
Path: /
RoleName: checkout
`);
});

test('the order of what is given makes no difference, and neither does what a cluster writes into objects', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).reverse().map(([key, field]) => [key, reversed(field)])) : value;
  };
  fc.assert(fc.property(identitiesArb, inputs => {
    const { clusters, trust } = halvesOf(inputs.map(defineWorkloadIdentity));
    const other = {
      clusters: [...clusters].reverse().map(({ objects, ...cluster }) => ({
        ...reversed(cluster) as typeof cluster,
        objects: [...objects].reverse().map(object => {
          const { metadata, ...rest } = reversed(object) as typeof object;
          return { ...rest, status: { ready: true }, metadata: { ...metadata, uid: 'x', resourceVersion: '7', managedFields: [], creationTimestamp: '2026-01-01T00:00:00Z' } };
        }),
      })),
      trust: [...trust].reverse().map(reversed),
    };
    expect(shown(other)).toBe(shown({ clusters, trust }));
  }), { numRuns: 30 });
});

test('whatever differs is seen: a value, its type, a blank, JSON that says one thing twice', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
    const text = (value: unknown): string => compact(value).join('\n');
    const same = JSON.stringify(keysSorted(a)) === JSON.stringify(keysSorted(b));
    expect(text(a) === text(b)).toBe(same);
  }), { numRuns: 2000 });
  const apart = ['1', 1, 'true', true, 'null', null, '', [], {}, '{}', ' a', 'a ', '{"a":1}', { a: 1 }, '{"a":1,"a":1}', '{"a":1, "a":2}', '{"a":2}', 'a\nb', 'a\nb\n', 'a\\nb', ['a\n', 'b']];
  expect(new Set(apart.map(value => compact(value).join('\n'))).size).toBe(apart.length);
  const long = apart.map(value => compact({ 'k': value, 'and something long beside it': 'x'.repeat(120) }).join('\n'));
  expect(new Set(long).size).toBe(apart.length);
});

function keysSorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(keysSorted);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)).map(([key, field]) => [key, keysSorted(field)])) : value;
}

test('it is YAML, as long as no text holds JSON or lines', () => {
  const data = { list: [1, 'a', { deep: ['x'.repeat(80), 'y'.repeat(80)] }], on: 'yes', number: '12', url: 'https://a.example.com', empty: {}, none: [], long: [['z'.repeat(130)]] };
  expect(load(compact(data).join('\n'))).toEqual(data);
});

test('lines stand where they belong, and other values are the runner\'s', () => {
  expect(shown({ halves })).toMatch(/^Object \{\n {2}"halves": # cluster blue\n(?: {2}.*\n|\n)+\}$/);
  for (const value of [undefined, null, [], {}, 'x', { clusters: [], trust: [], more: 1 }, { clusters: [{}], trust: [] }, { clusters: [], trust: [1] }, { clusters: [{ name: 'a', objects: [{}] }], trust: [] }]) {
    expect(symbolonSerializer.test(value)).toBe(false);
  }
});
