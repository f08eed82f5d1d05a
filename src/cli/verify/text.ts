import type { PlacedFinding, VerifyResult } from './verify';
import type { FindingLevel } from '../../evidence';
import type { Paint, Tone } from '../colour';

const TONES: { readonly [level in FindingLevel]: Tone } = { error: 'bad', undecided: 'warn', warning: 'warn' };

/** Everything that is found, each with its place and what to do, and what was looked at. */
export function textOf({ findings, known, gone, verdicts, files }: VerifyResult, paint: Paint): string {
  const admitted = verdicts.filter(verdict => verdict.admitted);
  return [
    ...admitted.map(({ cluster, workload, provider, becomes, reason, alsoAdmits }) => `${paint('good', 'admitted')}: ${workload} in ${cluster} becomes ${becomes} (${provider}): ${reason}${alsoAdmits.length === 0 ? '' : `; also ${alsoAdmits.join('; ')}`}`),
    ...findings.map(finding => lineOf(finding, paint)),
    ...(known.length > 0 ? [paint('quiet', `${counted(known.length, 'finding')} that the baseline knows`)] : []),
    ...gone.map(({ code, about }) => `${paint('quiet', 'gone')}: ${code} ${about}: the baseline knows it, and it is not found any more; take it out`),
    summaryOf(findings, verdicts.length, files),
  ].map(line => `${line}\n`).join('');
}

function lineOf({ level, code, message, fix, spot }: PlacedFinding, paint: Paint): string {
  const place = spot === undefined ? '' : `${spot.file}${spot.line === undefined ? '' : `:${spot.line}`}: `;
  return `${place}${paint(TONES[level], level)}: ${message} [${code}]\n  ${paint('quiet', 'fix')}: ${fix}`;
}

function summaryOf(findings: readonly PlacedFinding[], verdicts: number, files: number): string {
  const counts = (['error', 'undecided', 'warning'] as const).map(level => `${findings.filter(finding => finding.level === level).length} ${level}`);
  return `${counted(files, 'file')}, ${counted(verdicts, 'verdict')}: ${counts.join(', ')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
