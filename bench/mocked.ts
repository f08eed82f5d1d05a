import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { timed } from './timed';

/** Runs a Pulumi program under Pulumi's own mocks, to its end; what it made is kept where somebody wants to compare. */
export function mocked(program: (n: number) => void): void {
  timed(async (n, outdir) => {
    const made: unknown[] = [];
    await pulumi.runtime.setMocks({
      newResource: ({ type, inputs }) => {
        if (process.argv[3] !== undefined && !type.startsWith('symbolon:')) made.push({ type, inputs: inputs as unknown });
        const { name } = inputs as { name?: string };
        return { id: String(name), state: { ...inputs, arn: `arn:aws:iam::111122223333:role/${String(name)}` } };
      },
      call: ({ inputs }) => inputs,
    });
    program(n);
    await pulumi.runtime.disconnect();
    if (process.argv[3] !== undefined) writeFileSync(join(outdir, 'resources.json'), JSON.stringify(made));
  });
}
