/** What the entries of the package import, read from the sources. That the packed package loads is for `npm run package-check`. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  exports: { [entry: string]: { types: string; default: string } | string };
  typesVersions: { [range: string]: { [entry: string]: string[] } };
  bin: { [command: string]: string };
  dependencies: object;
  peerDependencies: { [name: string]: string };
  peerDependenciesMeta: { [name: string]: { optional: boolean } };
};
const sourceOf = (built: string): string => built.replace(/^(\.\/)?lib\/(.*?)(\.d\.ts|\.js)$/, 'src/$2.ts');
const entries = Object.entries(manifest.exports).flatMap(([entry, target]) => (typeof target === 'string' ? [] : [[entry, sourceOf(target.default), target] as const]));

/** The command line is loaded by what stands in for it: its own program, and the validation plugin when cdk8s calls it. */
const COMMAND_LINE = /^src\/cli\//;

/** Every package that is imported from a file on, as a value or as a type, with the file that imports it. */
function importedFrom(start: string): Map<string, string> {
  const packages = new Map<string, string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file) || (COMMAND_LINE.test(file) && !COMMAND_LINE.test(start))) return;
    seen.add(file);
    for (const { fileName: specifier } of ts.preProcessFile(readFileSync(join(ROOT, file), 'utf8'), true, true).importedFiles) {
      const target = join(dirname(file), specifier);
      const found = [`${target}.ts`, join(target, 'index.ts')].find(candidate => existsSync(join(ROOT, candidate)));
      if (specifier.startsWith('.')) visit(relative('.', found ?? `${target} from ${file}`));
      else if (!isBuiltin(specifier)) packages.set(specifier, file);
    }
  };
  visit(start);
  return packages;
}
const nameOf = (specifier: string): string => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] as string;
const namesFrom = (file: string): readonly string[] => [...new Set([...importedFrom(file).keys()].map(nameOf))].sort();

test('every entry has a source, its types stand beside it, and older resolvers find the same', () => {
  for (const [entry, source, { types, default: built }] of entries) {
    expect(existsSync(join(ROOT, source))).toBe(true);
    expect(sourceOf(types)).toBe(sourceOf(built));
    if (entry !== '.') expect(manifest.typesVersions['*']?.[entry.replace('./', '')]).toEqual([types]);
  }
  expect(Object.keys(manifest.typesVersions['*'] ?? {})).toHaveLength(entries.length - 1);
  for (const file of Object.values(manifest.bin)) expect(readFileSync(join(ROOT, sourceOf(file)), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test('the import of the library loads a part of it: what defines, plans, proves and renders comes with the first call', () => {
  const program = `
    const library = require('./lib');
    const loaded = () => Object.keys(require.cache).map(file => require('node:path').relative('lib', file).replaceAll('\\\\', '/'));
    const before = loaded();
    library.defineWorkloadIdentity({ name: 'a', namespace: 'a', clusters: [{ name: 'a', issuer: 'https://a.example.com' }] });
    console.log(JSON.stringify([before, loaded()]));`;
  const { stdout } = spawnSync(process.execPath, ['-e', program], { cwd: ROOT, encoding: 'utf8' });
  const [before, after] = JSON.parse(stdout) as [string[], string[]];
  const late = /^(identity\/(define|plan|check|structure\.generated|inject)|kubernetes\/inject|proof\/run|issuer\/documents|providers\/\w+\/index)\.js$/;
  expect(before.filter(file => late.test(file))).toEqual([]);
  expect(after.filter(file => late.test(file))).toEqual(expect.arrayContaining(['identity/define.js', 'identity/structure.generated.js']));
});

test('every peer is optional: each entry needs its own only', () => {
  for (const name of Object.keys(manifest.peerDependencies)) expect(manifest.peerDependenciesMeta[name]).toEqual({ optional: true });
});

test.each<[string, readonly string[]]>([['.', []], ['./testing', []], ['./policy', []], ['./cdk8s', ['cdk8s', 'constructs']]])('%s imports of packages: %j', (entry, packages) => {
  expect(namesFrom(entries.find(([name]) => name === entry)?.[1] as string)).toEqual(packages);
});

test('the Pulumi entry imports of packages nothing but Pulumi\'s, and of clouds no root, which would load all of them', () => {
  const imported = importedFrom(entries.find(([name]) => name === './pulumi')?.[1] as string);
  for (const [specifier, file] of imported) expect({ file, name: nameOf(specifier) in manifest.peerDependencies }).toEqual({ file, name: true });
  const roots = [...imported].filter(([specifier]) => specifier === nameOf(specifier) && specifier !== '@pulumi/pulumi');
  expect(roots).toEqual([]);
  expect([...imported.keys()].filter(specifier => /cdk8s|constructs/.test(specifier))).toEqual([]);
});

test('what ships as a dependency is imported by the command line alone, and all of it is', () => {
  const cli = namesFrom(sourceOf(manifest.bin.symbolon as string)).filter(name => name in manifest.dependencies);
  expect(cli).toEqual(Object.keys(manifest.dependencies).sort());
});

test('nothing of it opens a connection: no telemetry, no updates, no look-ups', () => {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));
  const network = /from '(?:node:)?(?:https?|http2|net|tls|dgram|dns)(?:\/promises)?'|require\('(?:node:)?(?:https?|http2|net|tls|dgram|dns)'\)|\bfetch\(|new (?:WebSocket|XMLHttpRequest|EventSource)\b/;
  expect(files.filter(file => network.test(readFileSync(join(ROOT, 'src', file), 'utf8')))).toEqual([]);
});
