/** What the CLI of AWS prints, beside manifests as people write them. */
import { judged, printed } from './support';
import { EKS_ISSUER, ROLE, account, only, pod, statement } from '../proof/support';

const PATH = EKS_ISSUER.slice('https://'.length);
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${PATH}`;
const POLICY = { Version: '2012-10-17', Statement: [statement()] };
const ROLE_PRINTED = {
  Path: '/', RoleName: 'checkout', RoleId: 'AROAQ3EGSAMPLE7JTF3K2', Arn: ROLE, CreateDate: '2026-03-01T09:30:00+00:00', AssumeRolePolicyDocument: POLICY as unknown, MaxSessionDuration: 3600,
};
const getRole = (policy: unknown = POLICY): object => ({ Role: { ...ROLE_PRINTED, AssumeRolePolicyDocument: policy, Description: 'Checkout', RoleLastUsed: { Region: 'us-west-2' } } });
const CLUSTER = { cluster: { name: 'prod-blue', arn: 'arn:aws:eks:us-west-2:111122223333:cluster/prod-blue', endpoint: 'https://EXAMPLE.gr7.us-west-2.eks.amazonaws.com', identity: { oidc: { issuer: EKS_ISSUER } }, status: 'ACTIVE' } };
const MANIFESTS = [account({ 'eks.amazonaws.com/role-arn': ROLE }), pod()].map(value => printed(value));
const given = (...values: readonly unknown[]): ReturnType<typeof judged> => judged(printed(CLUSTER), ...MANIFESTS, ...values.map(value => printed(value)));

test.each<[string, unknown]>([
  ['get-role', getRole()],
  ['get-role of the raw API, whose policy is URL-encoded', getRole(encodeURIComponent(JSON.stringify(POLICY)))],
  ['get-role of a tool that gives the policy as JSON', getRole(JSON.stringify(POLICY))],
  ['list-roles', { Roles: [ROLE_PRINTED] }],
  ['get-account-authorization-details', { UserDetailList: [], GroupDetailList: [], RoleDetailList: [{ ...ROLE_PRINTED, InstanceProfileList: [], RolePolicyList: [], AttachedManagedPolicies: [] }], Policies: [] }],
])('%s: the role lets the pod in, and nobody else', (_command, value) => {
  expect(given(value)).toMatchObject({ gaps: [], holds: true, strangers: [], verdicts: [{ admitted: true, becomes: ROLE, by: ROLE }] });
});

test('a slash too many is found', () => {
  const proof = given(getRole({ ...POLICY, Statement: [statement({ issuer: `${EKS_ISSUER}/` })] }));
  expect(only(proof.verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringContaining('slash at the end that the token lacks') });
});

test('a Deny comes through as it is, and so do wildcards', () => {
  expect(only(given(getRole({ ...POLICY, Statement: [statement(), { ...statement(), Effect: 'Deny' }] })).verdicts)).toMatchObject({ admitted: false, reason: expect.stringContaining('denies') });
  expect(given(getRole({ ...POLICY, Statement: [statement({ operator: 'StringLike', sub: 'system:serviceaccount:*' })] })).strangers).toEqual([expect.objectContaining({ who: expect.stringContaining('like system:serviceaccount:*') })]);
});

test.each(['Action=AssumeRole', '%7B', '[]', 7, null])('a policy that is %j is unsaid, and decides nothing', policy => {
  const proof = given(getRole(policy));
  expect(proof.gaps).toEqual([expect.objectContaining({ code: 'evidence/unsaid', message: `it does not say a trust policy of ${ROLE} that is JSON; give what aws iam get-role --role-name checkout prints` })]);
  expect(only(proof.verdicts).decided).toBe(false);
});

test('a role that two commands print is one', () => {
  const open = { ...ROLE_PRINTED, AssumeRolePolicyDocument: { ...POLICY, Statement: [statement({ sub: null })] } };
  const proof = given({ Role: open }, { Roles: [open] });
  expect(proof).toMatchObject({ gaps: [], strangers: [{ by: ROLE }] });
});

test('a list that was cut says so', () => {
  expect(given({ Roles: [ROLE_PRINTED], NextToken: 'eyJNYXJrZXIi' }).gaps).toEqual([expect.objectContaining({ message: expect.stringContaining('the rest of the list') })]);
});

describe('the OIDC provider', () => {
  const provider = (clients: readonly string[]): object => ({ Url: PATH, ClientIDList: clients, ThumbprintList: ['9e99a48a9960b14926bb7f3b02e22da2b0ab7280'], CreateDate: '2026-03-01T09:30:00+00:00', Tags: [] });

  test('is found by the roles that trust it', () => {
    expect(only(given(getRole(), provider(['sts.amazonaws.com'])).verdicts).reason).not.toContain('provided that');
    expect(only(given(getRole(), provider(['other'])).verdicts)).toMatchObject({ admitted: false, by: PROVIDER, reason: expect.stringContaining('takes the audiences other') });
  });

  test('is found by the list of all', () => {
    const proof = given(provider(['other']), { OpenIDConnectProviderList: [{ Arn: PROVIDER }] }, getRole());
    expect(only(proof.verdicts)).toMatchObject({ admitted: false, by: PROVIDER });
  });

  test('is asked for where nothing or two accounts name it, and is then said', () => {
    const other = { OpenIDConnectProviderList: [{ Arn: PROVIDER.replace('111122223333', '444455556666') }] };
    expect(given(provider([])).gaps).toEqual([expect.objectContaining({ code: 'evidence/unsaid', message: expect.stringContaining(`the ARN of the OIDC provider; say so in the evidence file: of: ${PROVIDER}`) })]);
    expect(given(getRole(), provider([]), other).gaps).toHaveLength(1);
    expect(judged(printed(CLUSTER), ...MANIFESTS, printed(getRole()), printed(provider(['other']), { of: PROVIDER }), printed(other)).verdicts).toEqual([expect.objectContaining({ by: PROVIDER, admitted: false })]);
    expect(judged(printed(provider([]), { of: 'blue' })).gaps).toEqual([expect.objectContaining({ message: expect.stringContaining('blue is not the ARN') })]);
  });
});

describe('Pod Identity', () => {
  const summary = {
    clusterName: 'prod-blue',
    namespace: 'shop',
    serviceAccount: 'checkout',
    associationId: 'a-9njjin9gfghecgocd',
    associationArn: 'arn:aws:eks:us-west-2:111122223333:podidentityassociation/prod-blue/a-9njjin9gfghecgocd',
  };
  const pods = { Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] };
  const described = { association: { ...summary, roleArn: ROLE, tags: {}, createdAt: 1700000000, modifiedAt: 1700000000 } };

  test('an association gives its role', () => {
    expect(given(getRole({ Version: '2012-10-17', Statement: pods }), described).verdicts).toEqual([expect.objectContaining({ admitted: true, becomes: ROLE })]);
    expect(only(given(getRole(), described).verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringContaining('allows sts:AssumeRole to pods.eks.amazonaws.com') });
  });

  test('one of another region is not of this cluster', () => {
    const elsewhere = { association: { ...described.association, associationArn: summary.associationArn.replace('us-west-2', 'eu-west-1') } };
    expect(only(given(getRole(), elsewhere).verdicts)).toMatchObject({ admitted: true, claims: { audience: 'sts.amazonaws.com' } });
  });

  test('the list lacks the role: the pod that has one is not judged by its annotation', () => {
    const proof = given(getRole(), { associations: [summary] });
    expect(proof.gaps).toEqual([expect.objectContaining({ message: 'it does not say which role shop/checkout gets; give what aws eks describe-pod-identity-association --cluster-name prod-blue --association-id a-9njjin9gfghecgocd prints' })]);
    expect(only(proof.verdicts)).toMatchObject({ admitted: false, decided: false, reason: expect.stringContaining('which role the association') });
    expect(given(getRole(), { associations: [summary] }, described).gaps).toEqual([]);
  });
});
