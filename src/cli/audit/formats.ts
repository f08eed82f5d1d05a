import type { AuditResult } from './audit';
import { RULES } from '../../audit';
import { FINDINGS } from '../../evidence';
import type { Paint } from '../colour';
import { junitOf } from '../findings/junit';
import { plainOf } from '../findings/placed';
import { sarifOf } from '../findings/sarif';
import { counted, countedBy, linesOf } from '../findings/text';
import type { Format } from '../options';

/** The version of the JSON document. It changes when a field changes its meaning or goes away. */
const VERSION = 1;

/** The answer, as it was asked for. */
export function printed(format: Format, result: AuditResult, paint: Paint, version: string): string {
  const { holds, findings, known, gone, files } = result;
  switch (format) {
    case 'text':
      return [...linesOf(result, paint), `${counted(files, 'file')}: ${countedBy(['error', 'warning'], findings)}`].map(line => `${line}\n`).join('');
    case 'json':
      return `${JSON.stringify({ version: VERSION, ok: holds, files, findings: findings.map(plainOf), known: known.map(plainOf), gone }, null, 2)}\n`;
    case 'sarif':
      return sarifOf(result, codes(), version);
    case 'junit':
      return junitOf('symbolon audit', findings.length === 0 ? [{ classname: 'symbolon audit', name: 'nothing is found' }] : [], findings);
  }
}

/** Every code that there can be: those of the rules, and what can be said of files. */
function codes(): { readonly [code: string]: string } {
  const ofFiles = Object.entries(FINDINGS).filter(([code]) => code.startsWith('evidence/'));
  return Object.fromEntries([...RULES.map(({ code, says }) => [code, says] as const), ...ofFiles]);
}
