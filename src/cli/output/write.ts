import { mkdirSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { FOLDERS, type OutputFile } from './documents';
import { missingFolders } from './exists';
import { acquire, disown, makeStaging, own, sweep, type Out } from './lock';
import { MARKER, markerOf, refuseForeign } from './owned';
import { swap } from './swap';
import { InputError, isSymbolonError } from '../../core/errors';
import { byText } from '../../core/names';
import { Interrupted, type Io } from '../io';

/** Files written before the process listens whether somebody wants it to stop. */
const BATCH = 200;

/**
 * Writes all files, or none. They are written to a temporary folder, and then its folders change places with those of
 * before; when anything fails, those of before stay or come back. Two runs at once do not mix. What a run that was
 * killed in that moment leaves half done, the next one puts back before it goes on.
 *
 * @param out  the folder, as a path and as the user calls it
 * @throws InputError when a folder holds something that was not written here, or cannot be written
 */
export async function writeAll(out: Out, files: readonly OutputFile[], io: Pick<Io, 'onInterrupt'>): Promise<void> {
  let signal: string | undefined;
  const ignore = io.onInterrupt?.(name => { signal = name; });
  const temporary: (() => void)[] = [];
  try {
    const made = makeFolder(out);
    if (made !== undefined) temporary.push(() => removeEmpty(out.path, made));
    for (const folder of FOLDERS) refuseForeign(join(out.path, folder), join(out.shown, folder));
    sweep(out.path);
    const staging = makeStaging(out.path);
    temporary.push(() => disown(staging));
    own(staging, FOLDERS.filter(folder => files.some(({ path }) => path.startsWith(`${folder}/`))));
    const pause = (): Promise<void> => listen(() => signal);
    await stage(join(staging, 'new'), files, pause);
    const { lock, release } = await acquire(out, staging, pause);
    try {
      // Another run may have been here meanwhile, and somebody else, too.
      swap(out.path, lock, folder => refuseForeign(join(out.path, folder), join(out.shown, folder)));
    } finally {
      release();
    }
  } catch (error) {
    if (isSymbolonError(error) || error instanceof Interrupted) throw error;
    throw new InputError(`${out.shown} cannot be written: ${(error as Error).message}; what was there before is untouched`, { cause: error });
  } finally {
    for (const remove of temporary.reverse()) quietly(remove);
    // Only now: whoever is impatient and asks again must not leave half of it behind.
    ignore?.();
  }
}

/** What cannot be removed lies in a hidden folder, out of the way, and must not hide what really happened. */
function quietly(step: () => void): void {
  try {
    step();
  } catch {
    // See above.
  }
}

async function stage(folder: string, files: readonly OutputFile[], pause: () => Promise<void>): Promise<void> {
  const made = new Set<string>();
  for (const [i, { path, text }] of [...files, ...markers(files)].entries()) {
    const parent = join(folder, dirname(path));
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(join(folder, path), text, { flag: 'wx' });
    if (i % BATCH === BATCH - 1) await pause();
  }
  await pause();
}

function markers(files: readonly OutputFile[]): readonly OutputFile[] {
  return FOLDERS.flatMap(folder => {
    const inside = files.filter(({ path }) => path.startsWith(`${folder}/`)).map(({ path }) => path.slice(folder.length + 1)).sort(byText);
    return inside.length === 0 ? [] : [{ path: `${folder}/${MARKER}`, text: markerOf(inside) }];
  });
}

async function listen(signal: () => string | undefined): Promise<void> {
  await new Promise(resolve => { setImmediate(resolve); });
  const name = signal();
  if (name !== undefined) throw new Interrupted(name);
}

/** Makes the folder and those above it; gives the first of them that was not there. */
function makeFolder({ path, shown }: Out): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() === false) throw new InputError(`${shown} is no folder; choose another with --out`);
  const missing = missingFolders(path);
  // One by one: Node's own recursive mkdir goes round for ever where a folder refuses all children, as /proc does.
  for (const folder of missing) mkdirSync(folder);
  return missing[0];
}

/** Takes back what {@link makeFolder} made, unless there is something in it. */
function removeEmpty(path: string, first: string): void {
  for (let folder = path; folder.length >= first.length; folder = dirname(folder)) rmdirSync(folder);
}
