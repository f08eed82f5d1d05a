import { workspace } from './workspace';

const loaded: string[] = [];
const noteOf = (name: string) => (): unknown => { loaded.push(name); return jest.requireActual(name); };
for (const name of ['js-yaml', 'jiti', '../../src/cli/synth', '../../src/identity/structure.generated']) jest.doMock(name, noteOf(name));

test.each([[['--help']], [['synth', '--help']], [['--version']], [['synth', '--bogus']]])('%j loads nothing that it does not need', async args => {
  await workspace().run(args);
  expect(loaded).toEqual([]);
});

test('a file of data needs no loader of modules, and JSON no YAML', async () => {
  await workspace({ 'a.json': '{}' }).run(['synth', 'a.json']);
  expect(loaded.sort()).toEqual(['../../src/cli/synth', '../../src/identity/structure.generated']);
  await workspace({ 'a.yaml': 'a: b' }).run(['synth', 'a.yaml']);
  expect(loaded).toContain('js-yaml');
  expect(loaded).not.toContain('jiti');
});
