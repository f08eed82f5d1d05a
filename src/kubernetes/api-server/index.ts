import type { TakenBy } from './check-audiences';
import type { ApiServerFlags } from './input';
import type { Issue } from '../../core/issues';

/** What is wrong with the flags. `takenBy` knows whose audiences there are besides those of API servers. */
export function checkFlags(flags: ApiServerFlags, takenBy: TakenBy): readonly Issue[] {
  // Who makes identities never asks.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { check } = require('./check') as typeof import('./check');
  return check(flags, takenBy);
}
