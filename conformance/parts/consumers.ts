import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache';
import { commandOutput } from './command';
import { fingerprintOf } from './fingerprint';
import type { Part } from './part';

const HOME = join(__dirname, 'consumers');

/** A folder of {@link HOME} each. */
export const CONSUMERS = [
  'node-20.0', 'node-20', 'node-22', 'node-lts', 'bun', 'deno', 'pnpm', 'cdk8s-oldest', 'cdk8s-newest', 'pulumi-oldest', 'pulumi-node-20', 'pulumi-newest', 'jest-29', 'jest-newest', 'vitest-node-20', 'vitest-newest',
] as const;

export type ConsumerName = typeof CONSUMERS[number];

/**
 * What users of the library have installed beside it, from a package.json and a lock file of ours (`consumers/<name>/`):
 * the oldest peers that it supports, the newest that there are, and Node.js itself, which is a package like the others.
 */
export function consumerPart(name: ConsumerName): Part {
  const home = join(HOME, name);
  return {
    name: `consumers/${name}`,
    version: Object.entries(pinnedIn(home)).map(([each, version]) => `${each} ${version}`).join(', '),
    get: () => cached(`consumers/${name}-${fingerprintOf(home)}`, async making => {
      process.stderr.write(`installing what the consumers of ${name} have (once)\n`);
      cpSync(home, making, { recursive: true });
      await commandOutput('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: making });
      if (name === 'pnpm') await fillStore(making);
    }),
  };
}

/** What its users chose; of what only runs and tests their code, the lock file tells. */
function pinnedIn(home: string): { readonly [name: string]: string } {
  const { dependencies = {}, devDependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as PackageJson;
  const own = ['jiti', 'js-yaml'];
  const chosen = Object.fromEntries(Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) => !own.includes(name) && !name.startsWith('@types/')));
  // One of these per machine, all of one version.
  const [runtime] = Object.entries(optionalDependencies);
  return runtime === undefined ? chosen : { [RUNTIMES.find(([begins]) => runtime[0].startsWith(begins))?.[1] ?? runtime[0]]: runtime[1] };
}

/** What runs code, or installs packages, by how the names begin of the packages that it comes as. */
const RUNTIMES = [['node-', 'Node.js'], ['@oven/bun-', 'Bun'], ['@deno/', 'Deno'], ['@pnpm/exe.', 'pnpm']] as const;

/** The program of a runtime, in the folder of its part. */
export function programIn(name: ConsumerName, folder: string): string {
  const { platform, arch } = process;
  const bun = arch === 'arm64' ? 'aarch64' : arch;
  const path = { bun: `@oven/bun-${platform}-${bun}/bin/bun`, deno: `@deno/${platform}-${arch}-glibc/deno`, pnpm: `@pnpm/exe.${platform}-${arch}/pnpm` }[name as string] ?? `node-${platform}-${arch}/bin/node`;
  return join(folder, 'node_modules', path);
}

/** Packages that projects of pnpm may have without a network: those of a project with `store.json` and its lock file. */
async function fillStore(folder: string): Promise<void> {
  const project = join(folder, 'store');
  mkdirSync(project);
  cpSync(join(folder, 'store.json'), join(project, 'package.json'));
  cpSync(join(folder, 'pnpm-lock.yaml'), join(project, 'pnpm-lock.yaml'));
  await commandOutput(programIn('pnpm', folder), ['install', '--frozen-lockfile', '--ignore-scripts', '--store-dir', '../pnpm-store', '--cache-dir', '../pnpm-cache'], { cwd: project });
}

interface PackageJson {
  readonly dependencies?: { readonly [name: string]: string };
  readonly devDependencies?: { readonly [name: string]: string };
  readonly optionalDependencies?: { readonly [name: string]: string };
}
