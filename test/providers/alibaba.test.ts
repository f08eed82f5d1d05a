/** Alibaba Cloud: the rules of RAM at their edges, what it is asked to make, and what its pods carry. */
import fc from 'fast-check';
import { identityArb } from '../support/arbitraries';
import { ack, aks, blue, boundTo, checkoutWith, errorsOf, k3s, SENTENCE } from '../support/definitions';
import { checkWorkloadIdentity, defineWorkloadIdentity, planWorkloadIdentities, type Plan, type TrustDocument, type WorkloadIdentityInput } from 'symbolon';

const x = (length: number): string => 'x'.repeat(length);
const planOf = (input: WorkloadIdentityInput): Plan => planWorkloadIdentities(defineWorkloadIdentity(input));
const codes = (input: WorkloadIdentityInput): readonly string[] => errorsOf(input).map(({ code, path }) => `${code} ${path}`);
const policy = { Statement: [{ Effect: 'Allow', Action: 'oss:GetObject', Resource: '*' }] } as const;
const away = { ...ack, name: 'away', issuer: `${ack.issuer}/2`, ack: { ...ack.ack, accountId: '6543210987654321', clusterId: `c${'0b'.repeat(16)}` } };

test.each<[field: string, right: readonly unknown[], wrong: readonly unknown[], code: string, path?: string]>([
  ['accountId', ['1234567890123456'], ['', '12345', 'acs:ram::1234567890123456', '١٢٣٤٥٦٧٨٩٠١'], 'alibaba/account'],
  ['roleName', ['a', x(64), 'a.B-9'], ['', x(65), 'a_b', 'acs:ram::1234567890123456:role/a', 'a*'], 'alibaba/role-name'],
  ['providerName', ['a', x(128), 'ack-rrsa-c1', 'a_b.c'], ['', x(129), '-a', 'a-', 'a b', 'acs:ram::1:oidc-provider/a'], 'alibaba/provider-name'],
  ['expirationSeconds', [600, 43200], [599, 43201, 3600.5], 'token/lifetime'],
  ['maxSessionDuration', [3600, 43200], [3599, 43201, 3600.5], 'alibaba/session-duration'],
  ['description', ['a', x(1024)], ['', x(1025)], 'alibaba/description'],
  ['region', ['cn-hangzhou', 'ap-southeast-1'], ['', 'Hangzhou', 'cn hangzhou', 'sts.cn-hangzhou.aliyuncs.com'], 'alibaba/region'],
  ['onlyContainers', [['app'], [x(63)]], [[x(64)], ['a,b'], ['App']], 'alibaba/containers', 'onlyContainers[0]'],
  ['skipContainers', [['app', 'sidecar']], [['a,b']], 'alibaba/containers', 'skipContainers[0]'],
  ['skipContainers', [], [[]], 'alibaba/containers'],
  ['policies', [[], [{ name: 'AliyunOSSReadOnlyAccess' }, { name: 'AliyunOSSReadOnlyAccess', type: 'Custom' }, { name: { fact: 'queue' }, type: 'Custom' }]], [[{ name: 'acs:ram:*:system:policy/a' }], [{ name: '' }]], 'alibaba/policy-name', 'policies[0]'],
  ['policies', [], [[{ name: 'a' }, { name: 'a', type: 'System' }]], 'alibaba/policy-twice'],
  ['customPolicies', [{ [x(128)]: policy }], [{ [x(129)]: policy }], 'alibaba/policy-name', `customPolicies.${x(129)}`],
  ['customPolicies', [{ p: { Statement: [{ Effect: 'Allow', NotAction: ['ram:*'], Resource: ['*'] }] } }], [{ p: { Statement: [] } }], 'alibaba/policy-statement', 'customPolicies.p.Statement'],
  ['customPolicies', [], [{ p: { Statement: [{ Effect: 'Allow', Resource: '*' }] } }, { p: { Statement: [{ Effect: 'Allow', Action: [], Resource: '*' }] } }], 'alibaba/policy-statement', 'customPolicies.p.Statement[0].Action'],
  ['customPolicies', [], [{ p: { Statement: [...policy.Statement, { Effect: 'Allow', Action: 'oss:*', Resource: [] }] } }], 'alibaba/policy-statement', 'customPolicies.p.Statement[1].Resource'],
  ['customPolicies', [], [{ big: { Statement: [{ Effect: 'Allow', Action: x(6144), Resource: '*' }] } }], 'alibaba/policy-size', 'customPolicies.big'],
])('%s', (field, right, wrong, code, path = field) => {
  // Explicitly nothing is the webhook's to know.
  for (const value of right) expect(errorsOf(boundTo('alibaba', ack, { injection: 'explicit', [field]: value }))).toEqual([]);
  for (const value of wrong) {
    expect(errorsOf(boundTo('alibaba', ack, { [field]: value }))).toContainEqual(expect.objectContaining({ code, path: `trustedBy.alibaba.${path}`, message: expect.stringMatching(SENTENCE) as string }));
  }
});

