/** Findings name the fields that their author wrote. */
import { blue, checkoutWith, errorsOf } from '../support/definitions';
import { defineCluster, type WorkloadIdentityInput } from 'symbolon';

const pathsOf = (input: unknown) => errorsOf(input as WorkloadIdentityInput).map(({ path }) => path);

test('one service account in a list is in a list', () => {
  expect(pathsOf(checkoutWith({ namespace: undefined, runsAs: [{ namespace: 'Shop' }] }))).toEqual(['runsAs[0].namespace']);
  expect(pathsOf(checkoutWith({ namespace: undefined, runsAs: [] }))).toEqual(['runsAs']);
  expect(pathsOf(checkoutWith({ namespace: undefined }))).toEqual(['namespace']);
});

test('the short form beside the long one is refused: neither wins in silence', () => {
  expect(pathsOf(checkoutWith({ serviceAccount: 'x', runsAs: [{ namespace: 'billing' }] }))).toEqual(['namespace', 'serviceAccount']);
});

test('a cluster is counted where it stands, after others that were defined already', () => {
  expect(pathsOf(checkoutWith({ clusters: [defineCluster(blue), { name: 'x', issuer: NaN }] }))).toEqual(['clusters[1].issuer']);
});

test('a definition that is of a class, or is not known yet, is no data', () => {
  class Definition { readonly name = 'checkout'; readonly namespace = 'shop'; readonly clusters = [blue]; }
  expect(errorsOf(new Definition())[0]?.message).toMatch(/an instance of Definition/);
  expect(errorsOf(new Date(0) as never)[0]?.message).toMatch(/an instance of Date/);
});

test('an annotation that is called like a method of every object is an annotation', () => {
  expect(pathsOf(checkoutWith({ annotations: { toString: 'x', valueOf: 'y' } }))).toEqual([]);
});
