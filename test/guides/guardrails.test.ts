/** What the guide shows is run: the commands understood, the program and the command of one mind. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { readArguments } from '../../src/cli/options';
import { allowedIn } from '../support/admission';
import type { KubernetesObject } from 'symbolon';

const ROOT = join(__dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/guides/guardrails.md'), 'utf8');

test('its commands are understood', () => {
  const commands = [...page.matchAll(/^\$ npx symbolon ([^|>\n]+)/gm)].map(([, command = '']) => command.trim().split(/\s+/));
  expect(commands.length).toBeGreaterThan(2);
  for (const command of commands) expect(() => readArguments(command)).not.toThrow();
});

test('the program makes what the command does', () => {
  const { stdout } = spawnSync(process.execPath, ['lib/cli/bin.js', 'guardrails', 'examples/guardrails/identities.ts', '--also', 'examples/guardrails/also.yaml'], { cwd: ROOT, encoding: 'utf8' });
  const policies = loadAll(stdout) as KubernetesObject[];
  expect(allowedIn(policies, 'shop')).toEqual({
    checkout: { 'https://payments.example.com': 900, 'istio-ca': 43200, 'sts.amazonaws.com': 86400 },
    default: { 'istio-ca': 43200 },
    stock: { '': 3607, 'istio-ca': 43200 },
  });
  process.env.CDK8S_OUTDIR = mkdtempSync(join(tmpdir(), 'symbolon-guardrails-'));
  // cdk8s orders the keys of what it writes in a way of its own.
  const { app } = require('../../examples/guardrails/app') as typeof import('../../examples/guardrails/app'); // eslint-disable-line @typescript-eslint/no-require-imports
  const [chart] = app.charts;
  rmSync(process.env.CDK8S_OUTDIR, { recursive: true });
  const partsOf = (objects: readonly KubernetesObject[]): readonly object[] => objects.map(({ kind, spec, metadata: { name } }) => ({ kind, name, spec }));
  expect(partsOf(chart?.toJson() as KubernetesObject[])).toEqual(partsOf(policies));
});
