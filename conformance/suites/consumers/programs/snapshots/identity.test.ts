import { checkout } from './identity';
import { halvesOf, prove } from 'symbolon/testing';

test('checkout is let in, and nobody else', () => {
  expect(prove(halvesOf(checkout))).toMatchObject({ holds: true, strangers: [] });
});

test('both halves are those of the last time', () => {
  expect(halvesOf(checkout)).toMatchSnapshot();
});
