import { appendFileSync } from 'node:fs';
import { NOTES_VARIABLE } from '../../systems/facts';

/** What a suite adds to the report, besides which of its tests passed. */
export type Note =
  | { readonly suite: string; readonly count: string; readonly n: number }
  | { readonly suite: string; readonly table: string; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly suite: string; readonly notRun: string; readonly reason: string };

/** Says how many of something there were: `manifests applied`. Counts of one name are added up. */
export function count(suite: string, what: string, n: number): void {
  note({ suite, count: what, n });
}

/** Adds a table to the page. */
export function table(suite: string, title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  note({ suite, table: title, head, rows });
}

/** Says that a part of the suite was not run here, and why. */
export function notRun(suite: string, what: string, reason: string): void {
  note({ suite, notRun: what, reason });
}

/** A test; where there is a reason why it cannot be run here, one that counts as not run. */
export function testUnless(reason: string | undefined, suite: string, name: string, body: (() => void) | (() => Promise<void>), timeout?: number): void {
  if (reason === undefined) {
    test(name, body, timeout);
  } else {
    notRun(suite, name, reason);
    test.skip(name, body);
  }
}

function note(value: Note): void {
  const file = process.env[NOTES_VARIABLE];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(value)}\n`);
}
