import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LocalWorkspace, PulumiCommand, Stack } from '@pulumi/pulumi/automation';
import { timed } from './timed';

/** The variable that says where the engine is: `pulumi`, the program. */
export const ENGINE_VARIABLE = 'SYMBOLON_BENCH_ENGINE';

/** This file runs where it was built to, which is not where it stands. */
const ROOT = dirname(require.resolve('symbolon/package.json'));

const PACKAGES = ['aws', 'kubernetes'] as const;

/** Deploys a program once by Pulumi's own engine, with providers that make nothing. What it takes to start is the same for every program. */
export function deployed(program: (n: number) => void): void {
  timed(async (n, folder) => {
    const stack = await stackIn(folder, () => Promise.resolve(program(n)));
    await stack.up({ onOutput: () => undefined });
  });
}

async function stackIn(folder: string, program: () => Promise<void>): Promise<Stack> {
  const root = join(folder, 'cli');
  mkdirSync(join(root, 'bin'), { recursive: true });
  symlinkSync(process.env[ENGINE_VARIABLE] ?? '', join(root, 'bin/pulumi'));
  mkdirSync(join(folder, 'state'));
  const providers = PACKAGES.map(name => ({ name, path: recordingProvider(folder, name) }));
  const workspace = await LocalWorkspace.create({
    pulumiCommand: await PulumiCommand.get({ root }),
    workDir: folder,
    pulumiHome: join(folder, 'home'),
    program,
    projectSettings: { name: 'bench', runtime: 'nodejs', backend: { url: `file://${folder}/state` }, ...{ plugins: { providers } } },
    // Writing the whole state at every step grows with the square and is neither side's work: it is written once, at the end.
    envVars: { PULUMI_EXPERIMENTAL: 'true', PULUMI_SKIP_CHECKPOINTS: 'true', PULUMI_CONFIG_PASSPHRASE: 'bench', PULUMI_SKIP_UPDATE_CHECK: 'true', PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true', PULUMI_IGNORE_AMBIENT_PLUGINS: 'true', RECORD: '/dev/null' },
  });
  return Stack.createOrSelect('bench', workspace);
}

/** The one of the conformance suites. */
function recordingProvider(folder: string, name: string): string {
  const home = join(folder, 'plugins', name);
  mkdirSync(home, { recursive: true });
  const program = join(home, `pulumi-resource-${name}`);
  const { version } = JSON.parse(readFileSync(require.resolve(`@pulumi/${name}/package.json`), 'utf8')) as { readonly version: string };
  writeFileSync(program, `#!/bin/sh\nPLUGIN_VERSION='${version}' exec '${process.execPath}' -r '${join(ROOT, 'test/pulumi/support/register.js')}' '${join(ROOT, 'conformance/systems/pulumi-provider.ts')}' "$@"\n`);
  chmodSync(program, 0o700);
  return home;
}
