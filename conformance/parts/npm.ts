import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache';
import { commandOutput } from './command';
import { fingerprintOf } from './fingerprint';
import type { Part } from './part';
import { VERSIONS } from './versions';

/**
 * Packages of npm in a folder of their own, from a lock file of ours (`npm/<name>/`). They are no development
 * dependencies: who works on the library does not wait for the SDKs of its users.
 */
export function npmPart(name: keyof typeof VERSIONS): Part {
  const version = VERSIONS[name];
  const home = join(__dirname, 'npm', name);
  return {
    name,
    version,
    get: async () => {
      const { dependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { readonly dependencies: { readonly [name: string]: string } };
      const other = Object.entries(dependencies).find(([, pinned]) => pinned !== version);
      if (other !== undefined) throw new Error(`conformance/parts/npm/${name}/package.json wants ${other.join(' ')}, and versions.ts ${version}`);
      return cached(`npm/${name}-${version}-${fingerprintOf(home)}`, async making => {
        process.stderr.write(`installing ${name} ${version} (once)\n`);
        cpSync(home, making, { recursive: true });
        await commandOutput('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: making });
      });
    },
  };
}
