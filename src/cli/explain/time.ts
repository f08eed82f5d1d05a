import type { TimeReport, Times } from './bearer';
import { InputError } from '../../core/errors';

/** Seconds by which clocks may differ: STS of AWS and Entra allow five minutes, others less. */
const LEEWAY = 300;

/**
 * The moment that `--at` names, in seconds since 1970.
 *
 * @throws InputError for what is neither a moment with its zone nor a number of seconds
 */
export function readMoment(given: string): number {
  const seconds = /^\d{1,12}$/.test(given) ? Number(given) : Date.parse(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(given) ? given : '') / 1000;
  if (!Number.isNaN(seconds)) return seconds;
  throw new InputError(`--at: expected a moment such as 2026-03-01T12:00:00Z, or seconds since 1970, got ${JSON.stringify(given)}; for now: --at "$(date -u +%Y-%m-%dT%H:%M:%SZ)"`);
}

/** What the token's time has against it at a moment; without one, nothing is said of time. */
export function timeAt({ notBefore, expires }: Times, at: number | undefined): TimeReport {
  if (at === undefined) return {};
  if (expires !== undefined && at >= expires) return late(at - expires, `the token expired at ${shownMoment(expires)}, ${shownSpan(at - expires)} before ${shownMoment(at)}`);
  if (notBefore !== undefined && at < notBefore) return late(notBefore - at, `the token is not valid before ${shownMoment(notBefore)}, ${shownSpan(notBefore - at)} after ${shownMoment(at)}`);
  return {};
}

function late(by: number, says: string): TimeReport {
  return by > LEEWAY ? { fault: says } : { doubt: `${says}, and relying parties allow clocks to differ by some minutes` };
}

export function shownMoment(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** The two largest units of a span: `1 day 3 hours`. */
export function shownSpan(seconds: number): string {
  const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]] as const;
  let rest = Math.floor(seconds);
  const parts = units.flatMap(([name, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count} ${name}${count === 1 ? '' : 's'}`];
  });
  return parts.slice(0, 2).join(' ') || '0 seconds';
}
