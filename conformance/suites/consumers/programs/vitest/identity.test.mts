import { expect, test } from 'vitest';
import { checkout } from './identity';
import { halvesOf, mintToken, symbolonMatchers, symbolonSerializer, workloadIn, type SymbolonMatchers } from 'symbolon/testing';

declare module 'vitest' { interface Matchers<R, T> extends SymbolonMatchers<R> {} }

expect.extend(symbolonMatchers);
expect.addSnapshotSerializer(symbolonSerializer);

const ROLE = 'arn:aws:iam::111122223333:role/checkout';
const halves = halvesOf(checkout);
const web = workloadIn(halves, 'Pod shop/checkout-specimen');

test('the pod becomes its role, and nobody else does', () => {
  expect(web).toBecome(ROLE);
  expect(web).toHaveTokenFor('https://payments.example.com');
  expect(web).not.toHaveTokenFor('https://ledger.example.com');
  expect(halves).toLetInNobodyElse({ as: ROLE });
  expect(halves).toFit();
});

test('a failure says why', () => {
  expect(() => expect(web).not.toBecome(ROLE)).toThrowError(/expect\(workload\)\.not\.toBecome\(identity\)[^]*issuer, subject and audience are those of one statement/);
  expect(() => expect(halves).not.toFit()).toThrowError();
});

test('a token is that of the pod', () => {
  const { token, jwks } = mintToken(web, { audience: 'https://payments.example.com', issuedAt: new Date('2026-01-01T00:00:00Z') });
  expect(token.split('.')).toHaveLength(3);
  expect(jwks.keys).toHaveLength(1);
});

test('both halves are those of the last time', () => {
  expect(halves).toMatchSnapshot();
});
