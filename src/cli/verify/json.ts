import type { VerifyResult } from './verify';
import { plainOf } from '../findings/placed';

/** The version of the document. It changes when a field changes its meaning or goes away. */
const VERSION = 1;

/** What `--format json` prints. */
export function jsonOf({ holds, decided, verdicts, strangers, tokens, findings, known, gone, files, lock }: VerifyResult): string {
  return `${JSON.stringify({ version: VERSION, ok: holds && decided, holds, decided, files, verdicts, strangers, tokens, findings: findings.map(plainOf), known: known.map(plainOf), gone, ...(lock !== undefined && { lock: { file: lock.file, update: lock.update } }) }, null, 2)}\n`;
}
