import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs code of the user's. What it prints goes to stderr, since stdout is for the result; and what a cdk8s app
 * synthesises by itself goes to a folder that is thrown away, not into the user's output.
 */
export async function asGuest<T>(work: () => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-'));
  const { CDK8S_OUTDIR: before } = process.env;
  const { write } = process.stdout;
  process.env.CDK8S_OUTDIR = folder;
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof write;
  try {
    return await work();
  } finally {
    process.stdout.write = write;
    if (before === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = before;
    rmSync(folder, { recursive: true, force: true });
  }
}
