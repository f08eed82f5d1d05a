/** The command line is killed, where nothing can be caught: what is in the output folder then, and after the next run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Folder, definitions, randomNumbers, synthesise, type Tree } from './support/folder';
import { count } from '../support/report';

const SUITE = 'faults';
const LOCK = '.symbolon.lock';

/** Output of before, and two others to come in its place: the one has a folder less, the other a folder more. */
async function setUp(size: number) {
  const folder = new Folder();
  folder.write('old.json', definitions('old', 5, 'explicit'));
  folder.write('next.json', definitions('next', 3, 'explicit'));
  folder.write('new.json', definitions('new', size));
  const next = await synthesise(folder, 'next.json');
  const replaced = await synthesise(folder, 'new.json');
  const old = await synthesise(folder, 'old.json');
  const before = folder.keep('before');
  return { folder, old, replaced, next, before };
}

type State = 'before' | 'new' | 'half changed';

function stateOf(now: Tree, old: Tree, replaced: Tree): State {
  const text = JSON.stringify(now);
  return text === JSON.stringify(old) ? 'before' : text === JSON.stringify(replaced) ? 'new' : 'half changed';
}

/** What is left of killed runs after the next one. */
const left: (readonly string[])[] = [];

/** Nobody takes it for finished, and the next run is not stopped by it: what people see is as if there had been no kill. */
async function nextRunIsWhole(folder: Folder, next: Tree): Promise<void> {
  expect(await synthesise(folder, 'next.json')).toEqual(next);
  expect(folder.hidden()).not.toContain(LOCK);
  if (folder.hidden().length > 0) left.push(folder.hidden());
}

test('before each change of the file system: what was there, or what is new, or a lock that says that it is neither', async () => {
  const { folder, old, replaced, next, before } = await setUp(12);
  const preload = ['--require', join(__dirname, 'support/kill-at.js')];
  const calls = join(folder.path, 'calls');
  expect((await folder.synth(['new.json'], { node: preload, env: { SYMBOLON_CALLS: calls } }).ended).code).toBe(0);
  const last = Number(readFileSync(calls, 'utf8'));
  expect(last).toBeGreaterThan(10);

  const states: State[] = [];
  for (let at = 1; at <= last; at++) {
    folder.restore(before);
    const { signal } = await folder.synth(['new.json'], { node: preload, env: { SYMBOLON_KILL_AT: String(at) } }).ended;
    expect(signal).toBe('SIGKILL');
    const state = stateOf(folder.tree(), old, replaced);
    if (state === 'half changed') expect(folder.hidden()).toContain(LOCK);
    states.push(state);
    await nextRunIsWhole(folder, next);
  }
  expect(new Set(states)).toContain('before');
  expect(new Set(states)).toContain('new');
  for (const state of ['before', 'new', 'half changed'] as const) count(SUITE, `kills -9, one before each change of the file system: ${state}`, states.filter(each => each === state).length);
}, 600_000);

test('at random moments', async () => {
  const { folder, old, replaced, next, before } = await setUp(800);
  const random = randomNumbers(3);
  const started = Date.now();
  await synthesise(folder, 'new.json');
  const whole = Date.now() - started;

  const states: State[] = [];
  for (let i = 0; i < 40; i++) {
    folder.restore(before);
    const { child, ended } = folder.synth(['new.json']);
    // Every other one while it writes, which is the shorter part.
    if (i % 2 === 0) await writing(folder, ended);
    await sleep(random() * (i % 2 === 0 ? 60 : whole));
    child.kill('SIGKILL');
    await ended;
    const state = stateOf(folder.tree(), old, replaced);
    if (state === 'half changed') expect(folder.hidden()).toContain(LOCK);
    states.push(state);
    await nextRunIsWhole(folder, next);
  }
  expect(states).toContain('before');
  for (const state of ['before', 'new', 'half changed'] as const) count(SUITE, `kills -9 at random moments: ${state}`, states.filter(each => each === state).length);
}, 600_000);

test('the next run clears away what the killed ones had begun', () => {
  count(SUITE, 'kills -9 of which something hidden stays after the next run', left.length);
  expect(left).toEqual([]);
});

async function writing(folder: Folder, ended: Promise<unknown>): Promise<void> {
  let over = false;
  void ended.then(() => { over = true; });
  while (!over && folder.hidden().length === 0) await sleep(1);
}
