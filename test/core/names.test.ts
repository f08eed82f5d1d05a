import fc from 'fast-check';
import { boundedName, byText, hashOf, isDnsLabel, isDnsSubdomain } from '../../src/core/names';

test.each([['a', true], ['0', true], ['a-b', true], ['x'.repeat(63), true], ['', false], ['x'.repeat(64), false], ['-a', false], ['a-', false], ['A', false], ['a.b', false], ['a_b', false], ['a\n', false], ['é', false]])('%j as a DNS label: %p', (text, good) => {
  expect(isDnsLabel(text)).toBe(good);
});

test.each([['a.b', true], ['a-b.c', true], [`${'x'.repeat(200)}.${'y'.repeat(52)}`, true], [`${'x'.repeat(200)}.${'y'.repeat(53)}`, false], ['a..b', false], ['.a', false], ['a.', false], ['a.-b', false], ['a.B', false]])('%j as a DNS subdomain: %p', (text, good) => {
  expect(isDnsSubdomain(text)).toBe(good);
});

test('a bounded name fits, is the name itself where that fits, and no two names give one', () => {
  fc.assert(fc.property(fc.uniqueArray(fc.stringMatching(/^a{10,30}[ab]{0,10}$/), { minLength: 2 }), fc.integer({ min: 14, max: 40 }), (names, max) => {
    const bounded = names.map(name => boundedName(name, max));
    expect(new Set(bounded).size).toBe(names.length);
    bounded.forEach((name, i) => {
      expect(name.length).toBeLessThanOrEqual(max);
      if ((names[i] as string).length <= max) expect(name).toBe(names[i]);
    });
  }));
});

test('a hash is the same everywhere, and as long as it was asked for', () => {
  expect(hashOf('checkout', 12)).toBe('c7761e58969f');
  expect(hashOf('', 64)).toHaveLength(64);
});

test('names are sorted the same whatever the language of the machine', () => {
  expect(['b', 'a', 'B', 'ä', 'Z', 'a-b', 'ab'].sort(byText)).toEqual(['B', 'Z', 'a', 'a-b', 'ab', 'b', 'ä']);
  expect(byText('a', 'a')).toBe(0);
});
