import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { against, readBaseline, writeBaseline, type Known } from './baseline';
import type { FindingLevel, Place } from '../../evidence';
import type { Spot } from '../evidence/lines';
import type { Io } from '../io';
import type { UserFile } from '../source/text';

/** What the commands that look for something find: what is wrong, whom it is about, and what to do. */
export interface CommandFinding {
  /** Stable, `room/rule`. */
  readonly code: string;
  readonly level: FindingLevel;
  /** In words that stay the same when files move: what a baseline knows it by. */
  readonly about: string;
  readonly message: string;
  readonly fix: string;
  readonly at?: Place;
  /** The steps out of it, in their order. */
  readonly plan?: readonly string[];
}

/** A finding with the place that an editor can open. */
export interface PlacedFinding extends CommandFinding {
  readonly spot?: Spot;
}

/** Findings, by what a baseline says of them. */
export interface Sorted<T> {
  /** What the baseline does not know. */
  readonly findings: readonly T[];
  /** What it knows. */
  readonly known: readonly T[];
  /** What it knows though it is not found any more. */
  readonly gone: readonly Known[];
}

/** What the user said of baselines. */
export interface BaselineOptions {
  readonly baseline?: string;
  /** Where a new baseline goes. */
  readonly writeTo?: string;
}

/**
 * Reads the baseline first, since a fault in it is to be said before any work is done; gives the function that sorts by it, and writes the new one.
 *
 * @throws SymbolonError when it cannot be read
 */
export function sorterBy({ baseline, writeTo }: BaselineOptions, { cwd }: Pick<Io, 'cwd'>): <T extends CommandFinding>(findings: readonly T[]) => Sorted<T> {
  const at = (shown: string): UserFile => ({ path: resolve(cwd, shown), shown });
  const before = baseline === undefined ? [] : readBaseline(at(baseline));
  return findings => {
    if (writeTo !== undefined) writeBaseline(at(writeTo), findings, reasonsIn(at(writeTo), before));
    const { fresh, known, gone } = against(findings, before);
    return { findings: fresh, known, gone };
  };
}

/** A baseline that is written anew keeps the reasons that people wrote into it. */
function reasonsIn(file: UserFile, baseline: readonly Known[]): readonly Known[] {
  return existsSync(file.path) ? [...baseline, ...readBaseline(file)] : baseline;
}

/** A finding as JSON has it: the place as a file and a line. */
export function plainOf({ at: _at, spot, ...finding }: PlacedFinding): object {
  return { ...finding, ...spot };
}
