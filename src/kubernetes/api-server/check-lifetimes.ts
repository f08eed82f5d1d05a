import { BOOLEANS } from './check-gates';
import { durationSeconds } from './duration';
import type { Flags } from './flags';
import { complain, type Report } from '../../core/issues';
import { MAX_TOKEN_SECONDS } from '../projected-token';

const MAX = 'service-account-max-token-expiration';
const EXTEND = 'service-account-extend-token-expiration';
/** The lifetime of automounted tokens: the extension knows them by it. */
const AUTOMOUNTED_SECONDS = 3607;

/** How long tokens may live, and how long the automounted ones do. */
export function checkLifetimes(flags: Flags, report: Report): void {
  const max = checkMax(flags, report);
  const extend = flags.last(EXTEND);
  // A request that was shortened is no longer one of 3607 seconds, and is not extended.
  const never = max !== undefined && max > 0 && max < AUTOMOUNTED_SECONDS;
  if (never || (extend !== undefined && BOOLEANS.get(extend.value) !== true)) return;
  complain(report, 'api-server/extended-tokens', extend?.path ?? flags.placeFor(EXTEND), {
    expected: `${EXTEND} to be false`,
    got: extend?.value,
    severity: 'warning',
    fix: `automounted tokens say an hour and are good for a year${max === undefined || max === 0 ? '' : ', and the maximum does not shorten them'}; look at serviceaccount_stale_tokens_total, and switch it off when nothing is stale`,
  });
}

/** Seconds; undefined where it was not given, or cannot be read. */
function checkMax(flags: Flags, report: Report): number | undefined {
  const given = flags.last(MAX);
  if (given === undefined) return undefined;
  const { value, path } = given;
  const seconds = durationSeconds(value);
  if (seconds === undefined) {
    complain(report, 'api-server/max-expiration', path, { expected: 'a duration with units, such as 24h', got: value, fix: /^\d+$/.test(value) ? `write ${value}s if these are seconds` : 'write hours, minutes or seconds: 24h, 90m, 86400s' });
  } else if (seconds !== 0 && (seconds < 3600 || seconds > MAX_TOKEN_SECONDS)) {
    complain(report, 'api-server/max-expiration', path, { expected: `1h to ${MAX_TOKEN_SECONDS}s`, got: value, fix: 'the server does not start with another one; the shortest maximum is 1h' });
  }
  return seconds;
}
