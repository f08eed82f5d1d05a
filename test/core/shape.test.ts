/** Plain arguments: what has its form is read, everything else is a finding with its place, whatever it is. */
import fc from 'fast-check';
import { Findings } from '../../src/core/issues';
import { readShape, type Shape } from '../../src/core/shape';

interface Fields {
  readonly name: string;
  readonly list?: readonly string[];
  readonly map?: { readonly [key: string]: string };
  readonly on?: boolean;
  readonly count?: number;
}

const SHAPE: Shape<Fields> = { name: 'text', list: 'texts?', map: 'map?', on: 'yes or no?', count: 'number?' };

function read(value: unknown): { readonly whole: Partial<Fields>; readonly found: readonly string[] } {
  const findings = new Findings();
  const whole = readShape<Fields>(value, SHAPE, '', findings.report);
  return { whole, found: findings.all.map(({ code, path }) => `${code} ${path}`) };
}

const goodArb = fc.record({ name: fc.string(), list: fc.array(fc.string()), map: fc.dictionary(fc.string(), fc.string()), on: fc.boolean(), count: fc.float() }, { requiredKeys: ['name'] });

test('what has its form is read as it is, and nothing is found', () => {
  fc.assert(fc.property(goodArb, good => {
    expect(read(good)).toEqual({ whole: good, found: [] });
    expect(read({ ...good, other: undefined }).found).toEqual([]);
  }));
});

test('each field that has not is one finding, and the others are read all the same', () => {
  const breaks = { name: 1, list: 'a', map: [], on: 'true', count: '1' } as const;
  fc.assert(fc.property(goodArb, fc.subarray(Object.keys(breaks) as (keyof typeof breaks)[]), (good, broken) => {
    const value = { ...good, ...Object.fromEntries(broken.map(field => [field, breaks[field]])) };
    const { whole, found } = read(value);
    expect([...found].sort()).toEqual(broken.map(field => `structure/type ${field}`).sort());
    expect(whole).toEqual(Object.fromEntries(Object.entries(good).filter(([field]) => !broken.includes(field as keyof Fields))));
  }));
});

test('what is missing, unknown, or stands in a list is named', () => {
  expect(read({}).found).toEqual(['structure/required name']);
  expect(read({ name: 'a', nmae: 'b' }).found).toEqual(['structure/unknown-key nmae']);
  expect(read({ name: 'a', list: ['a', 1, null] }).found).toEqual(['structure/type list[1]', 'structure/type list[2]']);
  for (const value of [undefined, null, 'x', 1, []]) expect(read(value)).toEqual({ whole: {}, found: ['structure/type '] });
});

test('nothing is inherited, and nothing throws', () => {
  expect(read(Object.create({ name: 'a' })).found).toEqual(['structure/required name']);
  fc.assert(fc.property(fc.anything(), value => { read(value); }));
});
