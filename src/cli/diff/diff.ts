import { resolve, sep } from 'node:path';
import { InputError } from '../../core/errors';
import { diffAccess, type AccessDiff, type EvidenceSet } from '../../evidence';
import { readGiven, type Given } from '../evidence/given';
import { STDIN } from '../evidence/paths';
import type { Io } from '../io';
import type { DiffOptions } from '../options';
import { progressOn } from '../progress';

/** What came of it, and of what. */
export interface FileDiff extends AccessDiff {
  readonly before: string;
  readonly after: string;
  /** Everything on both sides could be decided. */
  readonly decided: boolean;
}

/**
 * Compares two files or folders.
 *
 * @throws SymbolonError when something cannot be read, or one of them lies in the other
 */
export async function diffFiles({ before, after, ...options }: DiffOptions, io: Pick<Io, 'cwd' | 'progress'>): Promise<FileDiff> {
  const [from, to] = [before, after].map(shown => (shown === STDIN ? STDIN : resolve(io.cwd, shown))) as [string, string];
  if (isIn(from, to) || isIn(to, from)) throw new InputError(`diff: expected two places beside each other, got ${before} and ${after}, of which one lies in the other; what is in both would be compared with itself`);
  const progress = progressOn(io);
  try {
    // Read at once, so that an evidence file may speak of both.
    const given = await readGiven({ ...options, paths: [before, after] }, io, progress);
    const many = given.evidence.documents.length;
    progress.say(`comparing ${many} documents`, many);
    return compared(before, after, given);
  } finally {
    progress.done();
  }
}

function compared(before: string, after: string, { evidence, clusters }: Given): FileDiff {
  const setOf = (shown: string): EvidenceSet => {
    const root = shown.replace(/[\\/]+$/, '');
    return { documents: evidence.documents.filter(({ at: { file } }) => file === shown || file.startsWith(`${root}/`)), clusters };
  };
  const diff = diffAccess(setOf(before), setOf(after));
  return { before, after, decided: diff.undecided.length === 0, ...diff };
}

function isIn(inner: string, outer: string): boolean {
  return inner !== outer && inner.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);
}
