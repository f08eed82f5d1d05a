/** docs/start: what each page has in a file runs, and prints what the page shows. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withMocks } from '../pulumi/support/mocks';
// The tests of the third page, as its users would run them.
import '../../examples/start/tests/identity.test';

const ROOT = join(__dirname, '../..');

function synth(folder: string, file: string): { readonly code: number | null; readonly out: string } {
  const out = mkdtempSync(join(tmpdir(), 'symbolon-start-'));
  try {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'lib/cli/bin.js'), 'synth', file, '--out', out], { cwd: join(ROOT, 'examples/start', folder), encoding: 'utf8', env: { ...process.env, CDK8S_OUTDIR: join(out, 'cdk8s') } });
    return { code: status, out: `${stdout}${stderr}`.replaceAll(`${out}/`, 'dist/') };
  } finally {
    rmSync(out, { recursive: true });
  }
}

test.each([['manifests', 'shop.ts'], ['stack', 'identities.ts']])('docs/start/%s.md shows what synth prints', (page, file) => {
  const { code, out } = synth(page, file);
  expect(code).toBe(0);
  const text = readFileSync(join(ROOT, `docs/start/${page}.md`), 'utf8');
  const [, shown] = /```console\n\$ npx symbolon synth.*\n([^]*?)```/.exec(text) ?? [];
  expect(shown).toBe(out);
});

test('the stack makes the OIDC provider, the role and its policy, and tells the role', async () => {
  const { result, resources } = await withMocks(() => jest.requireActual<typeof import('../../examples/start/stack')>('../../examples/start/stack'));
  expect(resources.map(({ type }) => type).sort()).toEqual(['aws:iam/openIdConnectProvider:OpenIdConnectProvider', 'aws:iam/role:Role', 'aws:iam/rolePolicyAttachment:RolePolicyAttachment']);
  expect(await new Promise(resolve => { result.role?.apply(resolve); })).toBe('arn:aws:iam::111122223333:role/checkout');
});
