import { workspace } from './workspace';
import { progressOn } from '../../src/cli/progress';

/** A terminal, as far as it keeps what is written to it. */
function terminal(): { readonly said: string[]; readonly write: (text: string) => void } {
  const said: string[] = [];
  return { said, write: text => { said.push(text); } };
}

const CLEAR = '\r\u001b[K';

test('long work is said in one line that is taken away at the end', () => {
  const progress = terminal();
  let now = 0;
  const it = progressOn({ progress }, () => now);
  it.say('reading 1 of 9');
  now = 399;
  it.say('reading 2 of 9');
  expect(progress.said).toEqual([]);
  now = 400;
  it.say('reading 3 of 9');
  now = 450;
  it.say('reading 4 of 9');
  now = 500;
  it.say('reading 5 of 9');
  expect(progress.said).toEqual([`${CLEAR}reading 3 of 9`, `${CLEAR}reading 5 of 9`]);
  it.done();
  it.done();
  expect(progress.said.slice(2)).toEqual([CLEAR]);
});

test('what is at once seen to be long is said at once, and no line is longer than a terminal is wide', () => {
  const progress = terminal();
  const it = progressOn({ progress }, () => 0);
  it.say('asking 1999 documents', 1999);
  it.say('x'.repeat(200), 2000);
  expect(progress.said).toEqual([`${CLEAR}${'x'.repeat(71)}…`]);
});

test('nothing is taken away where nothing was said', () => {
  const progress = terminal();
  progressOn({ progress }, () => 0).done();
  expect(progress.said).toEqual([]);
});

const account = (i: number): string => `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: a${i}, namespace: shop}\n---\n`;
const many = Array.from({ length: 2100 }, (_, i) => account(i)).join('');

test.each([
  [['verify', 'k8s.yaml'], 'asking 2100 documents'],
  [['audit', 'k8s.yaml'], 'auditing 2100 documents'],
  [['graph', 'k8s.yaml'], 'asking 2100 documents'],
  [['diff', 'k8s.yaml', 'other.yaml'], 'comparing 2101 documents'],
])('%j tells a terminal, and leaves it as it was; the answer is the same as to a pipe', async (args, said) => {
  const space = workspace({ 'k8s.yaml': many, 'other.yaml': account(1) });
  const progress = terminal();
  const watched = await space.run(args, { progress });
  expect(progress.said.join('')).toContain(said);
  expect(progress.said.at(-1)).toBe(CLEAR);
  expect(await space.run(args)).toEqual(watched);
});

test('a file that cannot be read leaves no line behind', async () => {
  const space = workspace({ 'k8s.yaml': many, 'bad.yaml': 'a: [' });
  const progress = terminal();
  expect(await space.run(['verify', 'k8s.yaml', 'bad.yaml'], { progress })).toMatchObject({ code: 2, err: expect.not.stringContaining(CLEAR) });
  if (progress.said.length > 0) expect(progress.said.at(-1)).toBe(CLEAR);
});
