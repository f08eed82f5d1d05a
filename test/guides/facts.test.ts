/** What docs/guides/facts.md shows and says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { READERS } from '../../src/facts';
import { workspace } from '../cli/workspace';

const GUIDES = join(__dirname, '../../docs/guides');
const PAGE = readFileSync(join(GUIDES, 'facts.md'), 'utf8');
const example = (file: string): string => readFileSync(join(GUIDES, 'facts', file), 'utf8');

test('the outputs of the guide give the clusters that it shows', async () => {
  const files = ['eks.json', 'gke.yaml', 'project.yaml', 'edge.json'];
  const space = workspace(Object.fromEntries(files.map(file => [file, example(file)])));
  const [, args = '', says = ''] = /^\$ npx symbolon (facts eks\.json .*)\n(.*)$/m.exec(PAGE) ?? [];
  expect(await space.run(args.split(' '))).toEqual({ code: 0, out: '', err: `${says}\n` });
  expect(space.read('identity.yaml')).toBe(example('identity.yaml'));
});

test('everything that is read is in its table, and every finding in the other', () => {
  for (const prints of READERS.flatMap(each => each.prints)) for (const one of prints.split('|')) expect(PAGE).toContain(one.replace(/^list$/, '`list`'));
  const sources = ['describe', 'read', 'merge', 'readers/ack', 'readers/aks', 'readers/eks', 'readers/gke', 'readers/text'].map(file => readFileSync(join(__dirname, `../../src/facts/${file}.ts`), 'utf8')).join('');
  for (const [code] of sources.matchAll(/facts\/[a-z-]+(?=', )/g)) expect(PAGE).toContain(`\`${code}\``);
});
