/**
 * Makes what a release is in `dist/release`: the tarball, what it is made of (CycloneDX), and the notes. `npm run release-check`; nothing is
 * published, and nothing needs a network. A version of 0.0.0 is a rehearsal.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notesOf, shippedOf, sbomFaults, type Lock, type Sbom } from './package/release';

const ROOT = join(__dirname, '..');
const OUT = join(ROOT, 'dist/release');
const REHEARSAL = '0.0.0';

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const npm = (...args: readonly string[]): string => execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * 1024 * 1024 });

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies: { readonly [name: string]: string };
  readonly scripts: { readonly [name: string]: string };
}

/** In a project that has what ships and nothing else: npm leaves out what development needs as well. It calls the project by its folder. */
function sbomOf(whole: Lock): string {
  const { name, version, license, dependencies } = manifest;
  const own = { name, version, license, dependencies };
  const home = mkdtempSync(join(tmpdir(), 'symbolon-release-'));
  const project = join(home, name);
  try {
    mkdirSync(project);
    writeFileSync(join(project, 'package.json'), JSON.stringify(own));
    const packages = Object.fromEntries(shippedOf(whole, Object.keys(dependencies)).map(({ path }) => [path, whole.packages[path]]));
    writeFileSync(join(project, 'package-lock.json'), JSON.stringify({ name, version, lockfileVersion: 3, requires: true, packages: { '': own, ...packages } }));
    return execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  } finally {
    rmSync(home, { recursive: true });
  }
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const faults: string[] = [];

for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) if (manifest.scripts[script] !== undefined) faults.push(`package.json has the script ${script}: nothing may run where the package is installed`);

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const [packed] = JSON.parse(npm('pack', '--json', '--pack-destination', OUT)) as readonly [{ readonly filename: string; readonly integrity: string }];

const lock = JSON.parse(read('package-lock.json')) as Lock;
const sbom = sbomOf(lock);
faults.push(...sbomFaults(JSON.parse(sbom) as Sbom, manifest, shippedOf(lock, Object.keys(manifest.dependencies)).map(({ id }) => id)));
writeFileSync(join(OUT, `${manifest.name}-${manifest.version}.cdx.json`), sbom);

const notes = notesOf(read('CHANGELOG.md'), manifest.version === REHEARSAL ? 'Unreleased' : manifest.version);
if (notes === undefined) faults.push(`CHANGELOG.md has no section "## ${manifest.version}": a release says what is new`);
else writeFileSync(join(OUT, 'notes.md'), notes);

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`${packed.filename} ${packed.integrity}${manifest.version === REHEARSAL ? ' (a rehearsal: it has no version yet)' : ''}`);
