import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { StackOptions } from './stack';
import { blobWriter, gcsReader, s3Reader } from '../../../../examples/three-clouds/identities';
import { expectedOf, expectedOfPlan, type Expected } from '../../../../test/pulumi/support/expected';
import { definitionsOf } from '../programs/definitions';
import { planWorkloadIdentities, readFacts } from 'symbolon';

/** A program, and what it is to make. */
export interface Program {
  readonly name: string;
  readonly file: string;
  readonly options?: StackOptions;
  /** By the plan, and the facts that the program exports. */
  expected(outputs: unknown): readonly Expected[];
}

const EXAMPLE = join(__dirname, '../../../../examples/three-clouds/pulumi');
const project = load(readFileSync(join(EXAMPLE, 'Pulumi.yaml'), 'utf8')) as { readonly config: { readonly [key: string]: { readonly value: string } } };

export const PROGRAMS: readonly Program[] = [
  {
    name: 'the example of three clouds, its cloud half',
    file: join(EXAMPLE, 'index.ts'),
    options: { config: Object.fromEntries(Object.entries(project.config).map(([key, { value }]) => [key, value])) },
    expected: outputs => planWorkloadIdentities([blobWriter, s3Reader, gcsReader], readFacts(outputs)).trust.map(expectedOf),
  },
  {
    name: 'both halves of identities on several clusters',
    file: join(__dirname, '../programs/clusters.ts'),
    expected: outputs => {
      const { checkout, billing } = definitionsOf({});
      return expectedOfPlan(planWorkloadIdentities([checkout, billing], readFacts(outputs)));
    },
  },
];

export const CLUSTERS = (PROGRAMS[1] as Program).file;
export const programFile = (name: string): string => join(__dirname, '../programs', `${name}.ts`);
