import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
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
}

/**
 * A program built by the Go of this machine, from a module of our own that requires it (`go/<name>/`): `go install`
 * refuses modules with replace directives, and a module of our own also pins everything that the program is made of.
 */
export function goPart({ name, module, main, set = {}, asset }: GoProgram): Part {
  const version = VERSIONS[name];
  const home = join(__dirname, 'go', name);

  const build = async (): Promise<string> => {
    const goMod = readFileSync(join(home, 'go.mod'), 'utf8');
    const pinned = goMod.split('\n').some(line => line.replace(/^(require)?\s+/, '').replace(/\s*\/\/.*$/, '') === `${module} ${version}`);
    if (!pinned) throw new Error(`conformance/parts/go/${name}/go.mod does not require ${module} ${version}, as versions.ts does`);
    const go = await commandOutput('go', ['env', 'GOVERSION']);
    const folder = await cached(`go/${name}-${version}-${go}-${fingerprint(home)}`, async making => {
      process.stderr.write(`building ${name} ${version} (once)\n`);
      const flags = ['-s', '-w', ...Object.entries(set).map(([variable, value]) => `-X ${variable}=${value}`)];
      await commandOutput('go', ['build', '-mod=readonly', '-trimpath', '-ldflags', flags.join(' '), '-o', join(making, name), main], { cwd: home, env: { CGO_ENABLED: '0' } });
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

/** Of every file that the build is made from, besides the modules that go.sum pins. */
function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path => /\.(go|mod|sum)$/.test(path)).sort()) {
    hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
