/** What a run found out: scores by folder, and every mutant that no test noticed. */
import { dirname } from 'node:path';

interface Mutant {
  readonly mutatorName: string;
  readonly replacement: string;
  readonly status: 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'RuntimeError' | 'CompileError' | 'Ignored' | 'Pending';
  readonly statusReason?: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number }; readonly end: { readonly line: number; readonly column: number } };
}

/** https://github.com/stryker-mutator/mutation-testing-elements/tree/master/packages/report-schema */
export interface Report {
  readonly files: { readonly [file: string]: { readonly source: string; readonly mutants: readonly Mutant[] } };
}

interface Score {
  readonly name: string;
  readonly killed: number;
  readonly timeout: number;
  readonly survived: number;
  readonly ignored: number;
  readonly percent: number;
}

interface Named extends Mutant {
  readonly file: string;
  /** What stands there, in one line. */
  readonly was: string;
}

export function summaryOf(report: Report): { readonly text: string; readonly score: number } {
  const scores = scoresOf(report);
  const survivors = mutantsOf(report).filter(isMissed);
  return {
    text: [
      ...survivors.map(({ file, location: { start }, mutatorName, was, replacement, status }) => `${file}:${start.line}:${start.column} ${status} ${mutatorName}: ${was} -> ${inLine(replacement)}`),
      ...scores.map(score => `${score.percent.toFixed(2)} % ${score.name}: ${score.killed} killed, ${score.timeout} timed out, ${score.survived} survived, ${score.ignored} left out`),
      '',
    ].join('\n'),
    score: scores.at(-1)?.percent ?? 0,
  };
}

/** The page of the report; the same for the same code. Lines of code move, so that it names what stands there instead. */
export function pageOf(report: Report): string {
  const mutants = mutantsOf(report);
  const rows = (chosen: readonly Named[], reason: boolean): readonly string[] => chosen.map(({ file, mutatorName, was, replacement, statusReason }) =>
    `| ${file} | ${mutatorName} | ${code(was)} | ${code(inLine(replacement))} |${reason ? ` ${statusReason ?? ''} |` : ''}`);
  const missed = mutants.filter(isMissed);
  const ignored = mutants.filter(({ status }) => status === 'Ignored');
  return [
    '# Mutation run',
    '',
    'Does a test fail when a rule is another? [Stryker](https://stryker-mutator.io/) changes the proof and the builders of trust, one place at a time. Written by `npm run mutation -- --report`.',
    '',
    '| folder | noticed | killed | timed out | survived | left out |',
    '|---|---|---|---|---|---|',
    ...scoresOf(report).map(rowOf),
    '',
    '## Files that were asked about',
    '',
    '| file | noticed | killed | timed out | survived | left out |',
    '|---|---|---|---|---|---|',
    ...Object.keys(report.files).sort().map(file => rowOf(scoreOf(file, mutants.filter(mutant => mutant.file === file)))),
    '',
    '## Left out',
    '',
    'Not asked about, each with the reason that Stryker gives. A static mutant stands in what a module does when it is loaded: `--static` asks about those too, in a run of its own.',
    '',
    '| file | mutator | code | instead | reason |',
    '|---|---|---|---|---|',
    ...rows(ignored, true),
    '',
    '## Survivors',
    '',
    '| file | mutator | code | instead |',
    '|---|---|---|---|',
    ...rows(missed, false),
    '',
  ].join('\n');
}

function mutantsOf({ files }: Report): readonly Named[] {
  return Object.entries(files).flatMap(([file, { source, mutants }]) => mutants.map(mutant => ({ ...mutant, file, was: inLine(textAt(source, mutant)) })));
}

function isMissed({ status }: Mutant): boolean {
  return status === 'Survived' || status === 'NoCoverage';
}

/** By folder, and all together at the end. Mutants that cannot run count for neither side. */
function scoresOf(report: Report): readonly Score[] {
  const mutants = mutantsOf(report);
  const folders = [...new Set(mutants.map(({ file }) => dirname(file)))].sort();
  return [...folders.map(folder => scoreOf(folder, mutants.filter(({ file }) => dirname(file) === folder))), scoreOf('all', mutants)];
}

function scoreOf(name: string, mutants: readonly Mutant[]): Score {
  const count = (...wanted: readonly Mutant['status'][]): number => mutants.filter(({ status }) => wanted.includes(status)).length;
  const [killed, timeout, survived] = [count('Killed'), count('Timeout'), count('Survived', 'NoCoverage')];
  return { name, killed, timeout, survived, ignored: count('Ignored'), percent: 100 * (killed + timeout) / Math.max(1, killed + timeout + survived) };
}

function rowOf({ name, percent, killed, timeout, survived, ignored }: Score): string {
  return `| ${name} | ${percent.toFixed(2)} % | ${killed} | ${timeout} | ${survived} | ${ignored} |`;
}

function textAt(source: string, { location: { start, end } }: Mutant): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines.map((line, i) => line.slice(i === 0 ? start.column - 1 : 0, i === last ? end.column - 1 : undefined)).join('\n');
}

function inLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 117)}...` : line;
}

function code(text: string): string {
  return `\`${text.replaceAll('`', '\'').replaceAll('|', '\\|')}\``;
}
