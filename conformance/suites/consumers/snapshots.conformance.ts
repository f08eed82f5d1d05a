/** A repository whose tests hold snapshots of both halves: they hold until something changes its name. */
import { describeConsumers } from './support/consumers';
import { count } from '../support/report';

describeConsumers('a repository with snapshots', [
  ['jest 29, on Node.js 20.0', { node: 'node-20.0', packages: 'jest-29' }],
  ['the newest jest, on Node.js 20', { node: 'node-20', packages: 'jest-newest' }],
  ['the newest jest, on the newest Node.js with long-term support', { node: 'node-lts', packages: 'jest-newest' }],
], project => {
  const jest = (...args: readonly string[]) => project().run('jest/bin/jest.js', ['--config', 'jest.config.json', ...args]);

  test('the library is installed without changing anything else', () => project().install());

  test('the proof holds, and the snapshot is the same the next time', () => {
    for (const file of ['identity.ts', 'identity.test.ts', 'tsconfig.json', 'jest.config.json']) project().add(`snapshots/${file}`);
    expect(jest('--ci=false')).toMatchObject({ code: 0, out: expect.stringContaining('1 snapshot written') as string });
    expect(jest('--ci')).toMatchObject({ code: 0, out: expect.stringContaining('1 passed') as string });
  });

  test.each([
    ['the definition', 'identity.ts', 'name: \'checkout\'', 'name: \'payment\''],
    ['the library', 'node_modules/symbolon/lib/identity/projected-parts.js', '`token-${name}`', '`projected-${name}`'],
  ])('a change of %s that gives something another name fails', (_what, file, from, to) => {
    const before = project().read(file);
    expect(before).toContain(from);
    project().write(file, before.replace(from, to));
    expect(jest('--ci')).toMatchObject({ code: 1, out: expect.stringContaining('1 snapshot failed') as string });
    project().write(file, before);
    count('consumers', 'renamings that a snapshot noticed', 1);
  });
});
