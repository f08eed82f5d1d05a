/** A file of facts that is not what it should be: nothing is written, what was there stays, and the message says which fact and what to do. */
import { Folder } from './support/folder';
import { count } from '../support/report';

const DEFINITIONS = JSON.stringify({
  version: 1,
  clusters: [{
    name: 'aks',
    issuer: 'https://westeurope.oic.prod-aks.azure.com/00000000-0000-4000-8000-000000000001/00000000-0000-4000-8000-000000000009/',
    aks: { tenantId: '00000000-0000-4000-8000-000000000001', subscriptionId: '00000000-0000-4000-8000-000000000002' },
  }],
  identities: [{ name: 'writer', namespace: 'shop', clusters: ['aks'], trustedBy: { azure: { resourceGroup: 'shop', location: 'westeurope' } } }],
});
const CLIENT_ID = '00000000-0000-4000-8000-00000000c11e';
const factsOf = (identity: string, clientId: unknown): object => ({ identities: { [identity]: { azure: { clientId } } } });
const right = JSON.stringify({ symbolon: factsOf('writer', CLIENT_ID) });

test.each<[string, string | undefined, number, RegExp]>([
  ['is not there', undefined, 2, /facts\.json/],
  ['is empty', '', 2, /facts\.json/],
  ['was cut off', right.slice(0, -9), 2, /facts\.json/],
  ['is what pulumi prints for people', 'Current stack outputs (1):\n    OUTPUT    VALUE\n', 2, /facts\.json/],
  ['is of a stack that exports nothing', '{}', 1, /identities\.writer\.azure\.clientId/],
  ['is of another stack', JSON.stringify({ symbolon: factsOf('reader', CLIENT_ID) }), 1, /identities\.writer\.azure\.clientId/],
  ['is of another stack, with outputs of its own', JSON.stringify({ url: 'https://shop.example.com' }), 1, /symbolon|clientId/],
  ['is hidden as a whole', JSON.stringify({ symbolon: '[secret]' }), 1, /--show-secrets/],
  ['has a value that is hidden', JSON.stringify({ symbolon: factsOf('writer', '[secret]') }), 1, /clientId.*--show-secrets/s],
  ['has a value that is empty, since the identity was taken back', JSON.stringify({ symbolon: factsOf('writer', '') }), 1, /clientId/],
  ['has a value that is null', JSON.stringify({ symbolon: factsOf('writer', null) }), 1, /clientId/],
  ['has a value of another kind', JSON.stringify({ symbolon: factsOf('writer', 'https://writer.example.com') }), 1, /clientId/],
  ['has two values from two stacks', JSON.stringify({ symbolon: [factsOf('writer', CLIENT_ID), factsOf('writer', CLIENT_ID.replace('c11e', 'c11f'))] }), 1, /clientId/],
])('it %s', async (_what, facts, exit, says) => {
  const folder = new Folder();
  folder.write('writer.json', DEFINITIONS);
  folder.write('facts.json', right);
  expect(await folder.synth(['writer.json', '--facts', 'facts.json']).ended).toMatchObject({ code: 0, err: '' });
  const before = folder.tree();
  expect(JSON.stringify(before)).toContain(CLIENT_ID);

  if (facts !== undefined) folder.write('facts.json', facts);
  const { code, err } = await folder.synth(['writer.json', '--facts', facts === undefined ? 'no/facts.json' : 'facts.json']).ended;
  expect({ code, err }).toEqual({ code: exit, err: expect.stringMatching(says) as string });
  expect(err).not.toMatch(/^\s+at /m);
  expect(folder.tree()).toEqual(before);
  expect(folder.hidden()).toEqual([]);
  count('faults', 'files of facts that are wrong', 1);
});
