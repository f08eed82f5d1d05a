/**
 * The package as a consumer gets it: packed, unpacked somewhere else, linted, compiled against in every module system
 * that its users have, and loaded. Nothing here reads the sources, and nothing needs a network.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import ts from 'typescript';
import { COPIES, MODULE_SYSTEMS, PROGRAMS, programText, type ModuleSystem, type Program } from './package/programs';
import { reachedFrom } from './package/reached';

const ROOT = join(__dirname, '..');
const BIN = join(ROOT, 'node_modules/.bin');

/** What may be in the package, and how large it may be. */
const FILES = /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|schema\/[\w.-]+\.json|lib\/(?!test\/).*\.(js|d\.ts))$/;
/** Six relying parties with their rules, proofs and documents, and the readers of what ten tools print. */
const MAX_UNPACKED_BYTES = 1_950_000;

/** The peers that loading an entry may load. An entry that is not listed loads nothing but itself. */
const MAY_LOAD: { readonly [entry: string]: readonly string[] } = { './cdk8s': ['cdk8s', 'constructs'], './pulumi': ['@pulumi/pulumi'] };

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: { readonly [entry: string]: { readonly types: string; readonly default: string } | string };
  readonly bin: { readonly [command: string]: string };
  readonly dependencies: { readonly [name: string]: string };
  readonly peerDependencies: { readonly [name: string]: string };
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
const entries = Object.entries(manifest.exports).flatMap(([entry, target]) => (typeof target === 'string' ? [] : [{ entry, ...target }]));
const specifierOf = (entry: string): string => posix.join(manifest.name, entry);
const faults: string[] = [];

function step(title: string, work: () => void): void {
  const before = faults.length;
  try {
    work();
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as { stdout?: string; stderr?: string; message: string };
    faults.push(`${title}: ${[String(stdout).trim(), String(stderr).trim()].filter(text => text !== '').join('\n') || message}`);
  }
  console.log(`${faults.length === before ? 'ok  ' : 'FAIL'} ${title}`);
}

const run = (command: string, args: readonly string[], cwd: string): string => execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const node = (args: readonly string[], cwd: string): string => run(process.execPath, args, cwd);

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(file => file.isFile())
    .map(file => relative(folder, join(file.parentPath, file.name)).split('\\').join('/'))
    .sort();
}

/** A project that has the package, and of everything else what it says. */
function consumer(home: string, tarball: string, packages: readonly string[]): string {
  const modules = join(home, 'node_modules');
  const own = join(modules, manifest.name);
  mkdirSync(own, { recursive: true });
  run('tar', ['-xzf', tarball, '--strip-components=1', '-C', own], home);
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
  for (const name of packages) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(modules, name), 'junction');
  }
  return own;
}

function checkFiles(own: string): void {
  const files = filesIn(own);
  for (const file of files) if (!FILES.test(file)) faults.push(`the package holds ${file}, which is none of a consumer's business`);
  for (const { entry, types, default: js } of entries) for (const file of [types, js]) if (!files.includes(posix.normalize(file))) faults.push(`exports["${entry}"] names ${file}, which is not in the package`);
  for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md']) if (!files.includes(file)) faults.push(`the package lacks ${file}`);
  const size = files.reduce((sum, file) => sum + statSync(join(own, file)).size, 0);
  console.log(`     ${files.length} files, ${size} bytes unpacked`);
  if (size > MAX_UNPACKED_BYTES) faults.push(`the package has ${size} bytes, more than the ${MAX_UNPACKED_BYTES} that it may have; lib has to be made by npm run compile, not by tsc alone`);
  const reached = reachedFrom(entries.map(({ types }) => join(own, types)));
  const weight = files.filter(file => file.endsWith('.d.ts') && !reached.has(join(own, file)));
  if (weight.length > 0) faults.push(`no entry reaches the declarations ${weight.slice(0, 3).join(', ')}: they are ${weight.length} files that nobody can import; lib has to be made by npm run compile`);
}

const SAMPLE = `
import { defineCluster, defineWorkloadIdentity, planWorkloadIdentities } from '${manifest.name}';
const blue = defineCluster({ name: 'blue', issuer: 'https://oidc.example.com' });
const checkout = defineWorkloadIdentity({ name: 'checkout', namespace: 'shop', clusters: [blue], trustedBy: { aws: { accountId: '111122223333' } } });
export const handles: readonly string[] = planWorkloadIdentities(checkout).edges.map(edge => edge.handle);
${entries.map(({ entry }, i) => `export * as entry${i} from '${specifierOf(entry)}';`).join('\n')}
`;

const MODULES: readonly { readonly title: string; readonly files: readonly string[]; readonly options: ts.CompilerOptions }[] = [
  { title: 'commonjs, node10', files: ['app.ts'], options: { module: ts.ModuleKind.CommonJS, moduleResolution: ts.ModuleResolutionKind.Node10 } },
  { title: 'node16, CommonJS and ESM', files: ['app.cts', 'app.mts'], options: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 } },
  { title: 'bundler', files: ['app.ts'], options: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler } },
];

