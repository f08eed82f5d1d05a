import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StartContext, System } from './system';
import { PARTS } from '../parts';
import { NotToBeHad } from '../parts/part';

/** The clouds' providers, and that of Kubernetes: each is a recording one in their place. */
const PACKAGES = ['aws', 'azure-native', 'azuread', 'gcp', 'kubernetes'] as const;

const REGISTER = join(__dirname, '../../test/pulumi/support/register.js');

/** Pulumi's engine: its command line, and the plugins that it is to find. It runs when a suite deploys something. */
export const pulumi: System<'pulumi'> = {
  name: 'pulumi',
  start: async ({ folder, part }) => {
    const path = await part(PARTS.pulumi);
    const root = join(folder, 'cli');
    mkdirSync(join(root, 'bin'), { recursive: true });
    symlinkSync(path, join(root, 'bin/pulumi'));
    const plugins = PACKAGES.map(name => {
      const home = join(folder, 'plugins', name);
      mkdirSync(home, { recursive: true });
      const program = join(home, `pulumi-resource-${name}`);
      // It says that it is of the version of the SDK, as the real one would be.
      const { version } = JSON.parse(readFileSync(require.resolve(`@pulumi/${name}/package.json`), 'utf8')) as { readonly version: string };
      writeFileSync(program, `#!/bin/sh\nPLUGIN_VERSION='${version}' exec '${process.execPath}' -r '${REGISTER}' '${join(__dirname, 'pulumi-provider.ts')}' "$@"\n`);
      chmodSync(program, 0o700);
      return { name, path: home };
    });
    const scratch = join(folder, 'stacks');
    mkdirSync(scratch);
    const kubernetes = await realKubernetes(folder, part);
    return { facts: { root, plugins, scratch, ...(kubernetes !== undefined && { kubernetes }) }, stop: async () => undefined };
  },
};

/** The engine finds a provider by the name of its program. */
async function realKubernetes(folder: string, part: StartContext['part']): Promise<string | undefined> {
  try {
    const path = await part(PARTS.pulumiKubernetes);
    const home = join(folder, 'plugins', 'kubernetes-real');
    mkdirSync(home, { recursive: true });
    symlinkSync(path, join(home, 'pulumi-resource-kubernetes'));
    return home;
  } catch (error) {
    if (error instanceof NotToBeHad) return undefined;
    throw error;
  }
}
