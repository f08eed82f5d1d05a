/** File systems that refuse: a full disk, a limit, a read-only mount, folders and files of others. */
import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BIN, Folder, definitions, synthesise, type Ended, type Tree } from './support/folder';
import { count, notRun } from '../support/report';

const SUITE = 'faults';
/** A user who owns nothing. Whoever has all rights is not refused anything. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

/** Output of before, and definitions whose output is larger. */
async function setUp(): Promise<{ readonly folder: Folder; readonly old: Tree }> {
  const folder = new Folder();
  folder.write('old.json', definitions('old', 5, 'explicit'));
  folder.write('new.json', definitions('new', 400));
  return { folder, old: await synthesise(folder, 'old.json') };
}

/** It fails as one that could not write, says so, and leaves what was there. */
function isRefused(folder: Folder, old: Tree, { code, err }: Pick<Ended, 'code' | 'err'>, why: RegExp): void {
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(why) as string });
  expect(folder.tree()).toEqual(old);
  expect(folder.hidden()).toEqual([]);
  count(SUITE, 'refusals of the file system', 1);
}

test('a file is larger than the process may write', async () => {
  const { folder, old } = await setUp();
  // In blocks of 512 or 1024 bytes, as the shell has it. The largest file has more than that.
  const { status, stderr } = spawnSync('sh', ['-c', 'ulimit -f 8 && exec "$@"', 'sh', process.execPath, BIN, 'synth', 'new.json'], { cwd: folder.path, encoding: 'utf8' });
  isRefused(folder, old, { code: status, err: stderr }, /dist cannot be written: EFBIG.*what was there before is untouched/);
});

/** Runs a script where the output folder is a file system of its own, which nobody else sees. Undefined where that is not allowed. */
function mounted(folder: Folder, options: string, script: string): Ended | undefined {
  const mount = `mount -t tmpfs -o ${options} none dist`;
  const alone = ['--user', '--map-root-user', '--mount', 'sh', '-c'];
  if (spawnSync('unshare', [...alone, mount], { cwd: folder.path }).status !== 0) return undefined;
  const { status, signal, stdout, stderr } = spawnSync('unshare', [...alone, `${mount} && ${script}`, 'sh', process.execPath, BIN], { cwd: folder.path, encoding: 'utf8' });
  return { code: status, signal, out: stdout, err: stderr };
}

// What is in the mount is gone with it, so that the script itself compares.
const LIST = 'find dist | sort && find dist -type f | sort | xargs cat';

test.each([
  ['a full disk', 'size=300k', ':', /ENOSPC/],
  ['a disk without room for more files', 'nr_inodes=40', ':', /ENOSPC/],
  ['a file system that became read-only', 'size=9m', 'mount -o remount,ro none dist', /EROFS/],
])('%s', (what, options, change, why) => {
  const folder = new Folder();
  mkdirSync(folder.out);
  folder.write('old.json', definitions('old', 5, 'explicit'));
  folder.write('new.json', definitions('new', 800));
  const script = `"$1" "$2" synth old.json > old.log && { ${LIST}; } > before && ${change} && { "$1" "$2" synth new.json; code=$?; } ; { ${LIST}; } > after; cmp before after || exit 99; exit $code`;
  const ended = mounted(folder, options, script);
  if (ended === undefined) return notRun(SUITE, what, 'this machine lets nobody mount a file system of his own');
  expect({ code: ended.code, err: ended.err }).toEqual({ code: 2, err: expect.stringMatching(why) as string });
  expect(ended.err).toContain('dist cannot be written');
  count(SUITE, 'refusals of the file system', 1);
});

describe('without the permission to write', () => {
  const readable = canRead(BIN) && canRead(process.execPath);
  const asSomebody = isRoot ? { user: NOBODY } : {};

  test.each<[string, (folder: Folder) => void]>([
    ['the output folder', ({ out }) => chmodSync(out, 0o555)],
    ['a folder in it', ({ out }) => chmodSync(join(out, 'cloud'), 0o555)],
    ['the last folder in it', ({ out }) => chmodSync(join(out, 'patches'), 0o555)],
  ])('%s', async (what, forbid) => {
    if (isRoot && !readable) return notRun(SUITE, `without the permission to write: ${what}`, 'nobody but root can read the command line here');
    const { folder, old } = await setUp();
    if (isRoot) for (const path of ['.', 'dist', 'dist/cloud', 'dist/kubernetes', 'dist/patches']) chownSync(join(folder.path, path), NOBODY, NOBODY);
    forbid(folder);
    isRefused(folder, old, await folder.synth(['new.json'], asSomebody).ended, /dist cannot be written: EACCES.*what was there before is untouched/);
    for (const path of ['', 'cloud', 'patches']) chmodSync(join(folder.out, path), 0o755);
  });

  test('where the output folder is to be made', async () => {
    if (isRoot && !readable) return notRun(SUITE, 'without the permission to make the output folder', 'nobody but root can read the command line here');
    const { folder } = await setUp();
    rmSync(folder.out, { recursive: true });
    chmodSync(folder.path, 0o555);
    const { code, err } = await folder.synth(['new.json'], asSomebody).ended;
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/dist cannot be written: EACCES/) as string });
    chmodSync(folder.path, 0o755);
    count(SUITE, 'refusals of the file system', 1);
  });

  test('or to read', async () => {
    if (isRoot && !readable) return notRun(SUITE, 'without the permission to read', 'nobody but root can read the command line here');
    const { folder, old } = await setUp();
    chmodSync(join(folder.path, 'new.json'), 0o000);
    isRefused(folder, old, await folder.synth(['new.json'], asSomebody).ended, /new\.json: it may not be read/);
    folder.write('facts.json', '{}');
    chmodSync(join(folder.path, 'facts.json'), 0o000);
    isRefused(folder, old, await folder.synth(['old.json', '--facts', 'facts.json'], asSomebody).ended, /facts\.json: it may not be read/);
  });
});

/** Whether somebody who owns nothing could read the file: where this one is root, its home may be closed to others. */
function canRead(path: string): boolean {
  if (!isRoot) {
    accessSync(path, constants.R_OK);
    return true;
  }
  return spawnSync(process.execPath, ['-e', `require('node:fs').accessSync(${JSON.stringify(path)})`], { uid: NOBODY, gid: NOBODY, cwd: '/' }).status === 0;
}
