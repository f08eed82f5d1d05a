import { HEAD, app } from './apps';
import { Outside } from './outside';
import { workspace, type Run, type Workspace } from './workspace';
import { isApp, readApp, type AppLike } from '../../src/cli/source/app';

jest.setTimeout(30000);

const outside = new Outside();
afterAll(() => outside.stop());

async function synth(files: { readonly [path: string]: string }, ...args: string[]): Promise<Run & { readonly space: Workspace }> {
  const space = workspace(files);
  return { ...await outside.run(['synth', ...args], space.dir), space };
}

describe('a cdk8s app', () => {
  test('without any cluster is not told that it is for several', async () => {
    const { code, err, space } = await synth(app(`
      export const app = new App();
      web(chart(app, 'one'));
    `), 'app.ts');
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: app: expected an app with a WorkloadIdentity, or with ProjectedTokens; .*\[app\/no-identity\]\n$/);
    expect(space.has('dist/kubernetes/_no-cluster/one.yaml')).toBe(true);
  });

  test('without an identity beside one that is exported is told that nothing says where it runs', async () => {
    const { err } = await synth(app(`
      export { checkout };
      export const app = new App();
      web(chart(app, 'one'));
    `), 'app.ts');
    expect(err).toMatch(/^warning: one: expected a chart with an identity, which says the cluster; no chart of the app has one, .*\[app\/no-cluster\]\n$/);
  });


  test('gives the Kubernetes half, one file for each chart, and the cloud half is made beside it', async () => {
    const { code, out, err, space } = await synth(app(`
      export const app = new App();
      const one = chart(app, 'one');
      new WorkloadIdentity(one, 'identity', { definition: checkout, cluster: blue }).attachTo(web(one));
    `), 'app.ts');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^checkout {2}blue {5}aws {9}arn:aws:iam::111122223333:role\/checkout {2}admitted, and nobody else: issuer, subject and audience are those of one statement of its trust policy$/m);
    expect(Object.keys(space.tree('dist')).filter(path => !path.endsWith('.symbolon'))).toEqual(['cloud/aws/_anchors.blue.json', 'cloud/aws/checkout.json', 'kubernetes/blue/one.yaml']);
    expect(space.read('dist/kubernetes/blue/one.yaml')).toMatch(/kind: Deployment[\s\S]*kind: ServiceAccount|kind: ServiceAccount[\s\S]*kind: Deployment/);
  });

  test('may be the default export, and may synthesise itself: that goes nowhere', async () => {
    const { code, out, err, space } = await synth(app(`
      const app = new App();
      const one = chart(app, 'one');
      new WorkloadIdentity(one, 'identity', { definition: checkout, cluster: blue }).attachTo(web(one));
      console.log('synthesised');
      app.synth();
      export default app;
    `), 'app.ts');
    expect(code).toBe(0);
    expect(out).not.toContain('synthesised');
    expect(err).toContain('synthesised');
    expect(Object.keys(space.tree()).filter(path => path.endsWith('.k8s.yaml'))).toEqual([]);
  });

  test('may come from a function of the environment', async () => {
    const { code, space } = await synth(app(`
      export default (env) => {
        const app = new App();
        new WorkloadIdentity(chart(app, env), 'identity', { definition: checkout, cluster: blue });
        return app;
      };
    `), 'app.ts', '--env', 'prod');
    expect(code).toBe(0);
    expect(space.has('dist/kubernetes/blue/prod.yaml')).toBe(true);
  });

  test('gives each cluster its own charts; pods that no chart makes are told about', async () => {
    const { code, out, space } = await synth(app(`
      export const app = new App();
      const [one, two] = [chart(app, 'one'), chart(app, 'two')];
      new WorkloadIdentity(one, 'identity', { definition: cart, cluster: blue }).attachTo(web(one));
      new WorkloadIdentity(two, 'identity', { definition: cart, cluster: green });
    `), 'app.ts');
    expect(code).toBe(0);
    expect(out.match(/admitted, and nobody else/g)).toHaveLength(2);
    expect(Object.keys(space.tree('dist/kubernetes'))).toEqual(['.symbolon', 'blue/one.yaml', 'green/two.yaml']);
    expect(Object.keys(space.tree('dist/patches'))).toEqual(['.symbolon', 'green/shop.yaml']);
  });

  test('has charts without identities in its only cluster, where their workloads are proved, too', async () => {
    const { code, space } = await synth(app(`
      export const app = new App();
      const [one, two] = [chart(app, 'one'), chart(app, 'two')];
      new WorkloadIdentity(one, 'identity', { definition: checkout, cluster: blue }).attachTo(web(two));
    `), 'app.ts');
    expect(code).toBe(0);
    expect(Object.keys(space.tree('dist/kubernetes'))).toEqual(['.symbolon', 'blue/one.yaml', 'blue/two.yaml']);
    expect(space.has('dist/patches')).toBe(false);
  });

  test('writes charts that may be for any of its clusters, and says that it proved nothing about them', async () => {
    const { code, err, space } = await synth(app(`
      export const app = new App();
      const [one, two] = [chart(app, 'one'), chart(app, 'two')];
      new WorkloadIdentity(one, 'identity', { definition: cart, cluster: blue });
      new WorkloadIdentity(two, 'identity', { definition: cart, cluster: green });
      web(chart(app, 'three'));
    `), 'app.ts');
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: three: expected a chart with an identity.*it is written, and not proved \[app\/no-cluster\]$/m);
    expect(space.has('dist/kubernetes/_no-cluster/three.yaml')).toBe(true);
  });

  test('that is for one of several clusters makes the trust for all, and takes nobody for a stranger', async () => {
    const { code, out, err, space } = await synth(app(`
      export const app = new App();
      new WorkloadIdentity(chart(app, 'one'), 'identity', { definition: cart, cluster: blue });
    `), 'app.ts');
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: cart\.clusters: expected a WorkloadIdentity of the app for green too; .* \[app\/not-rendered\]$/m);
    expect(out.match(/^cart /gm)).toHaveLength(1);
    expect(Object.keys(space.tree('dist/kubernetes'))).toEqual(['.symbolon', 'blue/one.yaml']);
    expect(space.read('dist/cloud/aws/cart.json')).toContain('GREEN0');
  });

  test('may stand beside identities that it does not use, which are rendered without it', async () => {
    const { code, out, space } = await synth(app(`
      export { cart } from './identities';
      export const app = new App();
      new WorkloadIdentity(chart(app, 'shop'), 'identity', { definition: checkout, cluster: blue });
    `), 'app.ts');
    expect(code).toBe(0);
    expect(out.match(/admitted, and nobody else/g)).toHaveLength(3);
    expect(space.read('dist/kubernetes/blue/shop.yaml')).toMatch(/role\/checkout[\s\S]*role\/cart/);
    expect(space.read('dist/kubernetes/green/shop.yaml')).toContain('role/cart');
  });

  test('gives the facts that its constructs were given; they must not contradict those of the file', async () => {
    const body = `
      const facts = { identities: { azure: { azure: { clientId: 'c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b' } } } };
      export const app = new App();
      new WorkloadIdentity(chart(app, 'one'), 'identity', { definition: azure, cluster: blue, facts });
    `;
    expect(await synth(app(body), 'app.ts')).toMatchObject({ code: 0 });
    const facts = (clientId: string): string => JSON.stringify({ identities: { azure: { azure: { clientId } } } });
    expect(await synth({ ...app(body), 'f.json': facts('c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b') }, 'app.ts', '--facts', 'f.json')).toMatchObject({ code: 0 });
    expect(await synth({ ...app(body), 'f.json': facts('00000000-0718-4293-a4b5-c6d7e8f90a1b') }, 'app.ts', '--facts', 'f.json')).toMatchObject({ code: 1, err: expect.stringContaining('[facts/two-values]') as string });
  });

  test('whose construct misses a fact says which one, and where', async () => {
    const { code, err } = await synth(app(`
      export const app = new App();
      new WorkloadIdentity(chart(app, 'one'), 'identity', { definition: azure, cluster: blue });
    `), 'app.ts');
    expect(code).toBe(1);
    expect(err).toMatch(/^ERR_MISSING_FACT: one\/identity: trustedBy\.azure\.clientId of "azure" is made by Azure[\s\S]*\n {2}at app\.ts:\d+$/m);
  });

  test('with a chart for two clusters is refused', async () => {
    const { code, err } = await synth(app(`
      export const app = new App();
      const one = chart(app, 'one');
      new WorkloadIdentity(one, 'a', { definition: checkout, cluster: blue });
      new WorkloadIdentity(one, 'b', { definition: cart, cluster: green });
    `), 'app.ts');
    expect(code).toBe(1);
    expect(err).toMatch(/one\/b: expected an identity in blue, as the others of the chart one, got "green"; .* \[app\/two-clusters\]/);
  });

  test('whose workload is in the way of its identity is refused, with what cdk8s says', async () => {
    const { code, err } = await synth(app(`
      export const app = new App();
      const one = chart(app, 'one');
      const blocked = web(one);
      blocked.node.addValidation({ validate: () => ['blocked'] });
      new WorkloadIdentity(one, 'identity', { definition: checkout, cluster: blue }).attachTo(blocked);
    `), 'app.ts');
    expect(code).toBe(1);
    expect(err).toMatch(/^ERR_INVALID_DEFINITION: app\.ts: 1 error\n {2}one: it cannot be rendered: Validation failed[\s\S]*blocked[\s\S]*\[app\/render\]/);
  });

  test('that is not exported cannot be found', async () => {
    const { code, err } = await synth(app('const app = new App();\napp.synth();'), 'app.ts');
    expect(code).toBe(2);
    expect(err).toMatch(/^ERR_INPUT: app\.ts: it exports nothing to render; .*or a cdk8s App$/m);
  });
});