test('what the webhook cannot be told is refused, and explicit injection takes it', () => {
  for (const [fields, code] of [[{ accountId: '6543210987654321' }, 'alibaba/webhook-account trustedBy.alibaba.accountId'], [{ providerName: 'mine' }, 'alibaba/webhook-provider trustedBy.alibaba.providerName']] as const) {
    expect(codes(boundTo('alibaba', ack, fields))).toEqual([code]);
    expect(codes(boundTo('alibaba', ack, { ...fields, injection: 'explicit' }))).toEqual([]);
  }
  for (const cluster of [k3s, blue, aks]) {
    expect(codes(boundTo('alibaba', cluster, { injection: 'webhook' }))).toEqual(['alibaba/no-webhook trustedBy.alibaba.injection']);
    expect(planOf(boundTo('alibaba', cluster)).edges[0]?.injection).toBe('explicit');
  }
});

test('one role is in one account: clusters of two accounts have to say which', () => {
  const two = (alibaba: object) => codes(checkoutWith({ clusters: [ack, away], trustedBy: { alibaba: { injection: 'explicit', ...alibaba } } }));
  expect(two({})).toEqual(['alibaba/account trustedBy.alibaba.accountId']);
  expect(two({ accountId: '1234567890123456' })).toEqual([]);
  expect(two({ on: { away: { accountId: '6543210987654321' } } })).toEqual([]);
  expect(two({ accountId: '1234567890123456', on: { away: { policies: [{ name: 'AdministratorAccess' }] } } })).toEqual(['binding/shared trustedBy.alibaba.on.away.policies']);
});

test('an issuer that RAM does not take is refused, and more policies than the usual quota are a warning', () => {
  expect(codes(boundTo('alibaba', { name: 'k3s', issuer: `https://k3s.example.com/${x(240)}` }))).toEqual(['alibaba/issuer clusters.k3s.issuer']);
  expect(codes(boundTo('alibaba', k3s, { injectStsEndpoint: true }))).toEqual(['alibaba/region trustedBy.alibaba.region']);
  const policies = Array.from({ length: 21 }, (_, i) => ({ name: `p${i}` }));
  expect(checkWorkloadIdentity(boundTo('alibaba', ack, { policies }))).toMatchObject([{ code: 'alibaba/policy-count', severity: 'warning' }]);
  expect(checkWorkloadIdentity(boundTo('alibaba', ack, { policies: policies.slice(1) }))).toEqual([]);
});

