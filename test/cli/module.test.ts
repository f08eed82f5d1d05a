import { Outside } from './outside';
import { workspace, type Run } from './workspace';

jest.setTimeout(30000);

const outside = new Outside();
afterAll(() => outside.stop());

const HEAD = `
import { defineCluster, defineWorkloadIdentity } from 'symbolon';
export const blue = defineCluster({
  name: 'blue', issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE', eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod' },
});
const identity = (name, more = {}) => defineWorkloadIdentity({ name, namespace: 'shop', clusters: [blue], trustedBy: { aws: {} }, ...more });
`;
const COMMON = HEAD.replace(/import .* from 'symbolon';/, 'const { defineCluster, defineWorkloadIdentity } = require(\'symbolon\');').replace('export const', 'const');

async function synth(file: string, text: string, ...args: string[]): Promise<Run & { readonly names: readonly string[] }> {
  return synthAll({ [file]: text }, file, ...args);
}

async function synthAll(files: { readonly [path: string]: string }, ...args: string[]): Promise<Run & { readonly names: readonly string[] }> {
  const space = workspace(files);
  const run = await outside.run(['synth', ...args], space.dir);
  const names = Object.keys(space.tree('dist/cloud/aws')).filter(name => !name.startsWith('_')).map(name => name.replace('.json', ''));
  return { ...run, names };
}

describe('a module', () => {
  test.each([
    ['TypeScript', 'a.ts', `${HEAD} interface X { readonly a: string }\nexport const checkout = identity('checkout') satisfies object as object; export const x: X = { a: '' };`],
    ['TypeScript with ESM', 'a.mts', `${HEAD} await Promise.resolve();\nexport const checkout: object = identity('checkout');`],
    ['TypeScript with CommonJS', 'a.cts', `${COMMON} const checkout: object = identity('checkout'); module.exports = { checkout };`],
    ['JavaScript', 'a.js', `${HEAD} export const checkout = identity('checkout');`],
    ['a default export', 'a.ts', `${HEAD} export default identity('checkout');`],
    ['a default export of a list', 'a.ts', `${HEAD} export default [identity('checkout')];`],
    ['CommonJS that is one definition', 'a.cts', `${COMMON} module.exports = identity('checkout');`],
    ['CommonJS that is a list', 'a.cts', `${COMMON} module.exports = [identity('checkout')];`],
    ['a promise', 'a.ts', `${HEAD} export const checkout = Promise.resolve(identity('checkout'));`],
    ['the same identity under two names and in a list', 'a.ts', `${HEAD} export const a = identity('checkout'); export const b = a; export default [a, b];`],
    ['an equal identity', 'a.ts', `${HEAD} export const a = identity('checkout'); export const b = identity('checkout');`],
    ['helpers, texts and classes beside it', 'a.ts', `${HEAD} export const a = identity('checkout'); export const region = 'x'; export class Helper {} export const none = null; export const list = [1]; export const bag = { a: 1 };`],
  ])('gives its identity: %s', async (_what, file, text) => {
    const { code, err, names } = await synth(file, text);
    expect({ code, err, names }).toEqual({ code: 0, err: '', names: ['checkout'] });
  });

  test('may import others', async () => {
    const { code, names } = await synthAll({ 'a.ts': 'export { checkout } from \'./lib/identity.js\';', 'lib/identity.ts': `${HEAD} export const checkout = identity('checkout');` }, 'a.ts');
    expect({ code, names }).toEqual({ code: 0, names: ['checkout'] });
  });

  test('gives all of its identities', async () => {
    expect((await synth('a.ts', `${HEAD} export const a = identity('cart'); export const list = [identity('checkout'), a];`)).names).toEqual(['cart', 'checkout']);
  });

  test('gives workloads, too', async () => {
    const { code, out } = await synth('a.ts', `${HEAD} export const a = identity('cart');
      export const workloads = [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec: { serviceAccountName: 'cart', containers: [{ name: 'app', image: 'nginx' }] } }];`);
    expect(code).toBe(0);
    expect(out).not.toContain('patches');
  });

  test('whose identities carry one name is refused', async () => {
    const { code, err } = await synth('a.ts', `${HEAD} export const a = identity('checkout'); export const b = identity('checkout', { serviceAccount: 'other' });`);
    expect(code).toBe(1);
    expect(err).toContain('[identity/name-twice]');
  });
});

