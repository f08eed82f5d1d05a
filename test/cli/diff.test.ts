import { GOOD_YAML, workspace, type Workspace } from './workspace';

const ISSUER = 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const CLUSTER = ['--cluster', `prod-blue=${ISSUER}`];
const ROLE = 'arn:aws:iam::111122223333:role/checkout';

async function sides(): Promise<Workspace> {
  const space = workspace({ 'a.yaml': GOOD_YAML, 'b.yaml': GOOD_YAML.replace('name: checkout', 'name: cart') });
  for (const name of ['a', 'b']) await space.run(['synth', `${name}.yaml`, '--out', name]);
  return space;
}

/** A role that trusts somebody by name, whatever that name holds. */
const trusting = (...names: string[]): string => JSON.stringify({
  documents: [{
    kind: 'iam.Role',
    name: ROLE,
    becomes: ROLE,
    request: {
      AssumeRolePolicyDocument: {
        Statement: names.map(name => ({
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${ISSUER.slice(8)}` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringEquals: { [`${ISSUER.slice(8)}:sub`]: name, [`${ISSUER.slice(8)}:aud`]: 'sts.amazonaws.com' } },
        })),
      },
    },
  }],
});

test('the paragraph comes first, the exit code says whether anything changes', async () => {
  const space = await sides();
  const changed = await space.run(['diff', 'a/cloud', 'b/cloud', ...CLUSTER]);
  expect(changed).toMatchObject({ code: 1, err: '' });
  expect(changed.out).toMatch(/^1 gains access, 1 loses access: .*shop:cart .* becomes arn.*; .*shop:checkout .* no longer becomes .*\.\n\ngains {6}/);
  expect(await space.run(['diff', 'a/cloud', 'a/cloud', ...CLUSTER])).toEqual({ code: 0, err: '', out: 'Nobody gains or loses access.\n' });
  const json = JSON.parse((await space.run(['diff', 'a/cloud', 'b/cloud/aws', ...CLUSTER, '--json'])).out) as object;
  expect(json).toMatchObject({ version: 1, changed: true, decided: true, changes: [{ kind: 'gains' }, { kind: 'loses' }], unchanged: 0 });
});

test('what cannot be decided has an exit code of its own', async () => {
  const space = await sides();
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop' }, spec: { serviceAccountName: 'checkout', containers: [{ name: 'a', image: 'a' }] } };
  space.write('k/a.json', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [pod, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'checkout', namespace: 'shop', annotations: { 'eks.amazonaws.com/role-arn': ROLE } } }] }));
  const { code, out } = await space.run(['diff', 'k', 'a/cloud', ...CLUSTER]);
  expect(code).toBe(3);
  expect(out).toContain('cannot be decided from what was given, and may hide more');
});

test('Markdown has a mark for bots, and nothing of what names hold is read as Markdown, HTML or a mention', async () => {
  const evil = ['system:serviceaccount:shop:@octocat', '</code><script>alert(1)</script>', '[x](https://evil.example) ![i](//e)', 'a|b\\|c', '-->\n\n# head\n\n| a |', '`x` #1 www.evil.example', '\u202eabc'];
  const space = workspace({ 'a/x.json': trusting('system:serviceaccount:shop:checkout'), 'b/x.json': trusting(...evil) });
  const { code, out } = await space.run(['diff', 'a', 'b', ...CLUSTER, '--format', 'markdown']);
  expect(code).toBe(1);
  expect(out.startsWith('<!-- symbolon-diff -->\n### ')).toBe(true);
  for (const odd of ['@', '<script', '](', '`', '\n# head', '|', '#1 ', '\u202e', 'https:', '![']) expect(out.replace('<!-- symbolon-diff -->', '')).not.toContain(odd);
  // No empty line inside of the table: Markdown would begin again after it.
  expect(/<table>[^]*<\/table>/.exec(out)?.[0]).not.toContain('\n\n');
  expect(out.match(/<tr>/g)).toHaveLength(1 + evil.length + 1);
});

test('a comment never gets too long, and says what it leaves out', async () => {
  const space = workspace({ 'a/x.json': trusting('system:serviceaccount:shop:checkout'), 'b/x.json': trusting(...Array.from({ length: 300 }, (_, i) => `system:serviceaccount:shop:app-${i}`)) });
  const { out } = await space.run(['diff', 'a', 'b', ...CLUSTER, '--format', 'markdown']);
  expect(out.length).toBeLessThan(65536);
  expect(out).toMatch(/<p>\d+ more do not fit/);
  expect(out).toContain('<p>300 gain access, 1 loses access: ');
});

test('usage', async () => {
  const space = await sides();
  expect(await space.run(['diff', 'a'])).toMatchObject({ code: 2, err: expect.stringContaining('expected two files or folders, got 1') });
  expect(await space.run(['diff', 'a', 'a/cloud'])).toMatchObject({ code: 2, err: expect.stringContaining('one lies in the other') });
  expect(await space.run(['diff', 'a', 'b', '--format', 'html'])).toMatchObject({ code: 2, err: expect.stringContaining('text, json, markdown') });
  expect(await space.run(['diff', 'a', 'none'])).toMatchObject({ code: 2, err: expect.stringContaining('none: there is no such file') });
});
