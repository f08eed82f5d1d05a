import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrustDocument } from 'symbolon';

const ROOT = join(__dirname, '../../../..');

/** The AWS documents that `symbolon synth` writes for an example, in the order of its files. */
export function renderedBy(...argv: readonly string[]): readonly TrustDocument[] {
  const folder = mkdtempSync(join(tmpdir(), 'symbolon-conformance-documents-'));
  try {
    const { status, stderr } = spawnSync(process.execPath, ['lib/cli/bin.js', 'synth', ...argv, '--out', folder], { cwd: ROOT, encoding: 'utf8', env: { ...process.env, CDK8S_OUTDIR: folder } });
    if (status !== 0) throw new Error(stderr);
    const home = join(folder, 'cloud/aws');
    return readdirSync(home).sort().flatMap(file => (JSON.parse(readFileSync(join(home, file), 'utf8')) as { readonly documents: readonly TrustDocument[] }).documents);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
