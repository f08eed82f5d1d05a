import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { Findings } from '../../src/core/issues';
import { checkPlain, deepFreeze, freezeCopy, sameData } from '../../src/core/plain';

const isPlain = (value: unknown): boolean => {
  const findings = new Findings();
  const good = checkPlain(value, 'x', findings.report);
  expect(findings.errors.length > 0).toBe(!good);
  return good;
};
const safeKey = fc.string().filter(key => !['__proto__', 'constructor', 'prototype'].includes(key));
const data = fc.jsonValue({ depthSize: 'small' }).filter(value => !/"(__proto__|constructor|prototype)"/.test(JSON.stringify(value)));

test('whatever JSON can say is plain, but for three keys', () => {
  fc.assert(fc.property(data, value => {
    expect(isPlain(value)).toBe(true);
  }));
  for (const key of ['__proto__', 'constructor', 'prototype']) expect(isPlain(JSON.parse(`{"a":[{"${key}":1}]}`))).toBe(false);
});

test('an object without a prototype is plain, and one that another realm made', () => {
  expect(isPlain(Object.assign(Object.create(null) as object, { a: 1 }))).toBe(true);
  expect(isPlain(runInNewContext('({ a: [{ b: 1 }] })'))).toBe(true);
  expect(isPlain(runInNewContext('new Date(0)'))).toBe(false);
});

test('an object that hides its class, or lies about it, is still no data', () => {
  class Odd { override: unknown; get [Symbol.toStringTag](): string { return 'Object'; } }
  Object.defineProperty(Odd.prototype, 'constructor', { value: undefined });
  expect(isPlain(new Odd())).toBe(false);
  expect(isPlain(Object.create(Object.create(null, { constructor: { value: 3 } }) as object, {}))).toBe(true);
});

test('data that stands in itself is found at once, however it branches; 64 levels pass and 66 do not', () => {
  const many: { [key: string]: unknown } = {};
  for (let i = 0; i < 20; i++) many[`k${i}`] = many;
  expect(isPlain(many)).toBe(false);
  const nested = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>(inner => [inner], 'x');
  expect([isPlain(nested(64)), isPlain(nested(66))]).toEqual([true, false]);
});

test('a copy is equal, frozen all the way down, and shares nothing that can change', () => {
  fc.assert(fc.property(data, value => {
    const copy = freezeCopy(value);
    expect(copy).toEqual(value);
    const frozen = (part: unknown): boolean => typeof part !== 'object' || part === null || (Object.isFrozen(part) && Object.values(part).every(frozen));
    expect(frozen(copy)).toBe(true);
    expect(sameData(copy, value)).toBe(true);
  }));
});

test('a copy has no key whose value is undefined', () => {
  const kept = { mine: [1] };
  const copy = freezeCopy({ a: undefined, b: kept, c: [undefined] });
  expect(Object.keys(copy)).toEqual(['b', 'c']);
  expect(Object.isFrozen(kept)).toBe(false);
});

test('freezing in place reaches everything once', () => {
  const shared = { x: 1 };
  const tree = deepFreeze({ a: shared, b: [shared, { c: {} }] });
  expect([tree, tree.a, tree.b, tree.b[1], (tree.b[1] as { c: object }).c].every(Object.isFrozen)).toBe(true);
});

test('data is the same whatever the order of its keys, and never the same as other data', () => {
  fc.assert(fc.property(fc.dictionary(safeKey, data), other => {
    expect(sameData(other, Object.fromEntries(Object.entries(other).reverse()))).toBe(true);
    expect(sameData(other, { ...other, [`${Object.keys(other).join('')}x`]: 1 })).toBe(false);
  }));
  for (const [a, b] of [[[], {}], [null, {}], [[1, 2], [2, 1]], [{ a: undefined }, { b: undefined }], [{ a: 1 }, { a: '1' }], [{ toString: 1 }, {}], [{}, { toString: 1 }]]) expect(sameData(a, b)).toBe(false);
});