/** Compiles the consumer; of libraries, our own declarations are checked too, and those of others are not. */
function compile(home: string, own: string, files: readonly string[], options: ts.CompilerOptions): ts.Program {
  const paths = files.map(file => join(home, file));
  for (const path of paths) writeFileSync(path, SAMPLE);
  const program = ts.createProgram(paths, {
    target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'], types: ['node'], strict: true, noUncheckedIndexedAccess: true, noEmit: true, skipLibCheck: false, ...options,
  });
  const checked = program.getSourceFiles().filter(({ fileName }) => paths.includes(fileName) || fileName.startsWith(own));
  const found = [
    ...program.getOptionsDiagnostics(),
    ...checked.flatMap(file => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ];
  if (found.length > 0) throw new Error(ts.formatDiagnostics(found, { getCanonicalFileName: name => name, getCurrentDirectory: () => home, getNewLine: () => '\n' }));
  return program;
}

/** The names of the values that an entry exports, as the types have them. */
function typedNames(program: ts.Program, own: string, types: string): readonly string[] {
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(join(own, types));
  const symbol = file && checker.getSymbolAtLocation(file);
  return (symbol === undefined ? [] : checker.getExportsOfModule(symbol))
    .filter(exported => isValue(exported, checker))
    .map(({ name }) => name).sort();
}

function isValue(exported: ts.Symbol, checker: ts.TypeChecker): boolean {
  /* eslint-disable no-bitwise */
  if ((exported.flags & ts.SymbolFlags.Alias) === 0) return (exported.flags & ts.SymbolFlags.Value) !== 0;
  const specifier = exported.declarations?.find(ts.isExportSpecifier);
  const typeOnly = specifier !== undefined && (specifier.isTypeOnly || specifier.parent.parent.isTypeOnly);
  return !typeOnly && (checker.getAliasedSymbol(exported).flags & ts.SymbolFlags.Value) !== 0;
  /* eslint-enable no-bitwise */
}

interface Loaded { readonly names: readonly string[]; readonly packages: readonly string[] }

/** Whatever lies in a folder above the consumer is none of its packages. */
const onlyIts = (home: string): string => `
  const Module = require('node:module');
  const pathsOf = Module._nodeModulePaths;
  Module._nodeModulePaths = from => pathsOf(from).filter(path => !from.startsWith(${JSON.stringify(home)}) || path.startsWith(${JSON.stringify(home)}));`;

/** What requiring an entry gives, and the packages that it loads. */
function required(home: string, entry: string): Loaded {
  const code = `${onlyIts(home)}
    const names = Object.keys(require(${JSON.stringify(specifierOf(entry))}));
    const packages = Object.keys(require.cache).map(file => /.*[\\\\/]node_modules[\\\\/]((?:@[^\\\\/]+[\\\\/])?[^\\\\/]+)/.exec(file)?.[1]).filter(Boolean);
    process.stdout.write(JSON.stringify({ names: names.sort(), packages: [...new Set(packages)] }));`;
  return JSON.parse(node(['-e', code], home)) as Loaded;
}

function importedNames(home: string, entry: string): readonly string[] {
  const code = `import * as entry from ${JSON.stringify(specifierOf(entry))};
    process.stdout.write(JSON.stringify(Object.keys(entry).filter(name => !['default', 'module.exports', '__esModule'].includes(name)).sort()));`;
  return JSON.parse(node(['--input-type=module', '-e', code], home)) as readonly string[];
}

function checkLoading(home: string, entry: string, typed: readonly string[]): void {
  const { names, packages } = required(home, entry);
  const imported = importedNames(home, entry);
  for (const [how, got] of [['require', names], ['import', imported]] as const) {
    if (got.join() !== typed.join()) faults.push(`${specifierOf(entry)}: its types export ${typed.join(', ')}, and ${how} gives ${got.join(', ')}`);
  }
  const mayLoad = MAY_LOAD[entry];
  const tooMuch = packages.filter(name => name !== manifest.name && (mayLoad === undefined || (name in manifest.peerDependencies && !mayLoad.includes(name))));
  if (tooMuch.length > 0) faults.push(`${specifierOf(entry)} loads ${tooMuch.join(', ')}`);
}

/** Functions, files and lines that a person can open, in code that has no comments any more. */
function checkStack(home: string, own: string): void {
  const code = `const { defineCluster } = require('${manifest.name}'); try { defineCluster({ name: 'B_AD', issuer: 'http://example.com' }); } catch (error) { process.stdout.write(error.stack); }`;
  const stack = node(['-e', code], home);
  const [, file, line] = /^ +at defineCluster \((.*define-cluster\.js):(\d+):\d+\)$/m.exec(stack) ?? [];
  const lines = file === undefined ? [] : readFileSync(file, 'utf8').split('\n');
  if (!stack.includes('[issuer/format]') || file === undefined || !file.startsWith(own) || !/throw new/.test(lines[Number(line) - 1] ?? '')) faults.push(`an error does not say where it comes from:\n${stack}`);
}

/** What editors show. */
function checkDocs(program: ts.Program, own: string): void {
  for (const { entry, types } of entries) {
    const checker = program.getTypeChecker();
    const file = program.getSourceFile(join(own, types)) as ts.SourceFile;
    const names = checker.getExportsOfModule(checker.getSymbolAtLocation(file) as ts.Symbol);
    const of = (symbol: ts.Symbol): ts.Symbol => ((symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol)); // eslint-disable-line no-bitwise
    const bare = names.filter(symbol => of(symbol).getDocumentationComment(checker).length === 0).map(({ name }) => name);
    if (bare.length > names.length / 10) faults.push(`${specifierOf(entry)}: of ${names.length} exports ${bare.length} have no documentation in the declarations: ${bare.slice(0, 5).join(', ')}`);
  }
}

function checkProgram(home: string, program: Program, system: ModuleSystem): void {
  const file = join(home, `${program}.${system}`);
  writeFileSync(file, programText(program, system));
  expectSame(`${program}.${system}`, node([file], home), PROGRAMS[program]);
}

/** Each of two packages has its copy, and they are given each other's definitions. */
function checkCopies(home: string, tarball: string): void {
  const file = join(home, 'copies.mjs');
  writeFileSync(file, programText('copies', 'mjs'));
  const inner = join(home, 'node_modules/other');
  mkdirSync(inner);
  consumer(inner, tarball, []);
  expectSame('two copies', node([file, home, inner], home), COPIES);
}

function expectSame(what: string, printed: string, expected: object): void {
  if (!isDeepStrictEqual(JSON.parse(printed), expected)) faults.push(`${what}: expected ${JSON.stringify(expected)}, got ${printed}`);
}

/** With no peer installed, an entry loads, or says which one to install. */
function checkWithoutPeers(home: string, entry: string): void {
  const code = `${onlyIts(home)}
    try { require(${JSON.stringify(specifierOf(entry))}); process.stdout.write('loads'); } catch (error) { process.stdout.write(String(error.code)); }`;
  const outcome = node(['-e', code], home);
  const wanted = MAY_LOAD[entry] === undefined ? 'loads' : 'ERR_MISSING_PEER';
  if (outcome !== wanted) faults.push(`${specifierOf(entry)} without its peers: expected ${wanted}, got ${outcome}`);
}

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'symbolon-package-')));
try {
  let tarball = '';
  step('npm pack', () => {
    const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', scratch], ROOT)) as { filename: string }[];
    tarball = join(scratch, packed?.filename ?? 'nothing was packed');
  });
  const home = join(scratch, 'consumer');
  mkdirSync(home);
  const own = consumer(home, tarball, [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies), '@types/node']);
  const alone = join(scratch, 'alone');
  mkdirSync(alone);
  consumer(alone, tarball, []);

  step('what is in it', () => checkFiles(own));
  step('publint', () => void run(join(BIN, 'publint'), ['run', own, '--pack', 'false', '--strict'], home));
  step('are the types wrong?', () => void run(join(BIN, 'attw'), [tarball, '--no-definitely-typed', '--format', 'ascii', '--no-color', '--no-emoji', '--exclude-entrypoints', './schema.json'], home));
  let program: ts.Program | undefined;
  for (const { title, files, options } of MODULES) {
    for (const exact of [true, false]) {
      step(`compiles: ${title}${exact ? ', exact optional properties' : ''}`, () => {
        program = compile(home, own, files, { ...options, exactOptionalPropertyTypes: exact });
      });
    }
  }
  for (const { entry, types } of entries) {
    step(`loads: ${specifierOf(entry)}`, () => {
      checkLoading(home, entry, program === undefined ? [] : typedNames(program, own, types));
      checkWithoutPeers(alone, entry);
    });
  }
  for (const each of Object.keys(PROGRAMS) as Program[]) {
    for (const system of MODULE_SYSTEMS) step(`runs: ${each}.${system}`, () => checkProgram(home, each, system));
  }
  step('two copies in one tree', () => checkCopies(home, tarball));
  step('declarations have their documentation', () => { if (program !== undefined) checkDocs(program, own); });
  step('stack traces can be read', () => checkStack(home, own));
  for (const [entry, target] of Object.entries(manifest.exports)) {
    if (typeof target === 'string') step(`resolves: ${specifierOf(entry)}`, () => void node(['-e', `require(${JSON.stringify(specifierOf(entry))})`], home));
  }
  for (const [command, file] of Object.entries(manifest.bin)) {
    step(`runs: ${command} --help`, () => void node([join(own, file), '--help'], home));
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
for (const fault of faults) console.error(`\n${fault}`);
if (faults.length > 0) process.exitCode = 1;
