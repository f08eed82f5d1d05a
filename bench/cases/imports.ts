import type { Bench } from '../bench';
import { processTime, type Run } from '../measure';
import { worker } from '../paths';

const run = (name: string): Run => () => processTime([worker(`import-${name}`)]);

/** What it costs to load each entry, beside what it stands on. */
export function imports(): Bench {
  return {
    comparisons: [
      {
        name: 'import-symbolon',
        subject: { says: 'node with symbolon loaded', run: run('symbolon') },
        baseline: { says: 'node with an empty file', run: run('nothing') },
        targets: { ms: 1.3 },
        times: 5,
      },
      {
        name: 'import-cdk8s',
        subject: { says: 'node with symbolon/cdk8s loaded', run: run('door-cdk8s') },
        baseline: { says: 'node with cdk8s and constructs loaded', run: run('cdk8s') },
        targets: { ms: 1.15 },
        times: 5,
      },
      {
        name: 'import-pulumi',
        subject: { says: 'node with symbolon/pulumi, and what an AWS binding loads when it is used', run: run('door-pulumi') },
        baseline: { says: 'node with @pulumi/pulumi and @pulumi/aws/iam loaded', run: run('pulumi') },
        targets: { ms: 1.05 },
        times: 3,
      },
    ],
  };
}
