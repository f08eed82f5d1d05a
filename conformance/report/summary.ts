import { countsOf, notRunIn, numberOf, type Outcome } from './outcome';

/** What a run says at its end. */
export function summaryOf(outcome: Outcome): string {
  const { suites, tests } = outcome;
  const notRun = notRunIn(outcome);
  return [
    '',
    ...suites.flatMap(({ name }) => [...countsOf(outcome, name)].map(([what, n]) => `${name}: ${n} ${what}`)),
    ...notRun.map(({ what, reason }) => `not run: ${what} (${reason})`),
    `${numberOf(tests, 'passed')} passed, ${numberOf(tests, 'failed')} failed, ${notRun.length} not run`,
    '',
  ].join('\n');
}
