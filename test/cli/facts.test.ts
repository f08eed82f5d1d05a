/** symbolon facts: from what vendors print to a definition that holds, and that verify agrees with. */
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { dump, load } from 'js-yaml';
import { workspace, type Workspace } from './workspace';
import { discoveryOf, printed, projectOf } from '../facts/vendors';
import { ack, aks as plainAks, blue, gke, k3s } from '../support/definitions';
import type { ClusterInput } from 'symbolon';

const aks: ClusterInput = { ...plainAks, name: 'aks', aks: { ...plainAks.aks, tenantId: plainAks.aks?.tenantId ?? '', resourceGroup: 'shop', clusterName: 'aks' } };
const eks: ClusterInput = { ...blue, eks: { ...blue.eks, accountId: '111122223333', region: 'us-west-2', clusterName: 'blue' } };
const IDENTITY = {
  clientId: '00000000-0000-4000-8000-000000000004',
  principalId: '00000000-0000-4000-8000-000000000005',
  name: 'checkout',
  id: '/subscriptions/00000000-0000-4000-8000-000000000003/resourcegroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/checkout',
  tenantId: '00000000-0000-4000-8000-000000000001',
};
const json = (value: unknown): string => JSON.stringify(value, null, 2);

function vendors(): Workspace {
  return workspace({
    'v/eks.json': json(printed(eks)),
    'v/aks.json': json(printed(aks)),
    'v/gke.yaml': dump(printed(gke)),
    'v/ack.json': json(printed(ack)),
    'own/discovery.json': json(discoveryOf(k3s)),
    'identity.json': json(IDENTITY),
    'project.yaml': dump(projectOf('shop-prod', '123456789012')),
  });
}

const ALL = ['facts', 'v', 'k3s=own/discovery.json', 'project.yaml'];

test('clusters of several vendors, JSON and YAML, by folder and by name, in the order of names', async () => {
  const { code, out, err } = await vendors().run(ALL);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(load(out)).toEqual({
    version: 1,
    clusters: [ack, aks, eks, { ...gke, gke: { ...gke.gke, projectNumber: '123456789012' } }, { ...k3s, signingAlgorithms: ['RS256'] }],
  });
  expect(out).toMatch(/^# /);
  const again = await vendors().run([...ALL.slice(0, 1), ...ALL.slice(1).reverse()]);
  expect(again.out).toBe(out);
});

test('the same as JSON, by an option and by the ending of the file', async () => {
  const space = vendors();
  const { out } = await space.run([...ALL, '--json']);
  const run = await space.run([...ALL, '--out', 'clusters.json']);
  expect(run).toEqual({ code: 0, out: '', err: 'clusters.json: 5 clusters: ack, aks, blue, gke, k3s\n' });
  expect(space.read('clusters.json')).toBe(out);
  expect(JSON.parse(out)).toEqual(load((await space.run(ALL)).out));
});

test('with identities, synth takes it, and verify agrees by the same outputs', async () => {
  const space = vendors();
  const run = await space.run([...ALL, 'checkout.azure=identity.json', '--out', 'identity.yaml', '--facts', 'facts.json']);
  expect(run).toMatchObject({ code: 0, err: expect.stringContaining('facts.json: facts, for symbolon synth --facts') });
  const identity = (name: string, cluster: string, trusted: object): object => ({ name, namespace: 'shop', clusters: [cluster], trustedBy: trusted });
  const identities = [
    identity('orders', 'blue', { aws: {} }),
    identity('checkout', 'aks', { azure: { resourceGroup: 'shop', location: 'westeurope' } }),
    identity('thumbnails', 'gke', { gcp: {} }),
    identity('robot', 'ack', { alibaba: {} }),
    identity('edge', 'k3s', { aws: { accountId: '111122223333', region: 'us-west-2' } }),
  ];
  const workloads = identities.map(each => {
    const { name } = each as { readonly name: string };
    return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop' }, spec: { serviceAccountName: name, containers: [{ name: 'app', image: 'app:1' }] } };
  });
  space.write('identity.yaml', `${space.read('identity.yaml')}${dump({ identities, workloads })}`);
  const synth = await space.run(['synth', 'identity.yaml', '--facts', 'facts.json', '--json']);
  const answer = JSON.parse(synth.out) as { ok: boolean; verdicts: { cluster: string; admitted: boolean; becomes: string }[] };
  expect(answer).toMatchObject({ ok: true });
  expect(answer.verdicts.map(({ cluster, admitted }) => `${cluster} ${admitted}`).sort()).toEqual(['ack true', 'aks true', 'blue true', 'gke true', 'k3s true']);
  expect(answer.verdicts.map(({ becomes }) => becomes)).toContain(IDENTITY.clientId);
  // The proof's own readers, which share nothing with those of this command, take the same outputs.
  const verify = await space.run(['verify', 'dist/kubernetes', 'dist/cloud', 'v', '--cluster', 'k3s=own/discovery.json', '--json']);
  expect(JSON.parse(verify.out)).toMatchObject({ ok: true, findings: [], verdicts: answer.verdicts.map(() => ({ admitted: true })) });
  const both = await space.run(['verify', 'dist/kubernetes', 'dist/cloud', 'v', '--definition', 'identity.yaml', '--json']);
  expect(JSON.parse(both.out)).toMatchObject({ ok: true, findings: [] });
});

test('facts have to have a place', async () => {
  const space = vendors();
  expect(await space.run(['facts', 'v', 'checkout.azure=identity.json'])).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/ERR_INPUT: --facts: expected the file/) });
  expect(await space.run(['facts', 'checkout.azure=identity.json', '--facts', 'facts.json'])).toMatchObject({ code: 0, out: '' });
  expect(JSON.parse(space.read('facts.json'))).toEqual({ version: 1, identities: { checkout: { azure: { clientId: IDENTITY.clientId, principalId: IDENTITY.principalId } } } });
});