test('an app that renders nothing takes nothing away', async () => {
  const { code, out, space } = await synth(app(`
    export const app = new App();
    const one = chart(app, 'one');
    new WorkloadIdentity(one, 'identity', { definition: checkout, cluster: blue }).attachTo(web(one));
  `), 'app.ts');
  expect({ code, out: out !== '' }).toEqual({ code: 0, out: true });
  const before = space.tree('dist');
  space.write('empty.ts', `${HEAD}export const app = new App();`);
  const empty = await outside.run(['synth', 'empty.ts'], space.dir);
  expect(empty).toMatchObject({ code: 2, err: expect.stringMatching(/ERR_INPUT.*empty\.ts: the app renders nothing/) as string });
  expect(space.tree('dist')).toEqual(before);
});

describe('an app of any kind', () => {
  interface Fake { readonly node: { readonly path: string; readonly scope?: Fake; findAll(): readonly Fake[] } }
  const MADE_FROM = Symbol.for('symbolon.WorkloadIdentity');

  function fake(charts: { readonly [path: string]: { readonly objects?: readonly object[]; readonly in?: string } }): AppLike {
    const all: Fake[] = [];
    const root = { charts: [] as Fake[], synth: () => undefined, node: { path: '', findAll: () => all } };
    for (const [path, { objects = [], in: cluster }] of Object.entries(charts)) {
      const chart = { node: { path, scope: root as Fake, findAll: () => [] }, toJson: () => objects };
      root.charts.push(chart);
      all.push(chart);
      if (cluster !== undefined) all.push(Object.assign({ node: { path: `${path}/id`, scope: chart, findAll: () => [] } }, { [MADE_FROM]: { definition: { name: 'x' }, cluster } }));
    }
    return root as unknown as AppLike;
  }

  test('is known by what it can do', () => {
    expect(isApp(fake({}))).toBe(true);
    for (const other of [undefined, null, {}, { charts: [] }, { synth: () => undefined }, 'app', () => undefined]) expect(isApp(other)).toBe(false);
  });

  test('has charts whose names are files, each its own', () => {
    const paths = ['shop', 'shop/sub', 'shop.sub', 'Shop', 'a b', 'a/../b', '../x', 'ü', 'x'.repeat(300), '_cluster', '.symbolon', ''];
    const names = readApp(fake(Object.fromEntries(paths.map(path => [path, {}]))), 'app').charts.map(chart => chart.name);
    expect(new Set(names.map(name => name.toLowerCase())).size).toBe(paths.length);
    for (const name of names) expect(name).toMatch(/^(?!\.\.?$|\.symbolon$|_cluster$)[A-Za-z0-9._-]{1,120}$/);
    expect(names[0]).toBe('shop');
  });

  test('renders plain data, or is refused', () => {
    expect(() => readApp(fake({ shop: { objects: [{ kind: 'Pod', when: new Date(0) }] } }), 'app')).toThrow(/shop\[0\]\.when: expected plain data/);
  });

  test('has charts in the only cluster, unless there are two', () => {
    const clusters = (charts: Parameters<typeof fake>[0]): unknown[] => readApp(fake(charts), 'app').charts.map(chart => chart.cluster);
    expect(clusters({ a: { in: 'blue' }, b: {} })).toEqual(['blue', 'blue']);
    expect(clusters({ a: { in: 'blue' }, b: {}, c: { in: 'green' } })).toEqual(['blue', undefined, 'green']);
    expect(clusters({ a: {} })).toEqual([undefined]);
  });
});
