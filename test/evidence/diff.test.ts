/** Who gains and who loses, between two sets of manifests and documents. */
import { diffAccess, type EvidenceDocument, type EvidenceSet } from '../../src/evidence';
import type { KubernetesObject } from '../../src/kubernetes/manifest';
import type { TrustArtifact } from '../../src/proof/artifacts';
import { EKS_ISSUER, ROLE, explicitAws, only, role, statement } from '../proof/support';

const clusters = [{ name: 'blue', issuer: EKS_ISSUER }];

function set(objects: readonly KubernetesObject[], trust: readonly TrustArtifact[]): EvidenceSet {
  const values: readonly unknown[] = [...objects, ...(trust.length === 0 ? [] : [{ documents: trust }])];
  return { clusters, documents: values.map((value, document): EvidenceDocument => ({ value, at: { file: 'a.json', document, path: '' } })) };
}

const named = (name: string, object = explicitAws()): KubernetesObject => ({ ...object, metadata: { ...object.metadata, name } });
const web = explicitAws();
const trusted = role(statement());
const attachment = (arn: string): TrustArtifact => ({ provider: 'aws', kind: 'iam.RolePolicyAttachment', name: `${ROLE} ${arn}`, becomes: ROLE, request: { RoleName: 'checkout', PolicyArn: arn } });
const open = role(statement({ operator: 'StringLike', sub: 'system:serviceaccount:shop:*' }));
const kinds = (before: EvidenceSet, after: EvidenceSet): readonly string[] => diffAccess(before, after).changes.map(({ kind }) => kind);
const WHO = 'shop/checkout in blue';

test('the same is no change, and a workload that is renamed is known by its service account', () => {
  expect(diffAccess(set([web], [trusted]), set([web], [trusted]))).toEqual({ changes: [], undecided: [], unchanged: 1 });
  expect(diffAccess(set([web], [trusted]), set([named('other')], [trusted]))).toEqual({ changes: [], undecided: [], unchanged: 1 });
  expect(diffAccess(set([], []), set([], []))).toEqual({ changes: [], undecided: [], unchanged: 0 });
});

test('a workload and its trust come, and go', () => {
  const may = attachment('arn:aws:iam::aws:policy/ReadOnlyAccess');
  expect(only(diffAccess(set([], []), set([web], [trusted, may])).changes)).toMatchObject(
    { kind: 'gains', provider: 'aws', becomes: ROLE, who: WHO, workloads: ['Deployment shop/web'], permissions: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] });
  expect(only(diffAccess(set([web], [trusted, may]), set([], [])).changes)).toMatchObject({ kind: 'loses', who: WHO, reason: expect.stringContaining('nothing that was given') });
});

test('a workload that goes while its trust stays still may, and one that comes to a trust that stood could before', () => {
  expect(only(diffAccess(set([web], [trusted]), set([], [trusted])).changes)).toMatchObject({ kind: 'stops', who: WHO });
  expect(only(diffAccess(set([], [trusted]), set([web], [trusted])).changes)).toMatchObject({ kind: 'starts', who: WHO });
});

test('a trust that no longer names a workload loses it, and says by what', () => {
  const other = role(statement({ sub: 'system:serviceaccount:shop:other' }));
  const { changes } = diffAccess(set([web], [trusted]), set([web], [other]));
  expect(changes).toMatchObject([{ kind: 'loses', who: WHO, reason: expect.stringContaining('"system:serviceaccount:shop:other"') }, { kind: 'gains', who: expect.stringContaining('shop:other') }]);
});

test('a wildcard in the place of a name is broader, and nobody else is said to lose', () => {
  expect(diffAccess(set([web], [trusted]), set([web], [open])).changes).toMatchObject([{ kind: 'broader', becomes: ROLE, who: expect.stringContaining('shop:*') }]);
  expect(kinds(set([web], [open]), set([web], [trusted]))).toEqual(['narrower']);
  const stranger = role(statement(), statement({ sub: 'system:serviceaccount:shop:other' }));
  expect(kinds(set([web], [stranger]), set([web], [open]))).toEqual(['broader']);
});

test('somebody who is let in beside others is a change of his own', () => {
  const [one, two, three] = ['one', 'two', 'three'].map(name => statement({ sub: `system:serviceaccount:shop:${name}` })) as [object, object, object];
  const { changes } = diffAccess(set([], [role(one, two)]), set([], [role(three, two)]));
  expect(changes).toMatchObject([{ kind: 'gains', who: expect.stringContaining('shop:three ') }, { kind: 'loses', who: expect.stringContaining('shop:one ') }]);
  expect(diffAccess(set([], [role(one)]), set([], [role(statement({ sub: ['system:serviceaccount:shop:one', 'system:serviceaccount:shop:two'] }))])).changes)
    .toMatchObject([{ kind: 'gains', who: expect.stringContaining('shop:two ') }]);
});

test('of a wildcard that is written differently nobody says that it is the same', () => {
  const wider = role(statement({ operator: 'StringLike', sub: 'system:serviceaccount:sho*:*' }));
  expect(kinds(set([web], [open]), set([web], [wider]))).toContain('rewritten');
  expect(kinds(set([web], [open]), set([web], [open]))).toEqual([]);
});

test('what an identity may do is a change for everybody who becomes it', () => {
  const [read, write] = ['ReadOnlyAccess', 'AdministratorAccess'].map(name => attachment(`arn:aws:iam::aws:policy/${name}`)) as [TrustArtifact, TrustArtifact];
  expect(diffAccess(set([web], [trusted, read]), set([web], [trusted, write])).changes).toMatchObject([
    { kind: 'may-more', who: WHO, permissions: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
    { kind: 'may-less', who: WHO, permissions: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
  ]);
  const own = (Action: string): TrustArtifact => ({ provider: 'aws', kind: 'iam.RolePolicy', name: 'own', becomes: ROLE, request: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } } });
  expect(diffAccess(set([web], [trusted, own('s3:GetObject')]), set([web], [trusted, own('s3:*')])).changes[0]).toMatchObject({ kind: 'may-more', permissions: ['Allow s3:* on *'] });
});

test('what cannot be told is neither gained nor lost', () => {
  const lost = diffAccess(set([web], [trusted]), set([web], []));
  expect(lost.changes).toEqual([]);
  expect(lost.undecided).toMatchObject([{ side: 'after', who: WHO, becomes: ROLE, reason: expect.stringContaining('not among the documents') }]);
  const blind = (side: EvidenceSet): EvidenceSet => ({ ...side, clusters: [{ name: 'blue' }] });
  expect(diffAccess(blind(set([web], [trusted])), blind(set([web], [trusted]))).undecided.map(({ side }) => side)).toEqual(['before', 'after']);
});
