import { GRANTS, type Surroundings } from '../../src/graph/grants';
import type { TrustArtifact } from '../../src/proof/artifacts';

function surroundings(identities: readonly string[], beside: readonly TrustArtifact[] = []): Surroundings {
  return { identities: new Set(identities), ending: name => identities.filter(identity => identity.endsWith(`/${name}`)), beside: () => beside };
}

function grants(document: TrustArtifact, around: Surroundings): readonly object[] {
  return GRANTS[document.provider]?.(document, around) ?? [];
}

const attachment = (name: string): TrustArtifact => ({ provider: 'aws', kind: 'iam.RolePolicyAttachment', name, request: { RoleName: 'shop', PolicyArn: 'arn:p' } });

describe('whose a permission is', () => {
  const [one, other] = ['arn:aws:iam::111122223333:role/shop', 'arn:aws:iam::444455556666:role/shop'];

  test('by the ARN of the role', () => {
    expect(grants(attachment(`${other} arn:p`), surroundings([one, other]))).toEqual([{ becomes: other, label: 'arn:p' }]);
  });

  test('by its name, where only one role has it', () => {
    expect(grants(attachment('shop arn:p'), surroundings([one]))).toEqual([{ becomes: one, label: 'arn:p' }]);
    expect(grants(attachment('shop arn:p'), surroundings([one, other]))).toEqual([{ label: 'arn:p' }]);
  });

  const assignment = (principalId: string): TrustArtifact => ({ provider: 'azure', kind: 'authorization.RoleAssignment', name: '/scope/providers/Microsoft.Authorization/roleAssignments/1', request: { properties: { roleDefinitionId: '/x/reader', principalId } } });
  const credential = (becomes: string): TrustArtifact => ({ provider: 'azure', kind: 'managedidentity.FederatedIdentityCredential', name: becomes, becomes, request: {} });

  test('of a principal, by the file in which it stands alone with an identity', () => {
    const it = assignment('p');
    expect(grants(it, surroundings(['c'], [it, credential('c')]))).toEqual([{ becomes: 'c', label: 'role reader on /scope' }]);
  });

  test.each([
    ['nothing is beside it', []],
    ['two identities are', [credential('c'), credential('d')]],
    ['two principals are', [credential('c'), assignment('q')]],
  ])('of a principal it cannot be told when %s', (_, more) => {
    const it = assignment('p');
    expect(grants(it, surroundings(['c', 'd'], more.length === 0 ? [] : [it, ...more]))).toEqual([{ label: 'role reader on /scope for p' }]);
  });

  test('a member that is no identity of the map is nobody\'s, and who may become a service account is no permission', () => {
    const member = { provider: 'gcp', kind: 'storage.BucketMember', name: 'b', request: { resource: 'b/x', role: 'r', member: 'serviceAccount:a@p' } };
    expect(grants(member, surroundings(['a@p']))).toEqual([{ becomes: 'a@p', label: 'r on b/x' }]);
    expect(grants(member, surroundings([]))).toEqual([{ label: 'r on b/x for serviceAccount:a@p' }]);
    expect(grants({ ...member, kind: 'iam.ServiceAccountMember', becomes: 'a@p' }, surroundings(['a@p']))).toEqual([]);
  });

  test('of RAM and of Vault', () => {
    const role = 'acs:ram::1234567890123456:role/shop';
    expect(grants({ provider: 'alibaba', kind: 'ram.RolePolicyAttachment', name: `${role} Custom w`, request: { RoleName: 'shop', PolicyName: 'w', PolicyType: 'Custom' } }, surroundings([role]))).toEqual([{ becomes: role, label: 'w (Custom)' }]);
    expect(grants({ provider: 'vault', kind: 'jwt.Role', name: 'v', becomes: 'v', request: { token_policies: ['a', 'b'] } }, surroundings(['v']))).toEqual([{ becomes: 'v', label: 'policy a' }, { becomes: 'v', label: 'policy b' }]);
  });
});
