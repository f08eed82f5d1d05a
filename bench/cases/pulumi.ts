import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Size } from '../bench';
import { workerTime, type Run } from '../measure';
import { inFolder, worker } from '../paths';
import { expectSame } from '../verify';

const run = (name: string, n: number): Run => () => workerTime([worker(name), String(n)]);

/** The Pulumi door beside the same resources written by hand, under Pulumi's mocks. */
export function pulumi({ scale }: Size): Bench {
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
    ],
  };
}

function verify(): void {
  const [ours, theirs] = ['pulumi-door', 'pulumi-hand'].map(name => inFolder(folder => {
    workerTime([worker(name), '3', folder]);
    return JSON.parse(readFileSync(join(folder, 'resources.json'), 'utf8')) as readonly unknown[];
  }));
  expectSame(ours ?? [], theirs ?? []);
}
