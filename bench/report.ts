import { cpus } from 'node:os';
import type { Comparative, Growth, Trial } from './bench';
import type { Comparison } from './measure';

/** A line of the result: what was found, and whether that is within its target. */
export interface Line {
  readonly name: string;
  readonly measure: 'time' | 'memory' | 'growth' | 'works';
  readonly subject: string;
  readonly baseline: string;
  readonly ratio?: number;
  /** The baseline beside itself. */
  readonly noise?: number;
  readonly target?: number;
  readonly verdict: 'pass' | 'miss' | '';
  readonly says: string;
}

export function linesOf({ name, subject, baseline, targets = {} }: Comparative, result: Comparison): readonly Line[] {
  const says = `${subject.says} / ${baseline.says}`;
  const line = (measure: 'time' | 'memory', key: 'ms' | 'rss', unit: string): readonly Line[] => {
    const ratio = result.ratio[key];
    if (ratio === undefined) return [];
    const noise = result.noise[key] !== undefined && { noise: result.noise[key] };
    const amounts = { subject: amount(result.subject[key], unit), baseline: amount(result.baseline[key], unit) };
    return [{ name, measure, ...amounts, ...judged(ratio, targets[key]), ...noise, says }];
  };
  return [...line('time', 'ms', 'ms'), ...line('memory', 'rss', 'MiB')];
}

export function growthLine({ name, small, large, target }: Growth, results: ReadonlyMap<string, Comparison>): readonly Line[] {
  const [first, second] = [small, large].map(({ of, n }) => (results.get(of)?.subject.ms ?? NaN) / n);
  if (first === undefined || second === undefined || Number.isNaN(first + second)) return [];
  return [{
    name,
    measure: 'growth',
    subject: amount(second * 1000, 'µs'),
    baseline: amount(first * 1000, 'µs'),
    ...judged(second / first, target),
    says: `for each identity, at ${large.n} / at ${small.n}`,
  }];
}

export function trialLine({ name, says }: Trial, outcome: string): Line {
  return { name, measure: 'works', subject: outcome, baseline: '', verdict: 'pass', says };
}

function judged(ratio: number, target: number | undefined): Pick<Line, 'ratio' | 'target' | 'verdict'> {
  return { ratio, ...(target !== undefined && { target }), verdict: target === undefined ? '' : ratio <= target ? 'pass' : 'miss' };
}

function amount(value: number | undefined, unit: string): string {
  return `${(value ?? NaN).toFixed((value ?? 0) < 100 ? 1 : 0)} ${unit}`;
}

const HEADINGS = ['case', 'measure', 'subject', 'baseline', 'ratio', 'A/A', 'target', ''];

export function tableOf(lines: readonly Line[]): string {
  const ratio = (value: number | undefined): string => value?.toFixed(2) ?? '';
  const rows = [HEADINGS, ...lines.map(line => [line.name, line.measure, line.subject, line.baseline, ratio(line.ratio), ratio(line.noise), line.target === undefined ? '' : `≤ ${ratio(line.target)}`, line.verdict])];
  const widths = HEADINGS.map((_, i) => Math.max(...rows.map(row => row[i]?.length ?? 0)));
  return rows.map(row => row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ').trimEnd()).join('\n');
}

/** The page of the report. Machines are named by what matters here and by nothing else. */
export function pageOf(lines: readonly Line[], rounds: number): string {
  const rows = lines.map(line => [line.name, line.measure, line.subject, line.baseline, line.ratio?.toFixed(2) ?? '', line.noise?.toFixed(2) ?? '', line.target === undefined ? '' : `≤ ${line.target.toFixed(2)}`, line.verdict]);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    '# Performance',
    '',
    'What Symbolon costs, beside named baselines in the same run. Written by `npm run bench -- --report`.',
    '',
    `Node.js ${process.versions.node.split('.')[0] ?? ''}, ${cpus().length} cores. Each ratio is the median of at least ${rounds} rounds, each round runs baseline, subject and baseline again,`,
    'and A/A is the baseline beside itself: a ratio within that distance of 1 is noise. Ratios travel from machine to machine, milliseconds do not.',
    '',
    row(HEADINGS),
    row(HEADINGS.map(() => '---')),
    ...rows.map(row),
    '',
    'What is compared, subject / baseline:',
    '',
    ...[...new Map(lines.map(({ name, says }) => [name, says]))].map(([name, says]) => `- **${name}**: ${says}`),
    '',
  ].join('\n');
}
