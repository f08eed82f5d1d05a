import type { Paint, Tone } from '../colour';
import { rowsOf, type Row, type State } from './rows';
import { linesOf } from '../findings/text';
import { updateLine } from '../lock/lock';
import type { SynthResult } from '../synth';

const HEAD = ['identity', 'cluster', 'trusted by', 'becomes', 'verdict'] as const;
const TONES: { readonly [state in State]: Tone } = { admitted: 'good', refused: 'bad', open: 'warn', token: 'quiet' };

/** More lines than anybody reads; those that are refused are always shown. */
const MANY_ROWS = 100;
const MANY_FILES = 8;

/** The table, who else gets in, and what was written. */
export function tableOf({ answers, strangers, accepted, files, out, lock }: SynthResult, paint: Paint): string {
  const rows = rowsOf(answers, [...strangers, ...accepted]);
  const bad = rows.filter(row => row.state === 'refused');
  const shown = rows.length <= MANY_ROWS ? rows : [...bad, ...rows.filter(row => row.state !== 'refused').slice(0, MANY_ROWS)];
  return [
    ...table(shown, paint),
    ...(shown.length < rows.length ? [paint('quiet', `and ${rows.length - shown.length} more that hold (--json lists them)`)] : []),
    ...strangers.map(({ provider, becomes, by, who }) => `${paint('bad', 'STRANGER')}: ${who} becomes ${becomes} (${provider}), by ${by}`),
    ...accepted.map(({ provider, becomes, by, who, reason }) => `${paint('warn', 'accepted')}: ${who} becomes ${becomes} (${provider}), by ${by}: ${reason}`),
    ...(lock === undefined ? [] : [...linesOf({ findings: lock.findings, known: [], gone: [] }, paint), ...updateLine(lock)]),
    ...(files.length > 0 ? [filesLine(files, out)] : []),
  ].map(line => `${line}\n`).join('');
}

function table(rows: readonly Row[], paint: Paint): readonly string[] {
  if (rows.length === 0) return [];
  const widths = HEAD.map((head, i) => rows.reduce((width, { cells }) => Math.max(width, (cells[i] ?? '').length), head.length));
  const line = (cells: readonly string[], last: (text: string) => string): string => cells.map((cell, i) => (i === cells.length - 1 ? last(cell) : cell.padEnd(widths[i] ?? 0))).join('  ');
  return [paint('strong', line(HEAD, text => text)), ...rows.map(({ cells, state }) => line(cells, text => paint(TONES[state], text)))];
}

function filesLine(files: readonly string[], out: string): string {
  if (files.length <= MANY_FILES) return files.map(file => `${out}/${file}`).join(' · ');
  const counts = new Map<string, number>();
  for (const file of files) {
    const folder = file.slice(0, file.indexOf('/'));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].map(([folder, count]) => `${out}/${folder}: ${count} file${count === 1 ? '' : 's'}`).join(' · ');
}
