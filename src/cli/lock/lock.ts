import { dirname, join, resolve } from 'node:path';
import type { Access } from './access';
import { readLock, writeLock } from './file';
import { compared, findingsOf } from './findings';
import { InputError } from '../../core/errors';
import { KINDS } from '../diff/words';
import type { PlacedFinding } from '../findings/placed';
import type { Io } from '../io';
import type { LockOptions } from '../options';
import type { UserFile } from '../source/text';

/** What comes of a lock. */
export interface LockAnswer {
  /** The file, as the user calls it. */
  readonly file: string;
  readonly findings: readonly PlacedFinding[];
  /** Where it was written anew: what came in and what went, line by line. */
  readonly update?: { readonly gains: readonly string[]; readonly loses: readonly string[] };
}

/** A lock that is there, or is to be. */
export interface HeldLock {
  /** What is wrong with it. Nothing, where it is only to be. */
  compare(access: Access): LockAnswer;
  /** Writes it anew, if anything is to be changed: when all the rest holds. Lines that cannot be judged stay. */
  write(access: Access): LockAnswer;
}

/** The file beside a definition that is taken without being named. */
const NAME = 'symbolon.lock';

/**
 * Reads the lock, before any work is done: a fault in it is to be said first.
 *
 * @param definition  the definition file, as the user calls it
 * @returns undefined where there is no lock, and none is wanted
 * @throws InputError for a lock that is not there though it was named, or that is no lock
 */
export function lockFor({ lock, update }: LockOptions, definition: string | undefined, { cwd }: Pick<Io, 'cwd'>): HeldLock | undefined {
  const shown = lock ?? (definition === undefined ? undefined : besides(definition));
  if (shown === undefined) {
    if (update) throw new InputError(`--update-lock: expected the lock to write: --lock FILE, or --definition FILE, beside which ${NAME} lies`);
    return undefined;
  }
  const file: UserFile = { path: resolve(cwd, shown), shown };
  const before = readLock(file);
  if (before === undefined && !update) {
    if (lock === undefined) return undefined;
    throw new InputError(`${shown}: there is no such file; write it with --update-lock, and have it reviewed`);
  }
  return {
    compare: access => ({ file: shown, findings: before === undefined ? [] : findingsOf(compared(before, access), file) }),
    write: access => {
      const { fresh, stale, open } = compared(before, access);
      const loses = stale.map(({ text }) => text);
      const gone = new Set(loses);
      const kept = before?.lines.map(({ text }) => text).filter(text => !gone.has(text)) ?? [];
      if (before === undefined || fresh.length + stale.length > 0) writeLock(file, [...kept, ...fresh], before);
      return { file: shown, findings: findingsOf({ fresh: [], stale: [], open }, file), update: { gains: fresh, loses } };
    },
  };
}

function besides(definition: string): string {
  const folder = dirname(definition);
  return folder === '.' && !/^\.[\\/]/.test(definition) ? NAME : join(folder, NAME);
}

/** What was written, in one line. */
export function updateLine({ file, update }: LockAnswer): readonly string[] {
  if (update === undefined) return [];
  const [gains, loses] = [update.gains, update.loses].map(lines => lines.filter(line => !line.startsWith('cluster ')).length) as [number, number];
  const changes = [...gains === 0 ? [] : [KINDS.gains.says(gains)], ...loses === 0 ? [] : [KINDS.loses.says(loses)]];
  const clusters = changes.length === 0 && update.gains.length + update.loses.length > 0 ? ['what signs for clusters changes'] : changes;
  return [`${file}: ${clusters.length === 0 ? 'as it was' : `written, ${clusters.join(', ')}; let somebody review it`}`];
}
