import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notesOf, sbomFaults, shippedOf, type Lock, type Sbom } from '../../scripts/package/release';

const ROOT = join(__dirname, '../..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly dependencies: object };
const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as Lock;

const component = (name: string, version: string): Sbom['components'][number] => ({ name, version, purl: `pkg:npm/${name}@${version}`, hashes: [{}], licenses: [{}] });
const OF = { name: 'symbolon', version: '1.0.0' };
const GOOD: Sbom = { bomFormat: 'CycloneDX', specVersion: '1.5', metadata: { component: OF }, components: [component('jiti', '2.7.0')] };

test('what ships is little: two packages and what they need', () => {
  const shipped = shippedOf(lock, Object.keys(manifest.dependencies)).map(({ id }) => id.replace(/@[^@]+$/, ''));
  expect(shipped).toEqual(['argparse', 'jiti', 'js-yaml']);
});

test('a package of a package is its own copy, where it has one', () => {
  const packages = { 'node_modules/a': { version: '1', dependencies: { b: '*' } }, 'node_modules/a/node_modules/b': { version: '2' }, 'node_modules/b': { version: '3' } };
  expect(shippedOf({ packages }, ['a']).map(({ id }) => id)).toEqual(['a@1', 'b@2']);
  expect(() => shippedOf({ packages }, ['c'])).toThrow('does not have c');
});

test('a bill of materials lists what ships, and nothing else', () => {
  expect(sbomFaults(GOOD, OF, ['jiti@2.7.0'])).toEqual([]);
  expect(sbomFaults(GOOD, OF, ['jiti@2.7.0', 'js-yaml@4.3.2'])).toEqual([expect.stringContaining('lacks js-yaml@4.3.2')]);
  expect(sbomFaults(GOOD, OF, [])).toEqual([expect.stringContaining('lists jiti@2.7.0')]);
  expect(sbomFaults({ ...GOOD, bomFormat: 'SPDX' }, { ...OF, version: '2.0.0' }, ['jiti@2.7.0'])).toHaveLength(2);
  expect(sbomFaults({ ...GOOD, components: [{ name: 'jiti', version: '2.7.0' }] }, OF, ['jiti@2.7.0'])).toEqual([expect.stringContaining('too little of jiti')]);
});

test('the notes of a version are those of its section', () => {
  const changelog = '# Changelog\n\n## Unreleased\n\n## 1.1.0 (2026-02-01)\n\n- new\n\n## 1.1\n\n- old\n';
  expect(notesOf(changelog, '1.1.0')).toBe('- new\n');
  expect(notesOf(changelog, '1.1')).toBe('- old\n');
  expect(notesOf(changelog, 'Unreleased')).toBeUndefined();
  expect(notesOf(changelog, '2.0.0')).toBeUndefined();
});

test('the workflow of a release publishes with provenance, and the code of the repository has no part in that job', () => {
  const workflow = readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8');
  const [before = '', publish = ''] = workflow.split(/^ {2}publish:$/m);
  expect(publish).toMatch(/npm publish --provenance/);
  expect(publish).toMatch(/id-token: write/);
  expect(publish).not.toMatch(/checkout|npm (ci|install|run)/);
  expect(before).not.toMatch(/id-token|contents: write/);
});
