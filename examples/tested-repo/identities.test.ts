import { runtime } from '@pulumi/pulumi';
import type { JSONWebKeySet } from 'jose';
import { checkout, reports } from './identities';
import { callerOf } from './verifier';
import { workloads } from './workloads';
import { halvesOf, mintToken, symbolonMatchers, symbolonMocks, symbolonSerializer, workloadIn } from 'symbolon/testing';

// region: setup
expect.extend(symbolonMatchers);
expect.addSnapshotSerializer(symbolonSerializer);

const halves = halvesOf([checkout, reports], { workloads });
// endregion

// region: matchers
test('checkout becomes its role, and nobody else does', () => {
  expect(workloadIn(halves, 'Deployment shop/checkout')).toBecome('arn:aws:iam::111122223333:role/checkout');
  expect(workloadIn(halves, 'Deployment shop/reports')).not.toBecome('arn:aws:iam::111122223333:role/checkout');
  expect(halves).toLetInNobodyElse({ as: 'arn:aws:iam::111122223333:role/checkout' });
});

test('all of it fits', () => {
  expect(halves).toFit();
});
// endregion

// region: snapshot
test('both halves are what they were', () => {
  expect(halves).toMatchSnapshot();
});
// endregion

// region: token
const issuedAt = new Date('2026-01-01T00:00:00Z');
const payments = 'https://payments.example.com';

test('the API takes the token of checkout for fifteen minutes, and no other', async () => {
  const { token, jwks, discovery } = mintToken(workloadIn(halves, 'Deployment shop/checkout'), { audience: payments, issuedAt });
  const keys = jwks as unknown as JSONWebKeySet;
  const at = (minute: number): Date => new Date(issuedAt.getTime() + minute * 60_000);
  expect(await callerOf(token, discovery.issuer, keys, at(14))).toBe('system:serviceaccount:shop:checkout');
  await expect(callerOf(token, discovery.issuer, keys, at(16))).rejects.toThrow('exp');
  expect(workloadIn(halves, 'Deployment shop/reports')).not.toHaveTokenFor(payments);
});
// endregion

// region: pulumi
test('the Pulumi program makes what the pods need', async () => {
  const mocks = symbolonMocks({ aws: { accountId: '111122223333' } });
  await runtime.setMocks(mocks);
  await import('./program');
  await runtime.disconnect(); // everything is registered
  const artifacts = mocks.artifacts({ clusters: halves.clusters });
  expect(artifacts).toFit();
  expect(artifacts).toLetInNobodyElse();
});
// endregion