describe('the trust', () => {
  interface Statement { Effect: string; Action: string; Principal: { Federated: string[] }; Condition: { StringEquals: { [key: string]: string | string[] } } }
  interface Role { AssumeRolePolicyDocument: { Version: string; Statement: Statement[] } }
  const rolesIn = ({ trust }: Plan) => trust.filter(({ kind }) => kind === 'ram.Role');

  test('every statement of every role pins provider, issuer, subject and audience, exactly', () => {
    fc.assert(fc.property(identityArb, input => {
      const plan = planOf(input);
      for (const { request } of rolesIn(plan)) {
        const { Version, Statement } = (request as Role).AssumeRolePolicyDocument;
        expect(Version).toBe('1');
        for (const { Effect, Action, Principal, Condition, ...more } of Statement) {
          expect({ Effect, Action, more, keys: Object.keys(Principal), operators: Object.keys(Condition), claims: Object.keys(Condition.StringEquals) })
            .toEqual({ Effect: 'Allow', Action: 'sts:AssumeRole', more: {}, keys: ['Federated'], operators: ['StringEquals'], claims: ['oidc:aud', 'oidc:iss', 'oidc:sub'] });
          expect(Principal.Federated).toEqual([expect.stringMatching(/^acs:ram::\d+:oidc-provider\/.+$/)]);
          expect(Condition.StringEquals['oidc:aud']).toBe('sts.aliyuncs.com');
          expect(plan.edges.map(({ claims }) => claims.issuer)).toContain(Condition.StringEquals['oidc:iss']);
          for (const subject of [Condition.StringEquals['oidc:sub']].flat()) expect(subject).toMatch(/^system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+$/);
        }
      }
    }), { numRuns: 100 });
  });

  test('a role has what was said of it, and nothing that was not', () => {
    const said = { description: 'd', maxSessionDuration: 7200, policies: [{ name: 'AliyunOSSReadOnlyAccess' }, { name: 'team', type: 'Custom' }], customPolicies: { orders: policy } };
    const { trust } = planOf(boundTo('alibaba', ack, said));
    const arn = 'acs:ram::1234567890123456:role/checkout';
    expect(trust.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      `ram.Role ${arn}`, `ram.RolePolicyAttachment ${arn} System AliyunOSSReadOnlyAccess`, `ram.RolePolicyAttachment ${arn} Custom team`,
      'ram.Policy acs:ram::1234567890123456:policy/orders', `ram.RolePolicyAttachment ${arn} Custom orders`,
    ]);
    expect(trust[0]?.request).toMatchObject({ RoleName: 'checkout', Description: 'd', MaxSessionDuration: 7200 });
    expect(trust[3]?.request).toEqual({ PolicyName: 'orders', PolicyDocument: { Version: '1', ...policy } });
    expect(Object.keys(planOf(boundTo('alibaba', ack)).trust[0]?.request as object)).toEqual(['RoleName', 'AssumeRolePolicyDocument']);
  });

  test('roles in one account share the policies that are made for them, which have one content', () => {
    const other = { Statement: [{ Effect: 'Deny', Action: 'oss:*', Resource: '*' }] };
    const shared = (own: object) => checkoutWith({ clusters: [ack, { ...ack, name: 'b', issuer: `${ack.issuer}b` }], trustedBy: { alibaba: { customPolicies: { orders: policy }, on: { b: { roleName: 'two', ...own } } } } });
    expect(planOf(shared({})).trust.map(({ kind }) => kind)).toEqual(['ram.Role', 'ram.Policy', 'ram.RolePolicyAttachment', 'ram.Role', 'ram.RolePolicyAttachment']);
    expect(codes(shared({ customPolicies: { orders: other } }))).toEqual(['alibaba/policy-content trustedBy.alibaba.on.b.customPolicies.orders']);
  });

  test('the provider of an ACK cluster is there with RRSA, in its own account; for other clusters and accounts one is made', () => {
    const anchorsOf = (input: WorkloadIdentityInput): readonly TrustDocument[] => planOf(input).trust.filter(({ kind }) => kind === 'ims.OIDCProvider');
    expect(anchorsOf(boundTo('alibaba', ack))).toEqual([]);
    expect(anchorsOf(boundTo('alibaba', k3s, { providerName: 'there' }))).toEqual([]);
    expect(anchorsOf(boundTo('alibaba', k3s, { existing: true }))).toEqual([]);
    expect(anchorsOf(boundTo('alibaba', k3s))).toMatchObject([{ cluster: 'k3s', name: 'acs:ram::1234567890123456:oidc-provider/k3s', request: { OIDCProviderName: 'k3s', IssuerUrl: 'https://k3s.example.com/', ClientIds: ['sts.aliyuncs.com'] } }]);
    expect(anchorsOf(boundTo('alibaba', ack, { accountId: '6543210987654321', injection: 'explicit' }))).toMatchObject([{ name: `acs:ram::6543210987654321:oidc-provider/ack-rrsa-${ack.ack?.clusterId}` }]);
  });
});

