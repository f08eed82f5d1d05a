import { GOOD_YAML, workspace } from './workspace';
import { readYaml } from '../../src/cli/source/yaml';
import { readingOf } from '../../src/cli/source/yaml-scalars';
import type { InvalidDefinitionError } from '../../src/core/errors';

/** Comes with cdk8s, which writes its manifests with it. */
const yamlLibrary = jest.requireActual<typeof import('yaml')>('yaml');

async function read(text: string | Uint8Array): Promise<unknown> {
  const space = workspace({ 'a.yaml': text });
  return readYaml({ path: `${space.dir}/a.yaml`, shown: 'a.yaml' });
}
const failure = async (text: string | Uint8Array): Promise<{ code: string; message: string }> => read(text).then(() => { throw new Error('it was read'); }, (error: unknown) => error as InvalidDefinitionError);

describe('a value without quotes', () => {
  test.each([
    ['text', 'text'], ['a.b-c/d', 'a.b-c/d'], ['arn:aws:iam::111122223333:role/x', 'arn:aws:iam::111122223333:role/x'],
    ['12', 12], ['-3', -3], ['0', 0], ['1.5', 1.5], ['true', true], ['False', false], ['null', null], ['~', null],
    ['1.2.3', '1.2.3'], ['10.0.0.1', '10.0.0.1'], ['2012-10-17', '2012-10-17'], ['2001-12-14t21:59:43.10-05:00', '2001-12-14t21:59:43.10-05:00'], ['yesterday', 'yesterday'], ['0x', '0x'], ['1e', '1e'],
  ])('that all readers take for the same is read: %s', async (text, value) => {
    expect(await read(`a: ${text}\n`)).toEqual({ a: value });
  });

  test.each([
    'yes', 'Yes', 'NO', 'on', 'Off', 'y', 'N', '0123', '-017', '0o17', '0x1F', '0b11', '1_000', '1e3', '1.5e3', '+1', '.5', '5.', '12:30', '190:20:30', '1:30.5',
    '.inf', '-.INF', '.nan', '=', '12345678901234567890',
  ])('that they take for different things is a finding: %s', async text => {
    const error = await failure(`list:\n  - name: ${text}\n`);
    expect(error).toMatchObject({ code: 'ERR_INVALID_DEFINITION', issues: [{ code: 'yaml/ambiguous', path: 'list[0].name' }] });
    expect(error.message).toContain(JSON.stringify(text));
    expect(await read(`list:\n  - name: '${text}'\n`)).toEqual({ list: [{ name: text }] });
  });

  test('is never read as something that YAML 1.1 or 1.2 would not read', () => {
    const letters = ['y', 'n', 'e', 's', 'o', 'f', 'x', 'b', 't', '0', '1', '7', '9', '_', '.', ':', '-', '+'];
    const words = letters.flatMap(a => ['', ...letters].flatMap(b => ['', ...letters].flatMap(c => ['', '0', 's', '3', '_', 'f'].map(d => a + b + c + d))));
    const wrong = words.filter(word => {
      // Marks of structure are not values.
      if (/^[-?:]+$|^-\s|:$/.test(word)) return false;
      const reading = readingOf(word);
      if ('doubtful' in reading) return false;
      return (['1.1', '1.2'] as const).some(version => !sameScalar(yamlLibrary.parse(`a: ${word}\n`, { version }), reading.value));
    });
    expect(wrong).toEqual([]);
  });
});

function sameScalar(parsed: unknown, value: unknown): boolean {
  const { a } = parsed as { a: unknown };
  // Dates are text here: the data is JSON's.
  return Object.is(a, value) || a instanceof Date;
}

describe('a YAML file', () => {
  test('has text for keys, whatever they look like', async () => {
    expect(await read('on: 1\n0123: 2\n1.0: 3\nnull: 4\n')).toEqual({ 'on': 1, '0123': 2, '1.0': 3, 'null': 4 });
  });

  test('may have anchors, aliases and merges', async () => {
    expect(await read('base: &base { a: v, b: w }\none: *base\ntwo: { <<: *base, b: z }\n')).toEqual({ base: { a: 'v', b: 'w' }, one: { a: 'v', b: 'w' }, two: { a: 'v', b: 'z' } });
  });

  test('may begin with a byte order mark and end its lines as Windows does', async () => {
    expect(await read('\uFEFFa: x\r\nb:\r\n  - z\r\n')).toEqual({ a: 'x', b: ['z'] });
  });

  test('may say where the document begins and ends', async () => {
    expect(await read('# one\n---\na: x\n...\n')).toEqual({ a: 'x' });
  });

  test('keeps __proto__ as a key, so that it is found', async () => {
    const data = await read('a: { __proto__: { polluted: x } }\n') as { a: object };
    expect(Object.keys(data.a)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(data.a)).toBe(Object.getPrototypeOf(data));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test.each([
    ['a key twice', 'a: x\nb: y\na: z\n', /^a\.yaml:3:\d+: it is no YAML: duplicated mapping key/],
    ['a key twice, once in quotes', 'on: x\n"on": y\n', /^a\.yaml:2:\d+: it is no YAML: duplicated mapping key/],
    ['a tab for indentation', 'a:\n\tb: x\n', /^a\.yaml:2:\d+: it is no YAML: /],
    ['an open bracket', 'a: [x\n', /^a\.yaml:\d+:\d+: it is no YAML: /],
    ['a tag', 'a: !!int "3"\n', /^a\.yaml:1:\d+: it is no YAML: unknown tag/],
    ['a tag of JavaScript', 'a: !!js/function "x"\n', /unknown tag/],
    ['an alias to nothing', 'a: *b\n', /unidentified alias/],
    ['several documents', 'a: x\n---\nb: y\n', /^a\.yaml: it has 2 documents; put everything into one/],
    ['nothing', '', /^a\.yaml: it is empty/],
    ['blanks', ' \n\n', /^a\.yaml: it is empty/],
    ['comments', '# nothing yet\n', /^a\.yaml: it is empty/],
    ['bytes that are not UTF-8', new Uint8Array([0x61, 0x3a, 0x20, 0xff, 0xfe]), /^a\.yaml: it is not UTF-8/],
    ['aliases that stand for a million values', ['a: &a0 [x, x, x, x, x, x, x, x, x, x]', ...Array.from({ length: 5 }, (_, i) => `b${i}: &a${i + 1} [${Array.from({ length: 10 }, () => `*a${i}`).join(', ')}]`)].join('\n'), /^a\.yaml: its aliases stand for \d+ values/],
    ['a control character', 'a: "\u0007"\n', /^a\.yaml:1:\d+: it is no YAML/],
  ])('with %s is refused', async (_what, text, message) => {
    const error = await failure(text);
    expect(error.code).toBe('ERR_INPUT');
    expect(error.message).toMatch(message);
  });
});

test('a file that is wrong in YAML and in its rules is not read further than YAML', async () => {
  const space = workspace({ 'id.yaml': GOOD_YAML.replace('namespace: shop', 'namespace: yes') });
  const { code, err } = await space.run(['synth', 'id.yaml']);
  expect(code).toBe(1);
  expect(err).toMatch(/^ERR_INVALID_DEFINITION: id\.yaml: 1 error\n {2}identities\[0\]\.namespace: expected a value that every reader of YAML takes for the same, got "yes"; some take it for true/);
});
