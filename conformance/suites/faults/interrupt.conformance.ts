/** Signals that can be caught, at any moment of a run's life, and several runs at once of which some are killed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Folder, definitions, randomNumbers, synthesise } from './support/folder';
import { count } from '../support/report';

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s at random moments: what was there, or what is new, and nothing else', async signal => {
  const folder = new Folder();
  folder.write('old.json', definitions('old', 5, 'explicit'));
  folder.write('new.json', definitions('new', 800));
  const started = Date.now();
  const replaced = await synthesise(folder, 'new.json');
  const whole = Date.now() - started;
  const old = await synthesise(folder, 'old.json');
  const before = folder.keep('before');

  const random = randomNumbers(5);
  for (let i = 0; i < 12; i++) {
    folder.restore(before);
    const { child, ended } = folder.synth(['new.json']);
    await sleep(random() * whole);
    child.kill(signal);
    const { code } = await ended;
    expect(folder.tree()).toEqual(code === 0 ? replaced : old);
    expect(folder.hidden()).toEqual([]);
  }
  count('faults', 'signals at random moments', 12);
}, 300_000);

test('several runs at once, of which one is killed: the others end well, and one of them was the last', async () => {
  const folder = new Folder();
  const names = ['a', 'b', 'c', 'd'];
  const whole: string[] = [];
  for (const name of names) {
    folder.write(`${name}.json`, definitions(name, 150, name < 'c' ? 'explicit' : 'webhook'));
    whole.push(JSON.stringify(await synthesise(folder, `${name}.json`)));
  }
  const random = randomNumbers(7);
  for (let round = 0; round < 5; round++) {
    const runs = names.map(name => folder.synth([`${name}.json`]));
    const victim = runs[round % names.length];
    setTimeout(() => victim?.child.kill('SIGKILL'), 300 + random() * 900);
    const ended = await Promise.all(runs.map(run => run.ended));
    expect(ended.filter(({ signal }) => signal !== 'SIGKILL').map(({ code, err }) => ({ code, err }))).toEqual(ended.filter(({ signal }) => signal !== 'SIGKILL').map(() => ({ code: 0, err: '' })));
    expect(whole).toContain(JSON.stringify(folder.tree()));
    count('faults', 'runs at once', names.length);
  }
}, 300_000);
