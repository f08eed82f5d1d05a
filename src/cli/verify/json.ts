import type { VerifyResult } from './verify';

/** The version of the document. It changes when a field changes its meaning or goes away. */
const VERSION = 1;

/** What `--format json` prints. */
export function jsonOf({ holds, decided, verdicts, strangers, tokens, findings, known, gone, files }: VerifyResult): string {
  const plain = ({ at: _at, spot, ...finding }: VerifyResult['findings'][number]): object => ({ ...finding, ...spot });
  return `${JSON.stringify({ version: VERSION, ok: holds && decided, holds, decided, files, verdicts, strangers, tokens, findings: findings.map(plain), known: known.map(plain), gone }, null, 2)}\n`;
}
