import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Issue } from '../../core/issues';

/** As the cdk8s door calls its warnings. */
const WARNING = 'SymbolonWarning';

/**
 * Runs code of the user's. What it prints goes to stderr, since stdout is for the result; and what a cdk8s app
 * synthesises by itself goes to a folder that is thrown away, not into the user's output.
 *
 * @param warn  told of what constructs of ours warn of, which would go to stderr past everybody
 */
export async function asGuest<T>(work: () => Promise<T>, warn: (issue: Issue) => void): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-'));
  const { CDK8S_OUTDIR: before } = process.env;
  const { write } = process.stdout;
  const { emitWarning } = process;
  process.env.CDK8S_OUTDIR = folder;
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof write;
  process.emitWarning = (...said: readonly unknown[]) => {
    const issue = issueOf(said[0], said[1]);
    if (issue === undefined) Reflect.apply(emitWarning, process, said);
    else warn(issue);
  };
  try {
    return await work();
  } finally {
    process.stdout.write = write;
    process.emitWarning = emitWarning;
    if (before === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = before;
    rmSync(folder, { recursive: true, force: true });
  }
}

function issueOf(message: unknown, options: unknown): Issue | undefined {
  const { type, code } = typeof options === 'object' && options !== null ? options as { readonly type?: unknown; readonly code?: unknown } : {};
  if (type !== WARNING || typeof message !== 'string' || typeof code !== 'string') return undefined;
  return { code, severity: 'warning', path: message.slice(0, Math.max(0, message.indexOf(': expected '))), message };
}
