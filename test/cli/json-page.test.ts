/** The page about `--json` names every field that comes out, and no other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspace } from './workspace';

const page = readFileSync(join(__dirname, '../../docs/guides/command-line.md'), 'utf8');
const rows = new Map([...page.matchAll(/^\| (`\w+`(?:, `\w+`)?) \| (.*) \|$/gm)].flatMap(([, fields = '', says = '']) => [...fields.matchAll(/`(\w+)`/g)].map(([, field = '']) => [field, says] as const)));

const file = {
  version: 1,
  clusters: [{ name: 'blue', issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF', eks: { accountId: '111122223333', region: 'eu-west-1', clusterName: 'blue' } }],
  identities: [{
    name: 'checkout',
    namespace: 'shop',
    clusters: ['blue'],
    tokens: { pay: { audience: 'https://pay.example.com' } },
    trustedBy: { aws: { unsafeSubjects: { like: ['system:serviceaccount:shop:job-*'], reason: 'names of jobs are made at run time' } } },
  }],
};

test('the fields of a result and of a failure are those of the page', async () => {
  const good = workspace({ 'a.json': JSON.stringify(file), 'b.json': '{}' });
  const result = JSON.parse((await good.run(['synth', 'a.json', '--json', '--update-lock'])).out) as Record<string, readonly object[]>;
  const failure = JSON.parse((await good.run(['synth', 'b.json', '--json'])).out) as object;
  expect([...new Set([...Object.keys(result), ...Object.keys(failure)])].sort()).toEqual([...rows.keys()].sort());
  const lock = [...(rows.get('lock') ?? '').matchAll(/`([a-z]+)`/g)].map(([, field]) => field);
  for (const field of Object.keys(result.lock ?? {})) expect(lock).toContain(field);
  for (const list of ['verdicts', 'tokens', 'accepted', 'warnings']) {
    const said = [...(rows.get(list) ?? '').matchAll(/`(\w+)`/g)].map(([, field]) => field);
    for (const item of result[list] ?? []) for (const field of Object.keys(item)) expect({ list, field, said: said.includes(field) || ['cluster', 'workload', 'subject', 'by', 'who', 'becomes', 'provider', 'options'].includes(field) }).toEqual({ list, field, said: true });
  }
  expect(result).toMatchObject({ ok: true, verdicts: [{ admitted: true }], tokens: [{}], accepted: [{ reason: 'names of jobs are made at run time' }] });
});