test('what is wrong is said, and nothing is written', async () => {
  const space = vendors();
  space.write('v/aks.json', json({ ...printed(aks), oidcIssuerProfile: { enabled: false } }));
  space.write('odd.json', '{"kind": "Pod", "apiVersion": "v1"}');
  const run = await space.run([...ALL, 'odd.json', '--out', 'clusters.yaml']);
  expect(run.code).toBe(1);
  expect(run.err).toMatch(/ERR_INVALID_FACTS: facts: 2 errors\n/);
  expect(run.err).toMatch(/v\/aks\.json: oidcIssuerProfile: .*\[facts\/no-issuer\]/);
  expect(run.err).toMatch(/odd\.json: expected what one of these prints.*\[facts\/unknown-document\]/);
  expect(space.has('clusters.yaml')).toBe(false);
  const machine = JSON.parse((await space.run([...ALL, 'odd.json', '--json'])).out) as { error: { code: string; issues: { code: string }[] } };
  expect(machine.error).toMatchObject({ code: 'ERR_INVALID_FACTS', issues: [{ code: 'facts/no-issuer' }, { code: 'facts/unknown-document' }] });
});

test.each([
  ['cut off', json(printed(eks)).slice(0, -20), /v\/eks\.json:\d+:\d+: it is no JSON/],
  ['cut off after a mark', '{\n  "cluster": {', /v\/eks\.json:2:15: it is no JSON/],
  ['empty', '', /v\/eks\.json: it is empty/],
  ['a key twice', '{"cluster": {}, "cluster": {}}', /v\/eks\.json:1:17: the key "cluster" stands here twice/],
])('a file that is %s is said with its place', async (_what, text, message) => {
  const space = vendors();
  space.write('v/eks.json', text);
  expect(await space.run(ALL)).toMatchObject({ code: 2, out: '', err: expect.stringMatching(message) });
});

test('documents of one file are told apart by their lines', async () => {
  const space = workspace({ 'all.yaml': `${dump(printed(gke))}---\n${dump({ ...printed(gke), name: 'other', selfLink: 'https://container.googleapis.com/v1/projects/shop-prod/locations/europe-west4/clusters/other', workloadIdentityConfig: null })}` });
  expect((await space.run(['facts', 'all.yaml'])).err).toMatch(/all\.yaml:\d+: workloadIdentityConfig\.workloadPool/);
});

test('a file is never written over what somebody else wrote into it', async () => {
  const space = vendors();
  await space.run([...ALL, '--out', 'identity.yaml']);
  expect((await space.run(['facts', 'v/eks.json', '--out', 'identity.yaml'])).code).toBe(0);
  space.write('identity.yaml', `${space.read('identity.yaml')}identities: []\n`);
  const before = space.read('identity.yaml');
  expect((await space.run([...ALL, '--out', 'identity.yaml'])).err).toMatch(/identity\.yaml: identities would be lost/);
  expect(space.read('identity.yaml')).toBe(before);
  space.write('facts.json', json({ version: 1, identities: { other: { azure: { clientId: 'x' } } } }));
  expect((await space.run(['facts', 'checkout.azure=identity.json', '--facts', 'facts.json'])).err).toMatch(/facts\.json: identities\.other would be lost/);
});

test('a link is followed, and a folder that is not there is said', async () => {
  const space = vendors();
  space.write('real.yaml', 'version: 1\nclusters: []\n');
  symlinkSync(join(space.dir, 'real.yaml'), join(space.dir, 'link.yaml'));
  await space.run(['facts', 'v/eks.json', '--out', 'link.yaml']);
  expect(readFileSync(join(space.dir, 'real.yaml'), 'utf8')).toContain('name: blue');
  expect(await space.run(['facts', 'v/eks.json', '--out', 'no/where.yaml'])).toMatchObject({ code: 2, err: expect.stringMatching(/no\/where\.yaml cannot be written: .*name a file in a folder that is there/) });
});

test('a name is for one file, and a path with = is a path where there is such a file', async () => {
  const space = vendors();
  space.write('a=b.json', json(printed(eks)));
  expect((await space.run(['facts', 'a=b.json'])).out).toContain('name: blue');
  expect((await space.run(['facts', 'mine=a=b.json'])).out).toContain('name: mine');
  expect((await space.run(['facts', 'v/eks.json', 'mine=v/eks.json'])).err).toMatch(/v\/eks\.json is given twice/);
  expect((await space.run(['facts'])).err).toMatch(/facts: expected files/);
});
