import type { Access, Instead } from './access';
import type { Lock, PlacedLine } from './file';
import { byText } from '../../core/names';
import type { PlacedFinding } from '../findings/placed';
import type { UserFile } from '../source/text';

/** Every code, and what it means. */
export const LOCK_FINDINGS = {
  'lock/unreviewed': 'Somebody gets in of whom the lock has no line.',
  'lock/stale': 'A line of the lock is about somebody who does not get in any more.',
  'lock/unasked': 'Lines of the lock are about what was not given.',
} as const;

type LockFinding = PlacedFinding & { readonly code: keyof typeof LOCK_FINDINGS };

/** A lock against what the proof found. */
export interface Compared {
  /** Lines that it has not, though they hold. */
  readonly fresh: readonly string[];
  /** Lines that it has, though they do not hold. */
  readonly stale: readonly PlacedLine[];
  /** Lines of which cannot be told whether they hold. */
  readonly open: readonly PlacedLine[];
}

export function compared(lock: Lock | undefined, { lines, judge }: Access): Compared {
  const known = lock?.lines ?? [];
  const texts = new Set(known.map(({ text }) => text));
  const prefixes = new Set(known.map(({ edge }) => edge?.prefix));
  const others = known.filter(({ text }) => !lines.has(text)).map(line => ({ line, says: judge(line) }));
  const isThere = ([text, { prefix, line = text }]: readonly [string, Instead]): boolean => (
    texts.has(text) || texts.has(line) || (prefix !== undefined && prefixes.has(prefix)));
  return {
    fresh: [...lines].filter(each => !isThere(each)).map(([line]) => line).sort(byText),
    stale: others.filter(({ says }) => says === 'gone').map(({ line }) => line),
    open: others.filter(({ says }) => says === 'unknown').map(({ line }) => line),
  };
}

/** As many as a sentence bears. */
const NAMED = 3;

/** What is wrong with a lock, in the words of whoever reviews it. */
export function findingsOf({ fresh, stale, open }: Compared, { shown }: Pick<UserFile, 'shown'>): readonly LockFinding[] {
  return [
    ...fresh.map((line): LockFinding => ({
      code: 'lock/unreviewed',
      level: 'error',
      about: line,
      spot: { file: shown },
      message: `${line}: nobody has reviewed that, since the lock has no such line`,
      fix: 'if it is meant, write the lock anew with --update-lock, and let somebody review the line; else take the access away',
    })),
    ...stale.map((line): LockFinding => ({
      code: 'lock/stale',
      level: 'error',
      about: line.text,
      spot: { file: shown, line: line.at },
      message: `${line.text}: that holds no more, and as long as the line stands there, it could come back unseen`,
      fix: 'take the line out, or write the lock anew with --update-lock; a lock is of one definition in one environment, so name another by --lock if this is none of yours',
    })),
    ...open.length === 0 ? [] : [{
      code: 'lock/unasked',
      level: 'warning',
      about: shown,
      spot: { file: shown },
      message: `${open.length} ${open.length === 1 ? 'line was' : 'lines were'} not judged, since nothing that was given decides about them: ${open.slice(0, NAMED).map(({ text }) => text).join('; ')}${open.length > NAMED ? `; and ${open.length - NAMED} more` : ''}`,
      fix: 'give everything that the lock is about, or take out what is no more: symbolon synth knows all of it',
    } as const],
  ];
}
