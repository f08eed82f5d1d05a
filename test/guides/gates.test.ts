/** What the guide shows is what it says: the properties of cdk8s.yaml are taken, and the pack is served. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { readProperties } from '../../src/cli/validation/properties';
import * as library from 'symbolon';

const ROOT = join(__dirname, '../..');
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

interface Config {
  readonly validations: readonly { readonly package: string; readonly version: string; readonly class: string; readonly properties: object }[];
}

test('cdk8s.yaml names a class that the package exports, in an exact version, with properties that it takes', () => {
  const { validations: [plugin] } = load(textOf('examples/gates/cdk8s.yaml')) as Config;
  expect(plugin).toMatchObject({ package: './node_modules/symbolon', version: expect.stringMatching(/^\d+\.\d+\.\d+/), class: 'SymbolonValidation' });
  expect(library).toHaveProperty(plugin?.class as string);
  expect(() => readProperties(plugin?.properties)).not.toThrow();
});

test('the table of the page has every property, and the file of the pack is what Pulumi looks for', () => {
  const page = textOf('docs/guides/gates.md');
  for (const property of ['definition', 'trust', 'clusters', 'env', 'facts', 'evidence', 'audit', 'undecided']) expect(page).toContain(`\`${property}\``);
  expect(load(textOf('examples/gates/policy-pack/PulumiPolicy.yaml'))).toMatchObject({ runtime: 'nodejs' });
});
