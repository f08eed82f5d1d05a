import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exists } from './exists';
import { undo } from './swap';
import { InputError } from '../../core/errors';

/** Held while folders change places, which takes a moment. It holds what is moved, so that whoever finds it after a kill can put everything back. */
const LOCK = '.symbolon.lock';
const TRIES = 40;

/** Begins the names of the folders in which everything is written first: `.symbolon-<process id>-…`. */
const STAGING = '.symbolon-';

/** Begins the name of a file that says whose a staging folder is: `owner.<process id>`. */
const OWNER = 'owner.';

/** The output folder, as a path and as the user calls it. */
export interface Out {
  readonly path: string;
  readonly shown: string;
}

interface Owner {
  readonly host: string;
  /** The folders that are to be moved in. */
  readonly folders: readonly string[];
}

/** What this very process is at work in. In a container the process that was killed may have had the same number. */
const held = new Set<string>();

/** Makes a staging folder. */
export function makeStaging(out: string): string {
  const staging = mkdtempSync(join(out, `${STAGING}${process.pid}-`));
  held.add(staging);
  return staging;
}

/** Writes down in a staging folder whose it is, and which folders it is to bring. */
export function own(staging: string, folders: readonly string[]): void {
  const owner: Owner = { host: hostname(), folders };
  writeFileSync(join(staging, `${OWNER}${process.pid}`), JSON.stringify(owner));
}

/** Removes a staging folder of this process. */
export function disown(staging: string): void {
  held.delete(staging);
  rmSync(staging, { recursive: true, force: true });
}

/**
 * Makes the staging folder the lock, for as long as nobody else's is it. The lock of a run that was killed is undone first.
 *
 * @param pause  called while somebody else has the lock
 * @returns where the staging folder is now, and how to give the lock back
 */
export async function acquire(out: Out, staging: string, pause: () => Promise<void>): Promise<{ readonly lock: string; readonly release: () => void }> {
  const lock = join(out.path, LOCK);
  for (let i = 0; i < TRIES; i++) {
    try {
      // Takes the place of nothing and of an empty folder, and of nothing else.
      renameSync(staging, lock);
      held.add(lock);
      return {
        lock,
        release: () => {
          held.delete(lock);
          renameSync(lock, staging);
        },
      };
    } catch (error) {
      if (!exists(lock)) throw error;
    }
    if (!recover(out.path, lock)) await sleep(50);
    await pause();
  }
  throw new InputError(`another symbolon is writing to ${out.shown}; wait for it, or, if it was killed on another machine, remove ${join(out.shown, LOCK)}`);
}

/** Clears away what runs that were killed had written when they had not moved anything yet. */
export function sweep(out: string): void {
  for (const name of readdirSync(out)) {
    const folder = join(out, name);
    if (!name.startsWith(STAGING)) continue;
    const dead = ifThere(() => deadOwnerOf(folder)) !== undefined || isForsaken(name, folder);
    if (dead) rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder without an owner's file: killed before it was written, or when the rest was about to go. Its name tells whose it is. */
function isForsaken(name: string, folder: string): boolean {
  const pid = /^\.symbolon-(\d+)-/.exec(name)?.[1];
  if (pid === undefined || held.has(folder) || isAlive(Number(pid))) return false;
  return ifThere(() => readdirSync(folder).some(file => file.startsWith(OWNER))) === false;
}

/** Puts back what a run that was killed left half done. True where there was such a run, and it is cleared away. */
function recover(out: string, lock: string): boolean {
  const cleared = ifThere(() => {
    const owner = deadOwnerOf(lock);
    if (owner === undefined) return false;
    // Of several that find it only one can rename the file.
    renameSync(join(lock, owner.file), join(lock, `${OWNER}${process.pid}`));
    undo(out, lock, owner.folders);
    const grave = join(out, `${STAGING}${process.pid}-undone`);
    renameSync(lock, grave);
    rmSync(grave, { recursive: true, force: true });
    return true;
  });
  // Not there: its owner, or another who found it, was quicker.
  return cleared ?? true;
}

function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Who left the folder behind; undefined where somebody may still be at work in it. */
function deadOwnerOf(folder: string): { readonly file: string; readonly folders: readonly string[] } | undefined {
  const file = held.has(folder) ? undefined : readdirSync(folder).find(name => name.startsWith(OWNER));
  if (file === undefined || isAlive(Number(file.slice(OWNER.length)))) return undefined;
  const text = readFileSync(join(folder, file), 'utf8');
  // Cut off: its writer was killed before it had moved anything.
  const { host, folders } = text.endsWith('}') ? JSON.parse(text) as Owner : { host: hostname(), folders: [] };
  return host === hostname() ? { file, folders } : undefined;
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
