import fc from 'fast-check';
import { identitiesArb } from '../support/arbitraries';
import { defineWorkloadIdentity, type WorkloadIdentityInput } from 'symbolon';
import { halvesOf, prove } from 'symbolon/testing';

const checkout: WorkloadIdentityInput = {
  name: 'checkout',
  namespace: 'shop',
  clusters: [{ name: 'edge', issuer: 'https://oidc.edge.example.com' }],
  trustedBy: { aws: { accountId: '111122223333' } },
};

test('every definition holds with the pods that stand for its own, injected or not', () => {
  fc.assert(fc.property(identitiesArb, inputs => {
    const proof = prove(halvesOf(inputs.map(defineWorkloadIdentity)));
    expect(proof.strangers).toEqual([]);
    expect(proof.holds).toBe(true);
  }), { numRuns: 150 });
});

test('a workload of the user\'s own takes the place of the specimen', () => {
  const web = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec: { serviceAccountName: 'checkout', containers: [{ name: 'app', image: 'app:1' }] } };
  expect(prove(halvesOf(defineWorkloadIdentity(checkout), { workloads: [web] })).verdicts).toMatchObject([{ workload: 'Pod shop/web', admitted: true }]);
  expect(prove(halvesOf(defineWorkloadIdentity(checkout))).verdicts).toMatchObject([{ workload: 'Pod shop/checkout-specimen', admitted: true }]);
});

test('a workload that runs as nobody is a finding', () => {
  const stray = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec: { serviceAccountName: 'chekout', containers: [] } };
  expect(() => halvesOf(defineWorkloadIdentity(checkout), { workloads: [stray] })).toThrow(/did you mean shop\/checkout\?/);
});
