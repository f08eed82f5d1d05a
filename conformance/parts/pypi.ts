import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache';
import { commandOutput } from './command';
import { fingerprintOf } from './fingerprint';
import type { Part } from './part';
import { VERSIONS } from './versions';

/**
 * A package of PyPI in a virtual environment of its own, with everything that it needs at pinned versions
 * (`pypi/<name>/requirements.txt`). Its path is that of the environment's Python: the environment is moved when it is
 * finished, which scripts in it do not survive, and modules do.
 */
export function pypiPart(name: keyof typeof VERSIONS, requirement: string): Part {
  const version = VERSIONS[name];
  const home = join(__dirname, 'pypi', name);
  return {
    name,
    version,
    get: async () => {
      const requirements = join(home, 'requirements.txt');
      if (!readFileSync(requirements, 'utf8').split('\n').includes(`${requirement}==${version}`)) {
        throw new Error(`conformance/parts/pypi/${name}/requirements.txt does not want ${requirement} ${version}, as versions.ts does`);
      }
      const python = await commandOutput('python3', ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
      const folder = await cached(`pypi/${name}-${version}-python${python}-${fingerprintOf(home)}`, async making => {
        process.stderr.write(`installing ${name} ${version} (once)\n`);
        await commandOutput('python3', ['-m', 'venv', making]);
        await commandOutput(join(making, 'bin/python'), ['-m', 'pip', 'install', '--no-input', '--quiet', '--no-deps', '--requirement', requirements]);
      });
      return join(folder, 'bin/python');
    },
  };
}
