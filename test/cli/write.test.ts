import { hostname } from 'node:os';
import { join } from 'node:path';
import { workspace, type Workspace } from './workspace';
import { Interrupted } from '../../src/cli/io';
import type { OutputFile } from '../../src/cli/output/documents';
import { writeAll } from '../../src/cli/output/write';

/** The module itself, not a copy of its names: what is broken here is broken for everybody. */
const fs = jest.requireActual<typeof import('node:fs')>('node:fs');

const files = (text: string, count = 1): readonly OutputFile[] => [
  ...Array.from({ length: count }, (_, i) => ({ path: `kubernetes/blue/ns-${i}.yaml`, text })),
  { path: 'cloud/aws/checkout.json', text },
];
const write = (space: Workspace, what: readonly OutputFile[], out = 'dist', io = {}): Promise<void> => writeAll({ path: join(space.dir, out), shown: out }, what, io);
const texts = (space: Workspace, out = 'dist'): object => Object.fromEntries(Object.entries(space.tree(out)).filter(([path]) => !path.endsWith('.symbolon')));

/** Makes a function of the file system fail from its n-th call on, or whenever a path is of interest. */
function breakFs(name: 'renameSync' | 'writeFileSync' | 'mkdirSync', when: (call: number, args: readonly unknown[]) => boolean, code = 'ENOSPC'): void {
  const real = fs[name] as (...args: unknown[]) => unknown;
  let call = 0;
  jest.spyOn(fs, name as 'renameSync').mockImplementation(((...args: unknown[]) => {
    if (when(++call, args)) throw Object.assign(new Error(`${code}: injected`), { code });
    return real(...args);
  }) as never);
}
afterEach(() => jest.restoreAllMocks());

describe('output is written as a whole', () => {
  test('into a folder that is not there', async () => {
    const space = workspace();
    await write(space, files('new'), 'a/b/dist');
    expect(texts(space, 'a/b/dist')).toEqual({ 'cloud/aws/checkout.json': 'new', 'kubernetes/blue/ns-0.yaml': 'new' });
  });

  test('not into a folder that can have no children, and not tried for ever', async () => {
    const space = workspace();
    breakFs('mkdirSync', (_call, [path]) => String(path).endsWith('/deep'), 'ENOENT');
    await expect(write(space, files('new'), 'a/deep/dist')).rejects.toMatchObject({ code: 'ERR_INPUT', message: expect.stringContaining('cannot be written') as string });
  });

  test('in place of what was written before, so that nothing old stays', async () => {
    const space = workspace();
    await write(space, [...files('old', 3), { path: 'patches/blue/shop.yaml', text: 'old' }]);
    await write(space, files('new'));
    expect(texts(space)).toEqual({ 'cloud/aws/checkout.json': 'new', 'kubernetes/blue/ns-0.yaml': 'new' });
    expect(fs.readdirSync(join(space.dir, 'dist')).sort()).toEqual(['cloud', 'kubernetes']);
  });

  test('beside what others keep in the same folder', async () => {
    const space = workspace({ 'dist/main.js': 'theirs', 'dist/kubernetes.md': 'theirs', 'dist/.symbolon.txt': 'theirs' });
    await write(space, files('new'));
    await write(space, files('newer'));
    expect(texts(space)).toEqual({ 'main.js': 'theirs', 'kubernetes.md': 'theirs', '.symbolon.txt': 'theirs', 'cloud/aws/checkout.json': 'newer', 'kubernetes/blue/ns-0.yaml': 'newer' });
  });

  test('into the folder that one is in', async () => {
    const space = workspace({ 'identity.yaml': 'mine' });
    await write(space, files('new'), '.');
    expect(space.read('identity.yaml')).toBe('mine');
    expect(space.read('cloud/aws/checkout.json')).toBe('new');
  });

  test('with a mark that kubectl passes over, the same for the same files', async () => {
    const [one, other] = [workspace(), workspace()];
    await write(one, files('new', 3));
    await write(other, [...files('new', 3)].reverse());
    expect(one.tree('dist')).toEqual(other.tree('dist'));
    expect(Object.keys(one.tree('dist')).filter(path => /\.(ya?ml|json)$/.test(path))).toHaveLength(4);
  });
});

