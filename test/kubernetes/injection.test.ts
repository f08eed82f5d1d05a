import { isPathWithin, joinInjections, type Collision, type InjectionPart } from '../../src/kubernetes/injection';

function join(...parts: readonly InjectionPart[]): { readonly clashes: readonly Collision[]; readonly joined: ReturnType<typeof joinInjections> } {
  const clashes: Collision[] = [];
  const joined = joinInjections({ namespace: 'shop', serviceAccount: 'checkout' }, parts.map((part, i) => ({ from: `part ${i}`, part })), clash => clashes.push(clash));
  return { clashes, joined };
}
const mount = (mountPath: string, ...containers: string[]): InjectionPart => ({ mounts: [{ name: 'x', mountPath, readOnly: true, ...(containers.length > 0 && { containers }) }] });
const env = (name: string, ...containers: string[]): InjectionPart => ({ env: [{ name, value: 'x', ...(containers.length > 0 && { containers }) }] });
const volume = (name: string): InjectionPart => ({ volumes: [{ name, projected: { sources: [] } }] });

test('parts are put together in their order', () => {
  const { clashes, joined } = join({ labels: { a: '1' }, ...env('A') }, {}, { labels: { b: '2' }, annotations: { c: '3' }, ...env('B') });
  expect(clashes).toEqual([]);
  expect(joined).toMatchObject({ namespace: 'shop', serviceAccountName: 'checkout', labels: { a: '1', b: '2' }, annotations: { c: '3' }, env: [{ name: 'A' }, { name: 'B' }], mounts: [], volumes: [] });
});

test.each<[string, InjectionPart, InjectionPart, string, string]>([
  ['one label', { labels: { a: '1' } }, { labels: { a: '1' } }, 'label', 'a'],
  ['one annotation', { annotations: { a: '1' } }, { annotations: { a: '2' } }, 'annotation', 'a'],
  ['one volume', volume('v'), volume('v'), 'volume', 'v'],
  ['one variable', env('A'), env('A'), 'env', 'A'],
  ['one variable in a container that both are for', env('A', 'app', 'init'), env('A', 'app'), 'env', 'A'],
  ['one variable, in some containers and in all', env('A', 'app'), env('A'), 'env', 'A'],
  ['one place', mount('/a'), mount('/a'), 'mount path', '/a'],
  ['one place, written in two ways', mount('/a'), mount('//a/'), 'mount path', '//a/'],
  ['one place, of which one is a link', mount('/var/run/a'), mount('/run/a'), 'mount path', '/run/a'],
  ['a place in the other\'s, by way of a link', mount('/run/a'), mount('/var/run/a/b'), 'mount path', '/var/run/a/b'],
  ['a place in the other\'s', mount('/a'), mount('/a/b'), 'mount path', '/a/b'],
  ['a place around the other\'s', mount('/a/b'), mount('/a'), 'mount path', '/a'],
])('two that want %s clash', (_what, first, second, what, name) => {
  expect(join(first, second).clashes).toEqual([{ what, name, first: 'part 0', second: 'part 1' }]);
});

test.each<[string, InjectionPart, InjectionPart]>([
  ['other names', { labels: { a: '1' }, ...volume('v'), ...env('A'), ...mount('/a') }, { labels: { b: '1' }, ...volume('w'), ...env('B'), ...mount('/b') }],
  ['one variable in different containers', env('A', 'app'), env('A', 'sidecar')],
  ['one place in different containers', mount('/a', 'app'), mount('/a/b', 'sidecar')],
  ['places that only begin alike', mount('/a'), mount('/ab')],
  ['places that only look like the link', mount('/var/runner/a'), mount('/run/a')],
  ['one name for things of different kinds', env('a'), volume('a')],
])('two that want %s do not', (_what, first, second) => {
  expect(join(first, second).clashes).toEqual([]);
});

test('a path is within itself, and within what is above it', () => {
  expect([isPathWithin('/a', '/a/'), isPathWithin('/a/b', '/a'), isPathWithin('/a', '/'), isPathWithin('/ab', '/a'), isPathWithin('/a', '/a/b')]).toEqual([true, true, true, false, false]);
});

test.each<[string, object, object, boolean]>([
  ['all but one, and that one', { skipContainers: ['app'] }, { containers: ['app'] }, false],
  ['all but one, and another', { skipContainers: ['app'] }, { containers: ['app', 'proxy'] }, true],
  ['all but some, and all but others', { skipContainers: ['app'] }, { skipContainers: ['proxy'] }, true],
  ['two lists without a common one', { containers: ['app'] }, { containers: ['proxy'] }, false],
  ['a list that skips what the other has', { containers: ['app', 'proxy'], skipContainers: ['proxy'] }, { containers: ['proxy'] }, false],
])('variables of one name: %s', (_what, a, b, clash) => {
  expect(join({ env: [{ name: 'A', value: '1', ...a }] }, { env: [{ name: 'A', value: '2', ...b }] }).clashes).toHaveLength(clash ? 1 : 0);
});

test('rules of all parts are kept, and there is no list where there are none', () => {
  const rule = { field: 'hostNetwork', value: true, code: 'a/b', expected: 'x', fix: 'y' };
  expect(join({ rules: [rule] }, { rules: [rule] }).joined.rules).toEqual([rule, rule]);
  expect(join({}, env('A')).joined).not.toHaveProperty('rules');
});
