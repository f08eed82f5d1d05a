import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Size } from '../bench';
import { ENGINE_VARIABLE } from '../deployed';
import { workerTime, type Run } from '../measure';
import { ROOT, inFolder, worker } from '../paths';
import { expectSame } from '../verify';

const run = (name: string, n: number): Run => () => workerTime([worker(name), String(n)]);

/** The Pulumi door beside the same resources written by hand, under Pulumi's mocks. */
export function pulumi({ scale, quick }: Size): Bench {
  const door = (n: number): Bench['comparisons'][number] => ({
    name: `pulumi-door-${n}`,
    subject: { says: `${n} identities, both halves, under Pulumi's mocks`, run: run('pulumi-door', n) },
    baseline: { says: 'the same resources by hand', run: run('pulumi-hand', n) },
    targets: { ms: 1.10 },
    verify,
  });
  return {
    comparisons: [
      door(scale(100)),
      door(scale(1000)),
      // The engine is a part of the conformance suites, and takes minutes.
      ...(quick ? [] : [{
        name: 'pulumi-engine-1000',
        subject: { says: '1000 identities, both halves, deployed by Pulumi\'s engine with providers that make nothing', run: inEngine('engine-door', 1000) },
        baseline: { says: 'the same resources by hand', run: inEngine('engine-hand', 1000) },
        targets: { ms: 1.10 },
        times: 1 / 3,
      }]),
    ],
  };
}

function inEngine(name: string, n: number): Run {
  return () => {
    process.env[ENGINE_VARIABLE] ??= whereEngineIs();
    return workerTime([worker(name), String(n)]);
  };
}

function whereEngineIs(): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-r', join(ROOT, 'test/pulumi/support/register.js'), join(ROOT, 'conformance/parts/where.ts'), 'pulumi'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Pulumi's engine cannot be had: ${stderr}`);
  return stdout;
}

function verify(): void {
  const [ours, theirs] = ['pulumi-door', 'pulumi-hand'].map(name => inFolder(folder => {
    workerTime([worker(name), '3', folder]);
    return JSON.parse(readFileSync(join(folder, 'resources.json'), 'utf8')) as readonly unknown[];
  }));
  expectSame(ours ?? [], theirs ?? []);
}