describe('somebody else\'s files are never replaced', () => {
  test.each([
    ['a folder that was never ours', { 'dist/kubernetes/mine.yaml': 'mine' }, 'dist/kubernetes/mine.yaml was not written by symbolon'],
    ['a file in the place of a folder', { 'dist/cloud': 'mine' }, 'dist/cloud is no folder'],
    ['a file in the place of the output', { dist: 'mine' }, 'dist is no folder'],
  ])('%s', async (_what, theirs, message) => {
    const space = workspace(theirs);
    const before = space.tree();
    await expect(write(space, files('new'))).rejects.toMatchObject({ code: 'ERR_INPUT', message: expect.stringContaining(message) as string });
    expect(space.tree()).toEqual(before);
  });

  test('a file that was added to a folder of ours', async () => {
    const space = workspace();
    await write(space, files('old'));
    space.write('dist/kubernetes/blue/kustomization.yaml', 'mine');
    const before = space.tree();
    await expect(write(space, files('new'))).rejects.toMatchObject({ code: 'ERR_INPUT', message: expect.stringContaining('dist/kubernetes/blue/kustomization.yaml was not written by symbolon') as string });
    expect(space.tree()).toEqual(before);
  });

  test('a file that is added while we write', async () => {
    const space = workspace();
    await write(space, files('old'));
    const running = write(space, files('new', 500));
    space.write('dist/kubernetes/mine.yaml', 'mine');
    await expect(running).rejects.toMatchObject({ code: 'ERR_INPUT', message: expect.stringContaining('dist/kubernetes/mine.yaml was not written by symbolon') as string });
    expect(texts(space)).toEqual({ 'cloud/aws/checkout.json': 'old', 'kubernetes/blue/ns-0.yaml': 'old', 'kubernetes/mine.yaml': 'mine' });
  });

  test('a link in the place of a folder', async () => {
    const space = workspace({ 'elsewhere/precious.yaml': 'mine', 'dist/main.js': '' });
    fs.symlinkSync(join(space.dir, 'elsewhere'), join(space.dir, 'dist/kubernetes'));
    await expect(write(space, files('new'))).rejects.toMatchObject({ code: 'ERR_INPUT' });
    expect(space.read('elsewhere/precious.yaml')).toBe('mine');
    fs.rmSync(join(space.dir, 'elsewhere/precious.yaml'));
    await expect(write(space, files('new'))).rejects.toMatchObject({ code: 'ERR_INPUT', message: expect.stringContaining('dist/kubernetes is no folder') as string });
  });
});

describe('when something fails, what was there before stays, and nothing else', () => {
  test.each([
    ['the disk is full at the first file', () => breakFs('writeFileSync', call => call > 1)],
    ['the disk is full at the last file', () => breakFs('writeFileSync', call => call === 9)],
    ['the disk is full before the first file', () => breakFs('writeFileSync', call => call === 1)],
    ['no folder can be made', () => breakFs('mkdirSync', call => call === 2, 'EACCES')],
    ['the lock cannot be taken', () => breakFs('renameSync', call => call === 1, 'EPERM')],
    ['the first folder cannot be moved away', () => breakFs('renameSync', call => call === 2, 'EPERM')],
    ['the first folder cannot be moved in', () => breakFs('renameSync', call => call === 3, 'EPERM')],
    ['the second folder cannot be moved away', () => breakFs('renameSync', call => call === 4, 'EPERM')],
    ['the second folder cannot be moved in', () => breakFs('renameSync', call => call === 5, 'EPERM')],
    ['an old folder that is no longer needed cannot be moved away', () => breakFs('renameSync', call => call === 6, 'EPERM')],
  ])('%s', async (_what, sabotage) => {
    const space = workspace();
    await write(space, [...files('old', 5), { path: 'patches/blue/shop.yaml', text: 'old' }]);
    const before = space.tree();
    sabotage();
    await expect(write(space, files('new', 5))).rejects.toMatchObject({ code: 'ERR_INPUT', message: expect.stringMatching(/^dist cannot be written: E\w+: injected; what was there before is untouched$/) as string });
    jest.restoreAllMocks();
    expect(space.tree()).toEqual(before);
    expect(fs.readdirSync(join(space.dir, 'dist')).sort()).toEqual(['cloud', 'kubernetes', 'patches']);
  });

  test('no folder is left where there was none', async () => {
    const space = workspace();
    breakFs('writeFileSync', () => true);
    await expect(write(space, files('new'), 'a/b/dist')).rejects.toMatchObject({ code: 'ERR_INPUT' });
    expect(fs.readdirSync(space.dir)).toEqual([]);
  });

  test.each([['at once', 1], ['after many files', 700]])('somebody interrupts %s', async (_what, count) => {
    const space = workspace();
    await write(space, files('old'));
    const before = space.tree();
    let listening = 0;
    const io = {
      onInterrupt: (stop: (signal: string) => void) => {
        listening++;
        setImmediate(() => stop('SIGINT'));
        return () => { listening--; };
      },
    };
    await expect(write(space, files('new', count), 'dist', io)).rejects.toThrow(Interrupted);
    expect(space.tree()).toEqual(before);
    expect(fs.readdirSync(join(space.dir, 'dist')).sort()).toEqual(['cloud', 'kubernetes']);
    expect(listening).toBe(0);
  });
});

