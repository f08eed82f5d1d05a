/** Expressions of CEL, as far as they are understood; of every other nothing is said. https://github.com/google/cel-spec/blob/master/doc/langdef.md */
import { evaluate } from '../../../src/proof/admits/gcp-cel';

const SCOPE = { assertion: { 'sub': 'system:serviceaccount:shop:web', 'aud': ['a', 'b'], 'kubernetes.io': { namespace: 'shop' }, 'yes': true, 'no': false }, google: { subject: 'x' } };

test.each<[expression: string, value: string | boolean | undefined]>([
  ['\'a\'', 'a'],
  ['"a b"', 'a b'],
  ['\'\'', ''],
  ['assertion.sub', 'system:serviceaccount:shop:web'],
  ['assertion["sub"]', 'system:serviceaccount:shop:web'],
  ['assertion["kubernetes.io"].namespace', 'shop'],
  ['assertion[\'kubernetes.io\'][\'name\' + \'space\']', 'shop'],
  ['  assertion . sub  ', 'system:serviceaccount:shop:web'],
  ['\'a\' + \'b\' + google.subject', 'abx'],
  ['assertion.sub == \'system:serviceaccount:shop:web\'', true],
  ['assertion.sub == \'system:\'', false],
  ['assertion.sub != \'system:\'', true],
  ['google.subject != \'x\'', false],
  ['\'a\' + \'b\' == \'ab\'', true],
  ['\'b\' in assertion.aud', true],
  ['\'c\' in assertion.aud', false],
  ['google.subject in [\'w\', \'x\']', true],
  ['google.subject in [\'w\']', false],
  ['google.subject in []', false],
  ['assertion.sub.startsWith(\'system:\')', true],
  ['assertion.sub.startsWith(\'web\')', false],
  ['assertion.sub.endsWith(\':web\')', true],
  ['assertion.sub.endsWith(\'system\')', false],
  ['assertion.sub.contains(\':shop:\')', true],
  ['assertion.sub.contains(\':other:\')', false],
  ['(\'a\' + \'b\').startsWith(\'a\' + \'b\')', true],
  ['assertion.yes', true],
  ['!assertion.yes', false],
  ['!!assertion.yes', true],
  ['!(assertion.yes && assertion.no)', true],
  ['assertion.yes && assertion.yes', true],
  ['assertion.yes && assertion.no', false],
  ['assertion.no && assertion.yes', false],
  ['assertion.no || assertion.yes', true],
  ['assertion.yes || assertion.no', true],
  ['assertion.no || assertion.no', false],
  ['assertion.no || assertion.no || assertion.yes', true],
  // `&&` binds more strongly.
  ['assertion.yes || assertion.yes && assertion.no', true],
  ['(assertion.yes || assertion.yes) && assertion.no', false],
  ['!assertion.no && assertion.yes', true],
  ['_a', undefined],
  // Nothing is passed over, although it would not matter.
  ['assertion.yes || unheard.of', undefined],
  ['assertion.no && unheard.of', undefined],
  ['assertion.yes || google.subject', undefined],
  ['assertion.no && google.subject', undefined],
  ['google.subject || assertion.yes', undefined],
  ['google.subject && assertion.yes', undefined],
  ['assertion.sub.matches(\'.*\')', undefined],
  ['assertion.sub.toString(\'a\')', undefined],
  ['assertion.sub.constructor', undefined],
  ['assertion.toString', undefined],
  ['toString', undefined],
  ['assertion.aud.x', undefined],
  ['assertion.aud[\'length\']', undefined],
  ['assertion', undefined],
  ['assertion.aud', undefined],
  ['[\'a\']', undefined],
  ['assertion.aud == \'a\'', undefined],
  ['assertion.yes == assertion.yes', undefined],
  ['assertion.yes + \'a\'', undefined],
  ['\'a\' + assertion.yes', undefined],
  ['\'a\' in \'abc\'', undefined],
  ['assertion.yes in assertion.aud', undefined],
  ['!google.subject', undefined],
  ['assertion[assertion.aud]', undefined],
  ['assertion.aud.startsWith(\'a\')', undefined],
  ['assertion.sub.startsWith(assertion.yes)', undefined],
  ['', undefined],
  ['   ', undefined],
  ['\'a\' \'b\'', undefined],
  ['\'a\' +', undefined],
  ['== \'a\'', undefined],
  ['(\'a\'', undefined],
  ['\'a\')', undefined],
  ['[\'a\' \'b\']', undefined],
  ['\'x\' in [\'x\' \'y\']', undefined],
  ['\'x\' in [\'x\'', undefined],
  ['assertion[\'sub\'', undefined],
  ['assertion.sub.startsWith(\'s\'', undefined],
  ['assertion.sub.startsWith()', undefined],
  ['\'a', undefined],
  ['\'a\\\'b\'', undefined],
  ['"a\\n"', undefined],
  ['1', undefined],
  ['\'a\' == 1', undefined],
  ['\'a\' # \'b\'', undefined],
  ['assertion.yes & assertion.yes', undefined],
  ['assertion.yes ? \'a\' : \'b\'', undefined],
])('%s is %j', (expression, value) => {
  expect(evaluate(expression, SCOPE)).toBe(value);
});

test('what is nested more deeply than anybody writes is not understood', () => {
  const nested = (depth: number): string => `${'('.repeat(depth)}assertion.yes${')'.repeat(depth)}`;
  expect(evaluate(nested(99), SCOPE)).toBe(true);
  expect(evaluate(nested(100), SCOPE)).toBeUndefined();
  expect(evaluate(`${'!'.repeat(98)}assertion.yes`, SCOPE)).toBe(true);
  expect(evaluate(`${'!'.repeat(100)}assertion.yes`, SCOPE)).toBeUndefined();
  expect(evaluate('!'.repeat(20_000), SCOPE)).toBeUndefined();
  // Side by side is not in one another.
  expect(evaluate(Array.from({ length: 300 }, () => '\'a\'').join(' + '), SCOPE)).toBe('a'.repeat(300));
});

test('an error that is none of ours is not taken for an answer', () => {
  const scope = { get broken(): string { throw new RangeError('x'); } };
  expect(() => evaluate('broken', scope)).toThrow(RangeError);
});
