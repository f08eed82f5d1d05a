import { createHash } from 'node:crypto';
import { appendFileSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cached } from './cache';
import { commandOutput } from './command';
import { NotToBeHad, type Part } from './part';
import { VERSIONS } from './versions';

interface GoProgram {
  readonly name: keyof typeof VERSIONS;
  /** The module that the version is of. */
  readonly module: string;
  /** The main package. */
  readonly main: string;
  /** Variables that its makers set when they link it. */
  readonly set?: { readonly [variable: string]: string };
  /** The name of the binary among those that setup-envtest brings. */
  readonly asset?: string;
  /** What has to be another way here, in one of the module's files: nothing that the program decides. */
  readonly edit?: SourceEdit;
}

interface SourceEdit {
  /** Its path in the module. */
  readonly file: string;
  /** Pairs of texts: the first, which is there exactly once, becomes the second. */
  readonly replace?: readonly (readonly [string, string])[];
  /** Pairs of names beside the file: what the makers' own build copies, and under which name. */
  readonly copy?: readonly (readonly [string, string])[];
}

/**
 * A program built by the Go of this machine, from a module of our own that requires it (`go/<name>/`): `go install`
 * refuses modules with replace directives, and a module of our own also pins everything that the program is made of.
 */
export function goPart({ name, module, main, set = {}, asset, edit }: GoProgram): Part {
  const version = VERSIONS[name];
  const home = join(__dirname, 'go', name);

  const build = async (): Promise<string> => {
    const goMod = readFileSync(join(home, 'go.mod'), 'utf8');
    const pinned = goMod.split('\n').some(line => line.replace(/^(require)?\s+/, '').replace(/\s*\/\/.*$/, '') === `${module} ${version}`);
    if (!pinned) throw new Error(`conformance/parts/go/${name}/go.mod does not require ${module} ${version}, as versions.ts does`);
    const go = await commandOutput('go', ['env', 'GOVERSION']);
    const folder = await cached(`go/${name}-${version}-${go}-${fingerprint(home, edit)}`, async making => {
      process.stderr.write(`building ${name} ${version} (once)\n`);
      const flags = ['-s', '-w', ...Object.entries(set).map(([variable, value]) => `-X ${variable}=${value}`)];
      const sources = mkdtempSync(join(tmpdir(), 'symbolon-conformance-go-'));
      try {
        const cwd = edit === undefined ? home : await editedHome(home, module, edit, sources);
        await commandOutput('go', ['build', '-mod=readonly', '-trimpath', '-ldflags', flags.join(' '), '-o', join(making, name), main], { cwd, env: { CGO_ENABLED: '0' } });
      } finally {
        rmSync(sources, { recursive: true, force: true });
      }
    });
    return join(folder, name);
  };

  return {
    name,
    version,
    get: async () => {
      const assets = process.env.KUBEBUILDER_ASSETS;
      if (asset === undefined || assets === undefined) return build();
      const path = join(assets, asset);
      if (!existsSync(path)) throw new NotToBeHad(`KUBEBUILDER_ASSETS is set, and has no ${asset}`);
      return path;
    },
  };
}

/** A copy of our module in which the program's module is an edited copy too. */
async function editedHome(home: string, module: string, { file, replace = [], copy: copies = [] }: SourceEdit, folder: string): Promise<string> {
  const [ours, theirs] = [join(folder, 'home'), join(folder, 'module')];
  copy(home, ours);
  copy(await commandOutput('go', ['mod', 'download', '-json', module], { cwd: home }).then(json => (JSON.parse(json) as { Dir: string }).Dir), theirs);
  writeFileSync(join(theirs, file), replace.reduce(replaceOnce, readFileSync(join(theirs, file), 'utf8')));
  for (const [from, to] of copies) copyFileSync(join(theirs, dirname(file), from), join(theirs, dirname(file), to));
  appendFileSync(join(ours, 'go.mod'), `\nreplace ${module} => ${theirs}\n`);
  return ours;
}

/** With files that can be written and removed, which those of Go's module cache cannot. */
function copy(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.isDirectory()) copy(join(from, entry.name), join(to, entry.name));
    else writeFileSync(join(to, entry.name), readFileSync(join(from, entry.name)));
  }
}

function replaceOnce(source: string, [from, to]: readonly [string, string]): string {
  const parts = source.split(from);
  if (parts.length !== 2) throw new Error(`${JSON.stringify(from)} is there ${parts.length - 1} times; was the version changed?`);
  return parts.join(to);
}

/** Of everything that the build is made from, besides the modules that go.sum pins. */
function fingerprint(folder: string, edit: SourceEdit | undefined): string {
  const hash = createHash('sha256').update(edit === undefined ? '' : JSON.stringify(edit));
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path => /\.(go|mod|sum)$/.test(path)).sort()) {
    hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
