/** What the CLI of Alibaba Cloud prints, beside manifests as people write them. */
import { judged, printed } from './support';
import { account, only, pod } from '../proof/support';

const ISSUER = 'https://oidc-ack-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/c0123456789abcdef0123456789abcdef';
const PROVIDER = 'acs:ram::1234567890123456:oidc-provider/ack-rrsa-c0123456789abcdef0123456789abcdef';
const ROLE = 'acs:ram::1234567890123456:role/checkout';
const CLUSTER = {
  cluster_id: 'c0123456789abcdef0123456789abcdef',
  name: 'prod',
  region_id: 'cn-hangzhou',
  state: 'running',
  rrsa_config: { enabled: true, issuer: `${ISSUER},https://kubernetes.default.svc`, audience: 'https://kubernetes.default.svc', oidc_arn: PROVIDER, oidc_name: 'ack-rrsa-c0123456789abcdef0123456789abcdef' },
};
const MANIFESTS = [account({ 'pod-identity.alibabacloud.com/role-name': 'checkout' }), pod({}, { labels: { 'pod-identity.alibabacloud.com/injection': 'on' } })];
const statement = (equals: object = {}): object => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Federated: [PROVIDER] },
  Condition: { StringEquals: { 'oidc:aud': 'sts.aliyuncs.com', 'oidc:iss': ISSUER, 'oidc:sub': 'system:serviceaccount:shop:checkout', ...equals } },
});
const ABOUT = { Arn: ROLE, RoleName: 'checkout', RoleId: '300000000000000000', CreateDate: '2026-03-01T09:30:00Z', UpdateDate: '2026-03-01T09:30:00Z', MaxSessionDuration: 3600, Description: '' };
const getRole = (...statements: readonly object[]): object => ({ RequestId: '04F0F334-1335-436C-A1D7-6C044FE73368', Role: { ...ABOUT, AssumeRolePolicyDocument: JSON.stringify({ Statement: statements, Version: '1' }, null, '\t') } });
const provider = (fields: object = {}): object => ({ UpdateDate: '2026-03-01T09:30:00Z', OIDCProviderName: 'ack-rrsa-c0123456789abcdef0123456789abcdef', Arn: PROVIDER, IssuerUrl: ISSUER, Fingerprints: '902ef2deeb3c5b13ea4c3d5193629309e231ae55', ClientIds: 'sts.aliyuncs.com,other', IssuanceLimitTime: 12, ...fields });
const given = (...values: readonly unknown[]): ReturnType<typeof judged> => judged(...[CLUSTER, ...MANIFESTS, ...values].map(value => printed(value)));

test('the role lets the pod in, by the first issuer of the cluster', () => {
  expect(given(getRole(statement()), { RequestId: 'x', OIDCProvider: provider() })).toMatchObject({
    gaps: [], holds: true, strangers: [], verdicts: [{ admitted: true, becomes: ROLE, claims: { issuer: ISSUER }, reason: expect.not.stringContaining('provided that') }],
  });
});

test.each<[string, readonly unknown[], string]>([
  ['another subject', [getRole(statement({ 'oidc:sub': 'system:serviceaccount:shop:check-out' }))], 'wants the subject "system:serviceaccount:shop:check-out"'],
  ['a Deny', [getRole(statement(), { ...statement(), Effect: 'Deny' })], 'denies'],
  ['a provider for another audience', [getRole(statement()), { OIDCProviders: { OIDCProvider: [provider({ ClientIds: 'other' })] }, IsTruncated: false, RequestId: 'x' }], 'takes the audiences other'],
  ['a provider for another issuer', [getRole(statement()), { OIDCProvider: provider({ IssuerUrl: `${ISSUER}/` }) }], 'slash at the end'],
])('%s keeps it out', (_what, values, reason) => {
  expect(only(given(...values).verdicts)).toMatchObject({ admitted: false, decided: true, reason: expect.stringContaining(reason) });
});

test('the list of roles has no trust policies, and says where they are', () => {
  const list = { RequestId: 'x', IsTruncated: false, Roles: { Role: [ABOUT] } };
  expect(given(list)).toMatchObject({ verdicts: [{ decided: false }], gaps: [{ at: { path: 'Roles.Role[0]' }, message: `it does not say the trust policy of ${ROLE}; give what aliyun ram GetRole --RoleName checkout prints` }] });
  expect(given(list, getRole(statement())).gaps).toEqual([]);
  expect(given({ ...list, IsTruncated: true }, getRole(statement())).gaps).toEqual([expect.objectContaining({ message: expect.stringContaining('the rest of the list') })]);
});

test('a policy that is no JSON is unsaid', () => {
  expect(given({ RequestId: 'x', Role: { ...ABOUT, AssumeRolePolicyDocument: '{' } })).toMatchObject({ verdicts: [{ decided: false }], gaps: [{ code: 'evidence/unsaid' }] });
});