describe('the pod', () => {
  const injectionOf = (fields: { readonly [field: string]: unknown }, cluster = ack) => planOf(boundTo('alibaba', cluster, fields)).clusters[0];

  test('by webhook it carries a label, and the service account the name of the role; everything is text', () => {
    const planned = injectionOf({ expirationSeconds: 600, injectStsEndpoint: true, onlyContainers: ['app', 'job'], skipContainers: ['job'] });
    const prefix = 'pod-identity.alibabacloud.com';
    expect(planned?.objects[0]?.metadata.annotations).toEqual({ [`${prefix}/role-name`]: 'checkout', [`${prefix}/service-account-token-expiration`]: '600', [`${prefix}/inject-sts-endpoint`]: 'on' });
    expect(planned?.injections[0]).toMatchObject({ labels: { [`${prefix}/injection`]: 'on' }, annotations: { [`${prefix}/only-containers`]: 'app,job', [`${prefix}/skip-containers`]: 'job' }, env: [] });
    expect(planned?.expected).toEqual([]);
  });

  test('the namespace may have the label instead, and whoever makes it is told', () => {
    const planned = injectionOf({ optIn: 'namespace-label' });
    expect(planned?.injections[0]?.labels).toEqual({});
    expect(planned?.expected).toEqual([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels: { 'pod-identity.alibabacloud.com/injection': 'on' } } }]);
    expect(planned?.objects.map(({ kind }) => kind)).toEqual(['ServiceAccount']);
  });

  test('explicitly it has what the webhook would have made, in the containers that are meant', () => {
    const { injections: [injection] } = injectionOf({ injection: 'explicit', skipContainers: ['sidecar'] }) as NonNullable<Plan['clusters'][number]>;
    const reach = { skipContainers: ['sidecar'] };
    expect(injection?.volumes).toEqual([{ name: 'rrsa-oidc-token', projected: { sources: [{ serviceAccountToken: { audience: 'sts.aliyuncs.com', expirationSeconds: 3600, path: 'token' } }] } }]);
    expect(injection?.mounts).toEqual([{ name: 'rrsa-oidc-token', mountPath: '/var/run/secrets/ack.alibabacloud.com/rrsa-tokens', readOnly: true, ...reach }]);
    expect(injection?.env).toEqual([
      { name: 'ALIBABA_CLOUD_ROLE_ARN', value: 'acs:ram::1234567890123456:role/checkout', ...reach },
      { name: 'ALIBABA_CLOUD_OIDC_PROVIDER_ARN', value: `acs:ram::1234567890123456:oidc-provider/ack-rrsa-${ack.ack?.clusterId}`, ...reach },
      { name: 'ALIBABA_CLOUD_OIDC_TOKEN_FILE', value: '/var/run/secrets/ack.alibabacloud.com/rrsa-tokens/token', ...reach },
      { name: 'ALIBABA_CLOUD_STS_REGION', value: 'cn-hangzhou', ...reach },
    ]);
  });

  test('the endpoint of STS is that of the VPC on ACK, and the public one elsewhere', () => {
    const endpointsOf = (cluster: typeof ack) => injectionOf({ injection: 'explicit', injectStsEndpoint: true, region: 'cn-beijing' }, cluster)?.injections[0]?.env.filter(({ name }) => /STS|VPC/.test(name)).map(({ name, value }) => `${name}=${value as string}`);
    expect(endpointsOf(ack)).toEqual(['ALIBABA_CLOUD_STS_REGION=cn-beijing', 'ALIBABA_CLOUD_STS_ENDPOINT=sts-vpc.cn-beijing.aliyuncs.com', 'ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED=true']);
    expect(endpointsOf(k3s)).toEqual(['ALIBABA_CLOUD_STS_REGION=cn-beijing', 'ALIBABA_CLOUD_STS_ENDPOINT=sts.cn-beijing.aliyuncs.com']);
    expect(injectionOf({ region: 'cn-beijing' })?.injections[0]?.env).toEqual([{ name: 'ALIBABA_CLOUD_STS_REGION', value: 'cn-beijing' }]);
  });

  test('a token where the webhook will mount its own is in its way', () => {
    const input = { ...boundTo('alibaba', ack), tokens: { own: { audience: 'https://own.example.com', mountPath: '/var/run/secrets/ack.alibabacloud.com' } } };
    expect(codes(input)).toEqual(['identity/collision tokens.own']);
  });
});
