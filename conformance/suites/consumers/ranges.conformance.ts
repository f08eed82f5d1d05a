/** The ranges of peers that are stated are those that are run: the floors by the oldest consumers, the top by the newest. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Packages } from './support/project';
import { peerDependencies } from '../../../package.json';
import type { ConsumerName } from '../../parts/consumers';

const ROOT = join(__dirname, '../../..');

function pinned(...names: readonly ConsumerName[]): { readonly [name: string]: string } {
  return Object.assign({}, ...names.map(name => (JSON.parse(readFileSync(join(ROOT, 'conformance/parts/consumers', name, 'package.json'), 'utf8')) as Packages).dependencies)) as { [name: string]: string };
}

test('the oldest consumers have every peer at the floor of its range', () => {
  const oldest = pinned('cdk8s-oldest', 'pulumi-oldest');
  expect(Object.fromEntries(Object.keys(peerDependencies).map(name => [name, `^${oldest[name] ?? ''}`]))).toEqual(peerDependencies);
});

test('the README says the same, and which are the newest', () => {
  const newest = pinned('cdk8s-newest', 'pulumi-newest');
  const rows = [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/^\| `(.+)` \| `(\^.+)` \| ([\d.]+)/gm)].map(([, name, range, version]) => [name, range, version]);
  expect(rows.sort()).toEqual(Object.entries(peerDependencies).map(([name, range]) => [name, range, newest[name]]).sort());
});
