import type { PartOutcome } from '../parts/tracked';
import type { Suite } from '../suites';
import type { SuiteResults, TestResult } from '../suites/run';
import type { Systems } from '../systems/facts';

/** Everything that one run found out. */
export interface Outcome extends SuiteResults {
  readonly suites: readonly Suite[];
  readonly parts: readonly PartOutcome[];
  readonly systems: Systems;
  /** Why a system did not run, by name. */
  readonly missing: ReadonlyMap<keyof Systems, string>;
}

/** Something that did not run, and why. */
export interface NotRun {
  readonly what: string;
  readonly reason: string;
}

/** Everything that did not run: whole suites, and what suites said of their parts. */
export function notRunIn({ suites, missing, notes, tests }: Outcome): readonly NotRun[] {
  return [
    ...suites.flatMap(({ name, needs }) => {
      const reason = needs.map(need => missing.get(need)).find(each => each !== undefined);
      return reason === undefined ? [] : [{ what: name, reason }];
    }),
    ...notes.flatMap(note => ('notRun' in note ? [{ what: `${note.suite}: ${note.notRun}`, reason: note.reason }] : [])),
    ...tests.filter(({ status, suite, name }) => status === 'not run' && !notes.some(note => 'notRun' in note && note.suite === suite && note.notRun === name)).map(({ suite, name }) => ({ what: `${suite}: ${name}`, reason: 'left out by the suite' })),
  ];
}

/** How many tests of a suite had that end. */
export function numberOf(tests: readonly TestResult[], status: TestResult['status'], suite?: string): number {
  return tests.filter(test => test.status === status && (suite === undefined || test.suite === suite)).length;
}

/** The counts of a suite by name; those of one name are added up. */
export function countsOf({ notes }: Outcome, suite: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const note of notes) if ('count' in note && note.suite === suite) counts.set(note.count, (counts.get(note.count) ?? 0) + note.n);
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