describe('a function of the environment', () => {
  const FUNCTION = `${HEAD} export const checkout = env => identity('checkout-' + env);`;

  test('is called with it', async () => {
    expect(await synth('a.ts', FUNCTION, '--env', 'prod')).toMatchObject({ code: 0, names: ['checkout-prod'] });
    expect(await synth('a.ts', `${HEAD} export default env => [identity('a-' + env), identity('b-' + env)];`, '--env', 'prod')).toMatchObject({ code: 0, names: ['a-prod', 'b-prod'] });
    expect(await synth('a.ts', `${HEAD} export async function make(env) { return identity('a-' + env); } export const b = identity('b');`, '--env', 'prod')).toMatchObject({ code: 0, names: ['a-prod', 'b'] });
  });

  test.each([
    ['alone', FUNCTION],
    ['beside identities', `${FUNCTION} export const other = identity('other');`],
    ['as the default export', `${HEAD} export default env => identity(env);`],
  ])('is never skipped: %s', async (_what, text) => {
    const { code, err } = await synth('a.ts', text);
    expect(code).toBe(2);
    expect(err).toMatch(/^ERR_INPUT: a\.ts: it exports functions of an environment \((checkout|default)\); pass --env NAME/);
  });

  test.each([
    ['throws', `${HEAD}\nexport const make = env => {\n  throw new Error('no such environment: ' + env);\n};`, /^ERR_INPUT: a\.ts:9: what it exports threw: no such environment: prod$/m, 2],
    ['rejects', `${HEAD}\nexport const make = async env => {\n  throw new Error('no such environment: ' + env);\n};`, /^ERR_INPUT: a\.ts:9: what it exports threw: no such environment: prod$/m, 2],
    ['returns nothing', `${HEAD} export const make = env => {};`, /^ERR_INPUT: a\.ts: make\("prod"\) returned nothing; .* keep helpers in another file/, 2],
    ['returns something else', `${HEAD} export const make = env => 'x';`, /^ERR_INPUT: a\.ts: make\("prod"\) returned "x"/, 2],
    ['makes an invalid identity', `${HEAD}\nexport const make = env => identity(env, { namespace: 'Shop' });`, /^ERR_INVALID_DEFINITION: [\s\S]*namespace: expected[\s\S]*\n {2}at a\.ts:\d+$/m, 1],
    ['does not exist', `${HEAD} export const a = identity('a');`, /^ERR_INPUT: a\.ts: it exports no function, so that nothing can be done with --env prod/, 2],
  ])('that %s is an error', async (_what, text, message, exit) => {
    const { code, err, names } = await synth('a.ts', text, '--env', 'prod');
    expect({ code, names }).toEqual({ code: exit, names: [] });
    expect(err).toMatch(message);
  });
});

describe('a module that cannot be used', () => {
  test.each([
    ['throws', '\nconst f = () => { throw new Error(\'boom\'); };\nexport const a = f();', /^ERR_INPUT: a\.ts:2: it threw while it was loaded: boom$/m, 2],
    ['throws text', 'throw \'boom\';', /^ERR_INPUT: a\.ts: it threw while it was loaded: "boom"$/m, 2],
    ['throws nothing', 'throw undefined;', /^ERR_INPUT: a\.ts: it threw while it was loaded: nothing$/m, 2],
    ['defines something invalid', `${HEAD}\nexport const a = identity('Checkout');`, /^ERR_INVALID_DEFINITION: workload identity "Checkout": [\s\S]*\n {2}at a\.ts:\d+$/m, 1],
    ['does not parse', 'export const a =\n  = 3;', /^ERR_INPUT: a\.ts:2:2: it does not parse: Unexpected token$/m, 2],
    ['imports a package that is not there', '\nimport { a } from \'@nobody/has-this/deep\';\nexport const b = a;', /^ERR_INPUT: a\.ts: it imports "@nobody\/has-this\/deep", which is not there; run: npm install @nobody\/has-this$/m, 2],
    ['imports a file that is not there', 'import { a } from \'./nope\';\nexport const b = a;', /^ERR_INPUT: a\.ts: it imports "\.\/nope", which is not there; correct the path$/m, 2],
    ['exports nothing', 'const a = 1;', /^ERR_INPUT: a\.ts: it exports nothing to render; export what /, 2],
    ['exports nothing of use', 'export const a = 1; export const b = [];', /^ERR_INPUT: a\.ts: it exports nothing to render \(only a, b\); export what /, 2],
    ['exports a rejected promise', '\nexport const a = Promise.reject(new Error(\'later\'));', /^ERR_INPUT: a\.ts:2: what it exports threw: later$/m, 2],
    ['exports a mixed list', `${HEAD} export const list = [identity('a'), 'b'];`, /^ERR_INPUT: a\.ts: list\[1\] is "b"; a list of identities holds only/, 2],
    ['exports workloads that are none', `${HEAD} export const a = identity('a'); export const workloads = { web: 1 };`, /^ERR_INPUT: a\.ts: workloads is \{"web":1\}; it has to be a list of manifests/, 2],
    ['exports workloads that are no data', `${HEAD} export const a = identity('a'); export const workloads = [{ kind: 'Pod', when: new Date(0) }];`, /^ERR_INVALID_DEFINITION: a\.ts: [\s\S]*workloads\[0\]\.when: expected plain data/, 1],
    ['is empty', '', /^ERR_INPUT: a\.ts: it is empty/, 2],
  ])('because it %s', async (_what, text, message, exit) => {
    const { code, out, err } = await synth('a.ts', text);
    expect({ code, out }).toEqual({ code: exit, out: '' });
    expect(err).toMatch(message);
  });

  test('tells the file in which it happened, when that is another', async () => {
    const { err } = await synthAll({ 'a.ts': 'export { x } from \'./lib/b\';', 'lib/b.ts': '\n\nexport const x = (() => { throw new Error(\'boom\'); })();' }, 'a.ts');
    expect(err).toMatch(/^ERR_INPUT: lib\/b\.ts:3: it threw while it was loaded: boom$/m);
  });
});
