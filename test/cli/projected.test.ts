/** Tokens that belong to no identity, on the command line. */
import { IDENTITIES, app } from './apps';
import { Outside } from './outside';
import { workspace, type Run, type Workspace } from './workspace';

jest.setTimeout(30000);

const outside = new Outside();
afterAll(() => outside.stop());

async function synth(files: { readonly [path: string]: string }, ...args: string[]): Promise<Run & { readonly space: Workspace }> {
  const space = workspace(files);
  return { ...await outside.run(['synth', ...args], space.dir), space };
}

const TOKENS = `
import { defineProjectedTokens } from 'symbolon';
export const pay = defineProjectedTokens({ tokens: { bank: { audience: 'https://bank.example.com', expirationSeconds: 600 }, odd: { audience: 'api' } } });
`;
const withTokens = (body: string): { readonly [path: string]: string } => {
  const { 'app.ts': app_ = '', ...others } = app(body);
  return { ...others, 'tokens.ts': TOKENS, 'app.ts': `import { ProjectedTokens } from 'symbolon/cdk8s';\nimport { pay } from './tokens';\n${app_}` };
};

describe('projected tokens without an identity', () => {
  const OPEN = 'nobody here decides about it: whoever takes this audience lets it in';

  test('that a file exports are rendered for pods that are made elsewhere, and stand in the table', async () => {
    const { code, out, err, space } = await synth({ 'tokens.ts': TOKENS }, 'tokens.ts');
    expect(code).toBe(0);
    expect(out).toContain(`pay       -        bank        https://bank.example.com  token 600 s, refreshed at 480 s, for pods that are made elsewhere; ${OPEN}`);
    expect(err).toMatch(/^warning: pay\.tokens\.odd\.audience: .*\[token\/generic-audience\]\n$/);
    const patch = space.read('dist/patches/_no-cluster/pay.yaml');
    expect(patch).toMatch(/^# Pods that are to have the tokens pay have to carry this.*\nspec:\n[\s\S]*audience: https:\/\/bank\.example\.com/);
    expect(patch).not.toContain('serviceAccountName');
  });

  test('may come in lists, and from functions of the environment, beside identities', async () => {
    const files = {
      'identities.ts': IDENTITIES, 'tokens.ts': `${TOKENS}
      import { checkout } from './identities';
      export const all = [pay, checkout];
      export const other = env => defineProjectedTokens({ tokens: { [env]: { audience: 'https://' + env + '.example.com' } } });
    `,
    };
    const { code, out, space } = await synth(files, 'tokens.ts', '--env', 'prod');
    expect(code).toBe(0);
    expect(out).toMatch(/^checkout .*admitted/m);
    expect(Object.keys(space.tree('dist/patches'))).toEqual(['.symbolon', '_no-cluster/other.yaml', '_no-cluster/pay.yaml', 'blue/shop.yaml']);
  });

  test('that an app attaches are told of with the pods that have them, and their warnings are the run\'s', async () => {
    const files = withTokens(`
      export const app = new App();
      const one = chart(app, 'one');
      new ProjectedTokens(one, 'tokens', pay).attachTo(web(one));
      export { pay };
    `);
    const { code, out, err, space } = await synth(files, 'app.ts');
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^one/tokens  -        bank        https://bank\\.example\\.com  token 600 s, refreshed at 480 s, in Deployment shop/one-web-\\w+ as shop/default; ${OPEN}$`, 'm'));
    expect(err).not.toMatch(/SymbolonWarning|no-cluster|no-identity/);
    expect(err.match(/token\/generic-audience/g)).toHaveLength(1);
    expect(err).toContain('[workload/default-account]');
    expect(space.has('dist/patches')).toBe(false);
    const { warnings, tokens } = JSON.parse((await synth(files, 'app.ts', '--json')).out) as { readonly warnings: readonly { readonly code: string; readonly path: string }[]; readonly tokens: readonly object[] };
    expect(warnings.map(({ code: each, path }) => `${each} ${path}`)).toEqual([
      'token/generic-audience one/tokens.tokens.odd.audience', 'workload/default-account one/web/Resource: spec.template.spec.serviceAccountName',
    ]);
    expect(tokens[0]).toEqual(expect.objectContaining({ token: 'bank', projectedBy: 'one/tokens', audience: 'https://bank.example.com', subject: { namespace: 'shop', serviceAccount: 'default' } }));
  });

  test('beside an identity in one pod: each token is its own', async () => {
    const { code, out } = await synth(withTokens(`
      export const app = new App();
      const one = chart(app, 'one');
      const deployment = web(one);
      new WorkloadIdentity(one, 'identity', { definition: checkout, cluster: blue }).attachTo(deployment);
      new ProjectedTokens(one, 'tokens', pay).attachTo(deployment);
    `), 'app.ts');
    expect(code).toBe(0);
    expect(out).toMatch(/^checkout {2}blue {5}aws .*admitted/m);
    expect(out).toMatch(/^checkout {2}blue {5}bank .*as shop\/checkout; nobody here decides/m);
  });

  test('that a container cannot read do not hold, even where no cluster is known', async () => {
    const { code, out, space } = await synth(withTokens(`
      import { ApiObject } from 'cdk8s';
      export const app = new App();
      const one = chart(app, 'one');
      new ProjectedTokens(one, 'tokens', pay).attachTo(web(one));
      const volumes = [{ name: 't', projected: { defaultMode: 0o400, sources: [{ serviceAccountToken: { audience: 'a', path: 'token' } }] } }];
      const containers = [{ name: 'a', image: 'a', volumeMounts: [{ name: 't', mountPath: '/t' }] }, { name: 'b', image: 'b', securityContext: { runAsUser: 1000 }, volumeMounts: [{ name: 't', mountPath: '/t' }] }];
      new ApiObject(one, 'raw', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'raw' }, spec: { volumes, containers } });
    `), 'app.ts');
    expect({ code, out }).toEqual({ code: 1, out: expect.stringMatching(/^- .* REFUSED: Pod shop\/raw: \/t\/token /m) as string });
    expect(space.has('dist')).toBe(false);
  });
});
