/** Where package managers put things: pnpm's strict folders, and workspaces whose packages share or do not share one copy. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mustRun, runIn } from './support/project';
import { COPIES, MODULE_SYSTEMS, PROGRAMS, programText, type Program } from '../../../scripts/package/programs';
import { programIn, type ConsumerName } from '../../parts/consumers';
import { link } from '../consumers/support/project';
import { testUnless } from '../support/report';
import { system } from '../support/systems';

const SUITE = 'runtimes';
const { folders, missing, scratch, tarball } = system('consumers');
const lacks = (...parts: readonly ConsumerName[]): string | undefined => parts.map(part => missing[part]).find(reason => reason !== undefined);

const CDK8S = { cdk8s: '2.70.106', constructs: '10.8.1' };
const LIBRARY = { symbolon: `file:${tarball}` };

function folderOf(files: { readonly [path: string]: object | string }): string {
  const folder = realpathSync(mkdtempSync(join(scratch, 'layout-')));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

/** Installs from nothing but what the part has. */
function pnpmInstall(folder: string): void {
  const home = folders.pnpm as string;
  // It notes in its store who has what.
  for (const each of ['pnpm-store', 'pnpm-cache']) cpSync(join(home, each), join(folder, `.${each}`), { recursive: true });
  mustRun(programIn('pnpm', home), ['install', '--offline', '--ignore-scripts', '--strict-peer-dependencies', '--store-dir', join(folder, '.pnpm-store'), '--cache-dir', join(folder, '.pnpm-cache')], folder);
}

function expectToRun(folder: string, ...programs: readonly Program[]): void {
  const node = programIn('node-lts', folders['node-lts'] as string);
  for (const program of programs) {
    for (const modules of MODULE_SYSTEMS) {
      const file = join(folder, `${program}.${modules}`);
      writeFileSync(file, programText(program, modules));
      const { code, out } = runIn(folder, node, [file]);
      if (code !== 0) throw new Error(`${file}: ${out}`);
      expect(JSON.parse(out)).toEqual(PROGRAMS[program]);
    }
  }
}

function expectCopies(at: string, first: string, second: string): void {
  const file = join(at, 'copies.mjs');
  writeFileSync(file, programText('copies', 'mjs'));
  const { code, out } = runIn(at, programIn('node-lts', folders['node-lts'] as string), [file, first, second]);
  if (code !== 0) throw new Error(out);
  expect(JSON.parse(out)).toEqual(COPIES);
}

testUnless(lacks('pnpm', 'node-lts'), SUITE, 'pnpm: a project', () => {
  const folder = folderOf({ 'package.json': { name: 'app', private: true, dependencies: { ...LIBRARY, ...CDK8S } }, 'pnpm-workspace.yaml': 'hoist: false\n' });
  pnpmInstall(folder);
  expectToRun(folder, 'library', 'cdk8s');
  const { code, out } = runIn(folder, join(folder, 'node_modules/.bin/symbolon'), ['--version']);
  expect({ code, out }).toEqual({ code: 0, out: '0.0.0\n' });
});

testUnless(lacks('pnpm', 'node-lts'), SUITE, 'pnpm: a workspace, whose packages have a copy each, since their peers differ', () => {
  const folder = folderOf({
    'package.json': { name: 'workspace', private: true },
    // By default it would let all of them share the copy with the most peers, and let packages find what they do not depend on.
    'pnpm-workspace.yaml': 'packages: ["packages/*"]\ndedupePeerDependents: false\nhoist: false\n',
    'packages/identities/package.json': { name: 'identities', private: true, dependencies: { ...LIBRARY } },
    'packages/manifests/package.json': { name: 'manifests', private: true, dependencies: { ...LIBRARY, ...CDK8S } },
  });
  pnpmInstall(folder);
  const [identities, manifests] = ['identities', 'manifests'].map(name => join(folder, 'packages', name)) as [string, string];
  expectToRun(identities, 'library');
  expectToRun(manifests, 'library', 'cdk8s');
  expect(realpathSync(join(identities, 'node_modules/symbolon'))).not.toBe(realpathSync(join(manifests, 'node_modules/symbolon')));
  // A door whose peers are not there says so, however much of them lies elsewhere in the workspace.
  const node = programIn('node-lts', folders['node-lts'] as string);
  expect(runIn(identities, node, ['-e', 'try { require("symbolon/cdk8s") } catch ({ code }) { console.log(code) }'])).toEqual({ code: 0, out: 'ERR_MISSING_PEER\n' });
});

testUnless(lacks('cdk8s-newest', 'node-lts'), SUITE, 'npm: a workspace with one copy for all, and one package that has its own', () => {
  const folder = folderOf({
    'packages/manifests/package.json': { name: 'manifests', version: '1.0.0', private: true, dependencies: LIBRARY },
    'packages/other/package.json': { name: 'other', version: '1.0.0', private: true },
  });
  const packages = folders['cdk8s-newest'] as string;
  cpSync(join(packages, 'package-lock.json'), join(folder, 'package-lock.json'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...JSON.parse(readFileSync(join(packages, 'package.json'), 'utf8')) as object, name: 'root', workspaces: ['packages/*'] }));
  link(join(packages, 'node_modules'), join(folder, 'node_modules'));
  // npm writes this one in place, and the cache must stay as it is.
  rmSync(join(folder, 'node_modules/.package-lock.json'));
  mustRun('npm', ['install', '--offline', '--strict-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
  expectToRun(join(folder, 'packages/manifests'), 'library', 'cdk8s');
  const own = join(folder, 'packages/other/node_modules/symbolon');
  cpSync(realpathSync(join(folder, 'node_modules/symbolon')), own, { recursive: true });
  expectCopies(join(folder, 'packages/manifests'), join(folder, 'packages/manifests'), join(folder, 'packages/other'));
});
