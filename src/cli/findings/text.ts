import type { PlacedFinding, Sorted } from './placed';
import type { FindingLevel } from '../../evidence';
import type { Paint, Tone } from '../colour';

const TONES: { readonly [level in FindingLevel]: Tone } = { error: 'bad', undecided: 'warn', warning: 'warn' };

/** Everything that is found, each with its place and what to do, its steps under it; and what a baseline has to do with it. */
export function linesOf({ findings, known, gone }: Sorted<PlacedFinding>, paint: Paint): readonly string[] {
  return [
    ...findings.flatMap(finding => [lineOf(finding, paint), `  ${paint('quiet', 'fix')}: ${finding.fix}`, ...(finding.plan ?? []).map((step, i) => `    ${i + 1}. ${step}`)]),
    ...(known.length > 0 ? [paint('quiet', `${counted(known.length, 'finding')} that the baseline knows`)] : []),
    ...gone.map(({ code, about }) => `${paint('quiet', 'gone')}: ${code} ${about}: the baseline knows it, and it is not found any more; take it out`),
  ];
}

function lineOf({ level, code, message, spot }: PlacedFinding, paint: Paint): string {
  return `${shownSpot(spot)}${paint(TONES[level], level)}: ${message} [${code}]`;
}

/** The place before a message. */
export function shownSpot(spot: PlacedFinding['spot']): string {
  return spot === undefined ? '' : `${spot.file}${spot.line === undefined ? '' : `:${spot.line}`}: `;
}

/** `1 file`, `2 files`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** `2 error, 0 warning`. */
export function countedBy(levels: readonly FindingLevel[], findings: readonly PlacedFinding[]): string {
  return levels.map(level => `${findings.filter(finding => finding.level === level).length} ${level}`).join(', ');
}
