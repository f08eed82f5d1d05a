/** File systems that refuse: a full disk, a limit, a read-only mount, folders and files of others. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { BIN, Folder, definitions, synthesise, type Ended, type Tree } from './support/folder';
import { count, testUnless } from '../support/report';

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

// A file system of its own, which nobody else sees.
const ALONE = ['--user', '--map-root-user', '--mount', 'sh', '-c'];
const mount = (options: string, where: string): string => `mount -t tmpfs -o ${options} none ${where}`;
const NO_MOUNTS = spawnSync('unshare', [...ALONE, mount('size=64k', '/tmp')]).status === 0 ? undefined : 'this machine lets nobody mount a file system of his own';

// What is in the mount is gone with it, so that the script itself compares.
const LIST = 'find dist | sort && find dist -type f | sort | xargs cat';

const MOUNTS: readonly (readonly [what: string, options: string, change: string, why: RegExp])[] = [
  ['a full disk', 'size=300k', ':', /ENOSPC/],
  ['a disk without room for more files', 'nr_inodes=40', ':', /ENOSPC/],
  ['a file system that became read-only', 'size=9m', 'mount -o remount,ro none dist', /EROFS/],
];
for (const [what, options, change, why] of MOUNTS) {
  testUnless(NO_MOUNTS, SUITE, what, () => {
    const folder = new Folder();
    mkdirSync(folder.out);
    folder.write('old.json', definitions('old', 5, 'explicit'));
    folder.write('new.json', definitions('new', 800));
    const first = `${mount(options, 'dist')} && "$1" "$2" synth old.json > old.log && { ${LIST}; } > before && ${change}`;
    const script = `${first} && { "$1" "$2" synth new.json; code=$?; } ; { ${LIST}; } > after; cmp before after || exit 99; exit $code`;
    const { status, stderr } = spawnSync('unshare', [...ALONE, script, 'sh', process.execPath, BIN], { cwd: folder.path, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(why) as string });
    expect(stderr).toContain('dist cannot be written');
    count(SUITE, 'refusals of the file system', 1);
  });
}

const asSomebody = isRoot ? { user: NOBODY } : {};
const NO_ONE_ELSE = !isRoot || (canRead(BIN) && canRead(process.execPath)) ? undefined : 'nobody but root can read the command line here';
const testAsSomebody = (what: string, body: () => Promise<void>): void => testUnless(NO_ONE_ELSE, SUITE, `without the permission ${what}`, body);

const FORBIDDEN: readonly (readonly [what: string, path: string])[] = [
  ['to write to the output folder', ''],
  ['to write to a folder in it', 'cloud'],
  ['to write to the last folder in it', 'patches'],
];
for (const [what, path] of FORBIDDEN) {
  testAsSomebody(what, async () => {
    const { folder, old } = await setUp();
    if (isRoot) for (const own of ['.', 'dist', 'dist/cloud', 'dist/kubernetes', 'dist/patches']) chownSync(join(folder.path, own), NOBODY, NOBODY);
    chmodSync(join(folder.out, path), 0o555);
    isRefused(folder, old, await folder.synth(['new.json'], asSomebody).ended, /dist cannot be written: EACCES.*what was there before is untouched/);
    chmodSync(join(folder.out, path), 0o755);
  });
}

testAsSomebody('to make the output folder', async () => {
  const { folder } = await setUp();
  rmSync(folder.out, { recursive: true });
  chmodSync(folder.path, 0o555);
  const { code, err } = await folder.synth(['new.json'], asSomebody).ended;
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/dist cannot be written: EACCES/) as string });
  chmodSync(folder.path, 0o755);
  count(SUITE, 'refusals of the file system', 1);
});

testAsSomebody('to read', async () => {
  const { folder, old } = await setUp();
  chmodSync(join(folder.path, 'new.json'), 0o000);
  isRefused(folder, old, await folder.synth(['new.json'], asSomebody).ended, /new\.json: it may not be read/);
  folder.write('facts.json', '{}');
  chmodSync(join(folder.path, 'facts.json'), 0o000);
  isRefused(folder, old, await folder.synth(['old.json', '--facts', 'facts.json'], asSomebody).ended, /facts\.json: it may not be read/);
});

/** Whether somebody who owns nothing could read the file: the home of root may be closed to others. */
function canRead(path: string): boolean {
  return spawnSync(process.execPath, ['-e', `require('node:fs').accessSync(${JSON.stringify(path)})`], { uid: NOBODY, gid: NOBODY, cwd: '/' }).status === 0;
}
