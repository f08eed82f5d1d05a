import type { FileDiff } from './diff';
import { paragraphOf, sorted } from './words';

/** The version of the document. It changes when a field changes its meaning or goes away. */
const VERSION = 1;

/** What `--format json` prints. */
export function jsonOf(diff: FileDiff): string {
  const { before, after, decided, changes, undecided, unchanged } = diff;
  return `${JSON.stringify({ version: VERSION, before, after, changed: changes.length > 0, decided, summary: paragraphOf(diff, text => text), changes: sorted(changes), undecided, unchanged }, null, 2)}\n`;
}
