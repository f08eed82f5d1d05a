import fc from 'fast-check';
import { Deferred, awaitFact, derive, isDeferred, mapDeferred, needsOf, type Deferrable } from '../../src/core/deferred';
import * as core from '../../src/core/deferred';
import type { MissingFact } from '../../src/core/errors';

const need = (name: string): MissingFact => ({ name, at: ['clusters', name], how: 'is made elsewhere' });
function settle(value: unknown, facts: { readonly [name: string]: string }): unknown {
  return isDeferred(value) ? value.settle(({ name }) => facts[name] as string) : value;
}

test('what is derived from known values is known; from one that waits, waits for the same', () => {
  expect(derive(['a', 'b'], (a, b) => a + b)).toBe('ab');
  const waiting = derive(['a', awaitFact(need('issuer'))], (a, issuer) => a + issuer);
  expect(isDeferred(waiting)).toBe(true);
  expect(needsOf(waiting).map(({ name }) => name)).toEqual(['issuer']);
  expect(settle(waiting, { issuer: 'b' })).toBe('ab');
});

test('deriving before a fact is known, or after, gives the same', () => {
  const step = fc.record({ use: fc.array(fc.nat(7), { maxLength: 3 }), mark: fc.stringMatching(/^[a-z]$/) });
  fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 1, maxLength: 3 }), fc.array(fc.string(), { minLength: 3, maxLength: 3 }), (steps, names, [x = '', y = '', z = '']) => {
    const facts: { readonly [name: string]: string } = { x, y, z };
    const run = (start: readonly Deferrable<string>[]): Deferrable<string> => {
      const values = [...start];
      for (const { use, mark } of steps) {
        const inputs = use.map(i => values[i % values.length] as Deferrable<string>);
        values.push(derive(inputs, (...known) => [mark, ...(known as string[])].join()));
      }
      return values.at(-1) as Deferrable<string>;
    };
    const late = run(names.map(name => awaitFact(need(name))));
    const known = run(names.map(name => facts[name] as string));
    expect(settle(late, facts)).toBe(known);
    for (const { name } of needsOf(late)) expect(names).toContain(name);
    expect(isDeferred(late)).toBe(needsOf(late).length > 0);
  }));
});

test('a fact that is needed in many places is asked for once', () => {
  const issuer = awaitFact(need('issuer'));
  const tree = { a: [issuer, derive([issuer, awaitFact(need('account'))], (a, b) => a + b)], b: { c: awaitFact(need('issuer')) } };
  expect(needsOf(tree).map(({ name }) => name)).toEqual(['issuer', 'account']);
  expect(derive([issuer, issuer], () => '')).toMatchObject({ needs: { length: 1 } });
});

test('nothing that waits is ever written out', () => {
  const waiting = awaitFact(need('issuer'));
  expect(() => JSON.stringify({ role: { trust: [waiting] } })).toThrow(/waits for issuer was written out before it was known/);
  expect(() => JSON.stringify(derive([waiting], text => text))).toThrow(/issuer/);
});

test('a tree keeps its shape, and its parts without anything that waits are the same objects', () => {
  const plain = { x: [1, null, undefined, 'y'] };
  const tree = { plain, list: [plain, awaitFact(need('issuer'))], none: null };
  const settled = mapDeferred(tree, leaf => settle(leaf, { issuer: 'i' })) as typeof tree;
  expect(settled).toEqual({ plain, list: [plain, 'i'], none: null });
  expect(settled.plain).toBe(plain);
  expect(settled.list[0]).toBe(plain);
  expect(mapDeferred(plain, () => 'never')).toBe(plain);
  expect(tree.list[1]).toBeInstanceOf(Deferred);
});

test('a leaf of another copy of the package is known as what it is', () => {
  let other = core;
  jest.isolateModules(() => {
    other = jest.requireActual<typeof core>('../../src/core/deferred');
  });
  expect(other.Deferred).not.toBe(Deferred);
  expect(isDeferred(other.awaitFact(need('issuer')))).toBe(true);
  for (const value of [undefined, null, {}, { needs: [], settle: () => 1 }, 'x']) expect(isDeferred(value)).toBe(false);
});
