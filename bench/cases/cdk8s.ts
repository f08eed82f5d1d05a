import type { Bench, Size } from '../bench';
import { workerTime, type Run } from '../measure';
import { inFolder, worker } from '../paths';
import { expectSame, manifestsIn } from '../verify';

const run = (name: string, n: number): Run => () => workerTime([worker(name), String(n)]);

/** The cdk8s door beside the same objects written by hand. */
export function cdk8s({ scale }: Size): Bench {
  const door = (n: number): Bench['comparisons'][number] => ({
    name: `cdk8s-door-${n}`,
    subject: { says: `${n} identities defined, attached to Deployments, synthesised`, run: run('cdk8s-door', n) },
    baseline: { says: 'the same objects by hand in cdk8s', run: run('cdk8s-hand', n) },
    targets: { ms: 1.10, rss: 1.25 },
    verify,
  });
  const [smallest, small, large] = [scale(100), scale(1000), scale(10000)];
  return {
    comparisons: [
      { ...door(smallest), targets: {} },
      door(small),
      door(large),
      {
        name: `cdk8s-floor-${large}`,
        subject: { says: 'the same objects by hand in cdk8s', run: run('cdk8s-hand', large) },
        baseline: { says: 'the same objects dumped by js-yaml', run: run('js-yaml', large) },
      },
    ],
    growth: [{ name: 'cdk8s-door-growth', small: { of: `cdk8s-door-${small}`, n: small }, large: { of: `cdk8s-door-${large}`, n: large }, target: 1.1 }],
  };
}

function verify(): void {
  const rendered = ['cdk8s-hand', 'cdk8s-door', 'js-yaml'].map(name => inFolder(folder => {
    workerTime([worker(name), '7', folder]);
    return manifestsIn(folder);
  }));
  for (const other of rendered.slice(1)) expectSame(other, rendered[0] ?? []);
}