describe('several runs at once', () => {
  test('do not mix: all folders are of one of them', async () => {
    const space = workspace();
    await Promise.all(['one', 'two', 'three', 'four'].map((text, i) => write(space, files(text, 300 + i))));
    const found = texts(space);
    expect(new Set(Object.values(found)).size).toBe(1);
    expect(Object.keys(found).length - 301).toBe(['one', 'two', 'three', 'four'].indexOf(Object.values(found)[0] as string));
    expect(fs.readdirSync(join(space.dir, 'dist')).sort()).toEqual(['cloud', 'kubernetes']);
  });

  test.each([
    ['of another machine', 'elsewhere', 1],
    ['that is still there', hostname(), process.ppid],
  ])('wait for one %s, and say what to do about it', async (_what, host, pid) => {
    const space = workspace({ [`dist/.symbolon.lock/owner.${pid}`]: JSON.stringify({ host, folders: ['kubernetes'] }) });
    await expect(write(space, files('new'))).rejects.toMatchObject({ code: 'ERR_INPUT', message: expect.stringContaining('remove dist/.symbolon.lock') as string });
    expect(fs.readdirSync(join(space.dir, 'dist'))).toEqual(['.symbolon.lock']);

    setTimeout(() => fs.rmSync(join(space.dir, 'dist/.symbolon.lock'), { recursive: true }), 200);
    await write(space, files('new'));
    expect(space.read('dist/cloud/aws/checkout.json')).toBe('new');
  }, 20000);
});

describe('a run that was killed while folders changed places', () => {
  const old = [...files('old', 2), { path: 'patches/blue/shop.yaml', text: 'old' }];

  /** From the n-th move on nothing can be moved any more, not even back: what is left is what a kill leaves. */
  async function killedAt(move: number): Promise<{ readonly space: Workspace; readonly before: object }> {
    const space = workspace();
    await write(space, old);
    const before = texts(space);
    breakFs('renameSync', call => call >= move);
    await expect(write(space, files('killed', 3))).rejects.toMatchObject({ code: 'ERR_INPUT' });
    jest.restoreAllMocks();
    return { space, before };
  }

  test('before it moved anything: what it had written is cleared away, and what somebody may be at work in is not', async () => {
    const owner = (host: string): string => JSON.stringify({ host, folders: [] });
    const space = workspace({
      'dist/.symbolon-a/owner.4194305': owner(hostname()),
      'dist/.symbolon-a/new/kubernetes/x.yaml': 'killed',
      'dist/.symbolon-b/owner.4194305': '{"ho',
      'dist/.symbolon-c/owner.4194305': owner('elsewhere'),
      [`dist/.symbolon-d/owner.${process.ppid}`]: owner(hostname()),
      'dist/.symbolon-e/new/x': '',
      'dist/.symbolon-4194305-f/new/x': '',
      [`dist/.symbolon-${process.ppid}-g/new/x`]: '',
    });
    await write(space, files('new'));
    expect(fs.readdirSync(join(space.dir, 'dist')).sort()).toEqual([`.symbolon-${process.ppid}-g`, '.symbolon-c', '.symbolon-d', '.symbolon-e', 'cloud', 'kubernetes']);
  });

  test.each([2, 3, 4, 5, 6, 7])('at move %i: the next run writes its own, and nothing of the other stays', async move => {
    const { space } = await killedAt(move);
    await write(space, files('new'));
    expect(texts(space)).toEqual({ 'cloud/aws/checkout.json': 'new', 'kubernetes/blue/ns-0.yaml': 'new' });
    expect(fs.readdirSync(join(space.dir, 'dist')).sort()).toEqual(['cloud', 'kubernetes']);
  });

  test.each([2, 3, 4, 5, 6, 7])('at move %i: where the next run fails, everything is as it was before the first', async move => {
    const { space, before } = await killedAt(move);
    breakFs('renameSync', (_call, [, to]) => String(to).includes(join('.symbolon.lock', 'old')));
    await expect(write(space, files('new'))).rejects.toMatchObject({ code: 'ERR_INPUT' });
    jest.restoreAllMocks();
    expect(texts(space)).toEqual(before);
    expect(fs.readdirSync(join(space.dir, 'dist')).sort()).toEqual(['cloud', 'kubernetes', 'patches']);
  });
});
