/** A repository that tests by vitest: matchers, serializer and tokens of `symbolon/testing`, as its own modules load them. */
import { describeConsumers } from './support/consumers';
import { count } from '../support/report';

/** How matchers are declared: with vitest 5 they have two parameters, before that one. */
const OLDER = ['interface Matchers<R, T> extends SymbolonMatchers<R>', 'interface Matchers<T = any> extends SymbolonMatchers<T>'] as const;

describeConsumers('a repository with vitest', [
  ['the last vitest that Node.js 20 may have', { node: 'node-20', packages: 'vitest-node-20' }],
  ['the newest vitest, on the newest Node.js with long-term support', { node: 'node-lts', packages: 'vitest-newest' }],
], project => {
  const vitest = () => project().run('vitest/vitest.mjs', ['run', '--reporter=verbose', '--no-color']);

  test('the library is installed without changing anything else', () => project().install());

  test('compiles, with the matchers as vitest\'s own', () => {
    project().add('snapshots/identity.ts');
    project().add('vitest/tsconfig.json');
    const isOlder = project().pinned.devDependencies?.vitest?.startsWith('4.') === true;
    project().add('vitest/identity.test.mts', 'identity.test.mts', text => (isOlder ? text.replace(...OLDER) : text));
    expect(project().run('typescript/bin/tsc', ['--noEmit', '--pretty', 'false'])).toEqual({ code: 0, out: '' });
  });

  test('the matchers hold, and the snapshot is the same the next time, as text', () => {
    expect(vitest()).toMatchObject({ code: 0, out: expect.stringMatching(/Snapshots {2}1 written[^]*4 passed/) as string });
    expect(project().read('__snapshots__/identity.test.mts.snap')).toContain('# cluster blue');
    expect(vitest()).toMatchObject({ code: 0, out: expect.stringContaining('4 passed') as string });
    count('consumers', 'tests of a repository with vitest passed', 4);
  });

  test.each([
    ['a name', 'name: \'checkout\'', 'name: \'payment\'', /got "Pod shop\/checkout-specimen"/],
    ['the issuer', '/id/EXAMPLED539D4633E53DE1B71EXAMPLE', '/id/EXAMPLED539D4633E53DE1B71EXAMPLF', /Snapshots {2}1 failed/],
    ['an audience', 'https://payments.example.com', 'https://ledger.example.com', /toHaveTokenFor/],
  ])('a change of %s fails', (_what, from, to, said) => {
    const before = project().read('identity.ts');
    expect(before).toContain(from);
    project().write('identity.ts', before.replace(from, to));
    const found = vitest();
    project().write('identity.ts', before);
    expect(found).toMatchObject({ code: 1, out: expect.stringMatching(said) as string });
  });
});
