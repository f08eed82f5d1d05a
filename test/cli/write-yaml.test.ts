import fc from 'fast-check';
import * as jsYaml from 'js-yaml';
import { toYaml, toYamlFile } from '../../src/cli/output/yaml';

/** Comes with cdk8s, which writes its manifests with it. */
const yamlLibrary = jest.requireActual<typeof import('yaml')>('yaml');

/** Readers that do not agree among themselves about much. */
const READERS: readonly (readonly [string, (text: string) => unknown])[] = [
  ['js-yaml', text => jsYaml.load(text)],
  ['YAML 1.1', text => yamlLibrary.parse(text, { version: '1.1' }) as unknown],
  ['YAML 1.2', text => yamlLibrary.parse(text, { version: '1.2' }) as unknown],
];

/** What some version of YAML gives a meaning, and what people really write. */
const TRAPS = [
  'yes', 'No', 'ON', 'off', 'y', 'N', 'true', 'False', 'NULL', 'null', '~', '', '0123', '0o17', '0x1F', '0b11', '1_000', '1e3', 'e3', '1.5', '.5', '5.', '.', '-.inf', '.NaN', '12:30', '190:20:30',
  '2001-12-14', '2001-12-14t21:59:43.10-05:00', '=', '<<', '-', '- a', '?', '? a', ':', 'a: b', 'a:', 'a #b', '#b', '&a', '*a', '!a', '|', '>', '%a', '@a', '`a', '{a}', '[a]', 'a,b', '---', '...', '--- a',
  ' a', 'a ', '\ta', 'a\t', '\n', '\n\n', 'a\n', 'a\n\n', '\na', 'a\nb', 'a\n  b\n', '  a\nb', 'a\n \nb', 'a\n\n\nb\n\n', 'a \nb', 'a\r\nb', 'a\rb', '#a\n#b\n', '---\na\n...\n', '- a\n- b', 'a: b\nc: d\n',
  'é', 'ß\n', '日本語', '😀', 'a\u0085b', 'a\u2028b', 'a\u2029b', '\u00a0', '\u00adx', '\ufeffa', 'a\ufeff', '\u0000', '\u0007', '\u001b[31m', '\u007f', '\u009f', '\ud7ff', '\ue000', '\ufffd', '\uffff', '"', '\'', '\\', 'a"b\'c\\d', 'a\\nb',
  'arn:aws:iam::111122223333:role/x', 'system:serviceaccount:shop:checkout', 'https://a.example.com/b?c=d&e=f#g', '111122223333', '{"a": 1}\n', '__proto__x', 'constructor',
];

// Lone halves of a pair are no text, in no encoding.
const marks = ' \n\t:#-?,[]{}&*!|>\'"%@`=<~.0123456789abenoysfxt_+/\\'.split('');
const letter = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...marks) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
);
const text = fc.oneof(
  fc.constantFrom(...TRAPS),
  fc.array(letter, { maxLength: 12 }).map(letters => letters.join('')),
  fc.array(fc.constantFrom(...TRAPS), { maxLength: 3 }).map(parts => parts.join('\n')),
);
// No reader takes it for a key like others; the plain-data check refuses it long before.
const key = fc.oneof(text, fc.string({ maxLength: 5 })).filter(name => name !== '__proto__');
const double = fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => (Object.is(value, -0) ? 0 : value));
const other = fc.oneof(fc.integer(), fc.maxSafeInteger(), double, fc.boolean(), fc.constant(null));
const { data } = fc.letrec<{ data: unknown; leaf: unknown; list: unknown[]; map: object }>(tie => ({
  data: fc.oneof({ maxDepth: 4, depthSize: 'small' }, tie('leaf'), tie('list'), tie('map')),
  leaf: fc.oneof({ weight: 2, arbitrary: text }, { weight: 1, arbitrary: other }),
  list: fc.array(tie('data'), { maxLength: 4 }),
  map: fc.dictionary(key, tie('data'), { maxKeys: 4, noNullPrototype: true }),
}));

describe.each(READERS)('read by %s', (_name, read) => {
  test.each(TRAPS)('the text %j is that text, as a value, as a key, in a list', trap => {
    expect(read(toYaml({ a: trap, b: { c: [trap, [trap]] } }))).toEqual({ a: trap, b: { c: [trap, [trap]] } });
    expect(read(toYaml({ [trap]: 1 }))).toEqual({ [trap]: 1 });
  });

  test('any data is that data', () => {
    fc.assert(fc.property(fc.dictionary(key, data, { maxKeys: 4, noNullPrototype: true }), object => {
      expect(read(toYaml(object))).toEqual(object);
    }), { numRuns: 1000 });
  });
});

test('nothing is written raw that YAML 1.1 takes for the end of a line, or that cannot be seen', () => {
  fc.assert(fc.property(fc.dictionary(key, data, { maxKeys: 4, noNullPrototype: true }), object => {
    expect(toYaml(object)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/);
  }), { numRuns: 1000 });
});

test('a number with an exponent has the dot and the sign that YAML 1.1 wants', () => {
  expect(toYaml({ a: [1e21, -1e-7, 1.5e300, 0.1, -3] })).toBe('a:\n  - 1.0e+21\n  - -1.0e-7\n  - 1.5e+300\n  - 0.1\n  - -3\n');
});

test('several documents are read as several', () => {
  fc.assert(fc.property(fc.array(fc.dictionary(key, data, { maxKeys: 3, noNullPrototype: true }), { minLength: 1, maxLength: 5 }), objects => {
    expect(jsYaml.loadAll(toYamlFile(objects))).toEqual(objects);
    expect(yamlLibrary.parseAllDocuments(toYamlFile(objects), { version: '1.1' }).map(document => (document as { toJS(): unknown }).toJS())).toEqual(objects);
  }));
});

test('a field without a value is left out, as in JSON', () => {
  expect(toYaml({ a: undefined, b: { c: undefined }, d: [undefined], e: 1 })).toBe('b: {}\nd:\n  - null\ne: 1\n');
});

test('text of several lines stays readable', () => {
  expect(toYaml({ data: { 'config.json': '{\n  "a": 1\n}\n' } })).toBe('data:\n  config.json: |\n    {\n      "a": 1\n    }\n');
});

test('what people write stays without quotes', () => {
  expect(toYaml({ kind: 'Role', verbs: ['get'], arn: 'arn:aws:iam::111122223333:role/x', url: 'https://a.example.com/b' }))
    .toBe('kind: Role\nverbs:\n  - get\narn: arn:aws:iam::111122223333:role/x\nurl: https://a.example.com/b\n');
});
