import { CLUSTERS, documentsOf, sampleOf } from './sample';
import { gather, verifyGathered, type EvidenceDocument } from '../../src/evidence';
import { countsOf, mapOf, type TrustMap, type TrustNode } from '../../src/graph';
import { pathsOf } from '../../src/graph/paths';

function mapIn(documents: readonly EvidenceDocument[]): TrustMap {
  const gathered = gather(documents, CLUSTERS);
  return mapOf(verifyGathered(gathered), gathered);
}

const labels = (nodes: readonly (TrustNode | undefined)[]): readonly (string | undefined)[] => nodes.map(node => node?.label);

describe('the trust map', () => {
  const map = sampleOf(10);
  const pathOf = (name: string) => pathsOf(map).find(({ who }) => who?.label === `Deployment team-0/${name}`);

  test.each([
    ['app-3', 'sts.amazonaws.com', 'arn:aws:iam::111122223333:role/app-3', ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess', 'arn:aws:iam::aws:policy/logs-3', 'arn:aws:iam::aws:policy/shop-3']],
    ['app-1', 'api://AzureADTokenExchange', '00000000-0000-4000-9000-000000000001', ['role reader on /subscriptions/00000000-0000-4000-8000-000000000003/resourceGroups/shop']],
    ['app-2', 'shop-prod.svc.id.goog', 'app-2@shop-prod.iam.gserviceaccount.com', ['roles/storage.objectViewer on projects/shop-prod']],
  ])('%s: workload, token, cloud identity, permission', (name, audience, becomes, permissions) => {
    const path = pathOf(name);
    expect(labels([path?.token, path?.identity])).toEqual([audience, becomes]);
    expect(labels(path?.permissions ?? [])).toEqual(permissions);
    expect(path?.state).toBe('admitted');
  });

  test('what is refused says why, and whoever gets in instead is a stranger', () => {
    expect(pathOf('app-4')).toMatchObject({ state: 'refused', why: expect.stringContaining('system:serviceaccount:team-0:app-4-old') as string });
    expect(pathsOf(map).find(({ state }) => state === 'stranger')?.who?.label).toContain('app-4-old');
  });

  test('an open set is over-broad, with somebody who would get in', () => {
    const path = pathsOf(map).find(({ state }) => state === 'over-broad');
    expect(path?.identity?.label).toBe('arn:aws:iam::111122223333:role/app-6');
    expect(path?.who?.notes.join()).toContain('system:serviceaccount:stranger:stranger');
  });

  test('the worst comes first', () => {
    expect(pathsOf(map).map(({ state }) => state).filter((state, i, all) => state !== all[i - 1])).toEqual(['over-broad', 'stranger', 'refused', 'admitted']);
  });

  test('without an issuer it is undecided', () => {
    const gathered = gather(documentsOf(1), [{ name: 'blue' }]);
    expect([...countsOf(mapOf(verifyGathered(gathered), gathered)).keys()]).toEqual(['undecided']);
  });

  test('a service account as which nothing runs is unused', () => {
    const [account, , trust] = documentsOf(1) as [EvidenceDocument, EvidenceDocument, EvidenceDocument];
    const [path] = pathsOf(mapIn([account, trust]));
    expect(path).toMatchObject({ state: 'unused', identity: { label: 'arn:aws:iam::111122223333:role/app-0' } });
  });

  test('an identity of which nobody asks is there, and leads nowhere from nowhere', () => {
    const only = { kind: 'iam.Role', name: 'arn:aws:iam::111122223333:role/idle', becomes: 'arn:aws:iam::111122223333:role/idle', request: { RoleName: 'idle', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } } };
    const [path] = pathsOf(mapIn([{ value: { documents: [only] }, at: { file: 'idle.json', document: 0, path: '' } }]));
    expect(path).toMatchObject({ state: 'unlinked', identity: { label: only.name } });
    expect(path).not.toHaveProperty('who');
  });

  test('the order of the documents changes nothing', () => {
    const documents = documentsOf(40);
    expect(mapIn([...documents].reverse())).toEqual(mapIn(documents));
  });

  test('what is the same has the same id, whatever else is there', () => {
    const more = new Set(sampleOf(30).nodes.map(({ id, label }) => `${id} ${label}`));
    expect(map.nodes.filter(({ id, label }) => !more.has(`${id} ${label}`))).toEqual([]);
    expect(new Set(map.nodes.map(({ id }) => id)).size).toBe(map.nodes.length);
  });

  test('every edge is between nodes that are there', () => {
    const ids = new Set(map.nodes.map(({ id }) => id));
    expect(map.edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
  });
});

/** A pod that mounts tokens, each from a volume of its own. */
function podWith(tokens: readonly object[], account = { name: 'web', namespace: 'shop' }): EvidenceDocument {
  const volumeMounts = tokens.map((_, i) => ({ name: `v${i}`, mountPath: `/tokens/${i}` }));
  const volumes = tokens.map((token, i) => ({ name: `v${i}`, projected: { sources: [{ serviceAccountToken: token }] } }));
  const spec = { serviceAccountName: account.name, containers: [{ name: 'app', image: 'a', volumeMounts }], volumes };
  return { value: { apiVersion: 'v1', kind: 'Pod', metadata: account, spec }, cluster: 'blue', at: { file: 'pod.yaml', document: 0, path: '' } };
}

describe('tokens', () => {
  test('a token for somebody who is no cloud is there with its lifetime', () => {
    const [path] = pathsOf(mapIn([podWith([{ audience: 'https://payments.example.com', expirationSeconds: 900, path: 'token' }])]));
    expect(path).toMatchObject({ state: 'unlinked', who: { label: 'Pod shop/web' }, token: { label: 'https://payments.example.com', notes: ['lives 15 minutes'] } });
  });

  test('one that the API server refuses is refused', () => {
    const [path] = pathsOf(mapIn([podWith([{ audience: 'https://payments.example.com', expirationSeconds: 60, path: 'token' }])]));
    expect(path).toMatchObject({ state: 'refused', token: { label: 'https://payments.example.com' }, why: expect.stringContaining('expirationSeconds 60') as string });
  });

  test('the token of a cloud says how long it lives, where the manifest does', () => {
    const [account, , trust] = documentsOf(1) as [EvidenceDocument, EvidenceDocument, EvidenceDocument];
    const pod = podWith([{ audience: 'sts.amazonaws.com', expirationSeconds: 7200, path: 'token' }], { name: 'app-0', namespace: 'team-0' });
    const [path] = pathsOf(mapIn([account, pod, trust]));
    expect(path).toMatchObject({ state: 'admitted', identity: { label: 'arn:aws:iam::111122223333:role/app-0' } });
    expect(path?.token?.notes).toContain('lives 2 hours');
  });
});
