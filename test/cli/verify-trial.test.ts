/** Mistakes that a stranger to this project found: each answer was wrong once. */
import { workspace } from './workspace';

const ISSUER = 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const HOST = ISSUER.slice('https://'.length);
const ROLE = 'arn:aws:iam::111122223333:role/checkout';

interface Json {
  readonly verdicts: readonly { readonly admitted: boolean; readonly decided: boolean; readonly reason: string }[];
  readonly findings: readonly { readonly code: string; readonly level: string; readonly message: string }[];
}

const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'checkout', namespace: 'shop', annotations: { 'eks.amazonaws.com/role-arn': ROLE } } };

function pod(spec: object = {}, container: object = {}): object {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' }, spec: { serviceAccountName: 'checkout', containers: [{ name: 'app', ...container }], ...spec } };
}

function role(condition: object = { [`${HOST}:aud`]: 'sts.amazonaws.com' }, provider = `arn:aws:iam::111122223333:oidc-provider/${HOST}`): object {
  const Condition = { StringEquals: { [`${HOST}:sub`]: 'system:serviceaccount:shop:checkout', ...condition } };
  const Statement = [{ Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity', Condition }];
  return { Role: { RoleName: 'checkout', Path: '/', Arn: ROLE, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement } } };
}

async function verified(...documents: readonly object[]): Promise<Json & { readonly code: number }> {
  const files = Object.fromEntries(documents.map((document, i) => [`${i}.json`, JSON.stringify(document)]));
  const { code, out } = await workspace(files).run(['verify', ...Object.keys(files), '--cluster', `blue=${ISSUER}`, '--json']);
  return { code, ...JSON.parse(out) as Json };
}

test('what they started from holds', async () => {
  expect(await verified(account, pod(), role())).toMatchObject({ code: 0, verdicts: [{ admitted: true }], findings: [] });
});

test.each(['arn:aws:iam::999922223333', 'arn:aws-cn:iam::111122223333'])('an OIDC provider in another account or partition (%s) is not found by STS', async home => {
  expect(await verified(account, pod(), role(undefined, `${home}:oidc-provider/${HOST}`))).toMatchObject({ code: 1, verdicts: [{ admitted: false, decided: true }] });
});

test('a trust without an audience takes every token of the account: over-broad, and not "unused"', async () => {
  expect(await verified(account, pod(), role({}))).toMatchObject({ code: 1, findings: [{ code: 'verify/over-broad' }] });
});

test.each([
  ['two volumes of one name', pod({ volumes: [{ name: 'a', emptyDir: {} }, { name: 'a', emptyDir: {} }] })],
  ['two containers of one name', pod({ containers: [{ name: 'app' }, { name: 'app' }] })],
  ['two mounts in one place', pod({ volumes: [{ name: 'a', emptyDir: {} }, { name: 'b', emptyDir: {} }] }, { volumeMounts: [{ name: 'a', mountPath: '/x' }, { name: 'b', mountPath: '/x' }] })],
])('%s: no such pod is ever made', async (_what, made) => {
  const { verdicts } = await verified(account, made, role());
  expect(verdicts).not.toEqual([]);
  verdicts.forEach(verdict => expect(verdict).toMatchObject({ admitted: false, reason: expect.stringMatching(/^no API server takes the pod: /) as string }));
});

test('of two versions of one role nobody knows which one counts', async () => {
  expect(await verified(account, pod(), role(), role({ [`${HOST}:aud`]: 'other' }))).toMatchObject({ code: 3, verdicts: [{ admitted: false, decided: false }] });
});

test('a workload that is refused is not called unused', async () => {
  const { findings } = await verified(account, pod(), role({ [`${HOST}:aud`]: 'other' }));
  expect(findings.map(({ code }) => code)).toEqual(['verify/refused']);
});

test('a workload whose ServiceAccount is not given is open, and no stranger', async () => {
  expect(await verified(pod(), role())).toMatchObject({ code: 3, findings: [{ code: 'verify/undecided', message: expect.stringContaining('whose ServiceAccount is not given') as string }] });
});

test('variables in variables are put in as the kubelet does', async () => {
  const tokens = { volumes: [{ name: 't', projected: { sources: [{ serviceAccountToken: { audience: 'sts.amazonaws.com', path: 'token' } }] } }] };
  const env = [{ name: 'DIR', value: '/t' }, { name: 'AWS_ROLE_ARN', value: ROLE }, { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: '$(DIR)/token' }];
  expect(await verified(pod(tokens, { env, volumeMounts: [{ name: 't', mountPath: '/t' }] }), role())).toMatchObject({ code: 0, verdicts: [{ admitted: true }] });
});

test('an empty key is none', async () => {
  expect(await verified(account, pod({}, { env: [{ name: 'AWS_ACCESS_KEY_ID', value: '' }] }), role())).toMatchObject({ code: 0, verdicts: [{ admitted: true }] });
});

describe('a credential configuration that the client library takes for something else', () => {
  const name = 'projects/123456789012/locations/global/workloadIdentityPools/pool/providers/blue';
  const email = 'checkout@shop-prod.iam.gserviceaccount.com';
  const good = {
    type: 'external_account',
    audience: `//iam.googleapis.com/${name}`,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: 'https://sts.googleapis.com/v1/token',
    service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email}:generateAccessToken`,
    credential_source: { file: '/t/token' },
  };
  const halves = (config: string): readonly object[] => {
    const member = `principal://iam.googleapis.com/${name.replace(/\/providers\/.*/, '')}/subject/system:serviceaccount:shop:checkout`;
    const resource = `projects/shop-prod/serviceAccounts/${email}`;
    const provider = { workloadIdentityPoolProviderId: 'blue', workloadIdentityPoolProvider: { attributeMapping: { 'google.subject': 'assertion.sub' }, oidc: { issuerUri: ISSUER, allowedAudiences: ['gcp'] } } };
    const volumes = [{ name: 't', projected: { sources: [{ serviceAccountToken: { audience: 'gcp', path: 'token' } }] } }, { name: 'c', configMap: { name: 'c' } }];
    const volumeMounts = [{ name: 't', mountPath: '/t' }, { name: 'c', mountPath: '/c' }];
    return [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'shop' }, data: { 'c.json': config } },
      pod({ volumes }, { env: [{ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/c/c.json' }], volumeMounts }),
      {
        documents: [
          { kind: 'iam.WorkloadIdentityPoolProvider', name, request: provider },
          { kind: 'iam.ServiceAccountMember', name: `${resource} roles/iam.workloadIdentityUser ${member}`, becomes: email, request: { resource, role: 'roles/iam.workloadIdentityUser', member } },
        ],
      },
    ];
  };

  test('as it should be, it is let in', async () => {
    expect(await verified(...halves(JSON.stringify(good)))).toMatchObject({ code: 0, verdicts: [{ admitted: true }] });
  });

  test.each([
    ['cut short', '{'],
    ['a key', JSON.stringify({ type: 'service_account', private_key: 'x' })],
    ['a token in JSON', JSON.stringify({ ...good, credential_source: { file: '/t/token', format: { type: 'json', subject_token_field_name: 'x' } } })],
    ['a token service of somebody else', JSON.stringify({ ...good, token_url: 'https://sts.evil.example.com/v1/token' })],
  ])('%s', async (_what, config) => {
    const { code, verdicts } = await verified(...halves(config));
    expect({ code, verdicts }).toMatchObject({ code: 1, verdicts: [{ admitted: false, decided: true }] });
  });
});

describe('a role of Vault', () => {
  const name = 'vault.example.com/auth/jwt/role/checkout';
  const request = { role_type: 'jwt', user_claim: 'sub', bound_audiences: ['vault'], bound_subject: 'system:serviceaccount:shop:checkout' };
  const holder = pod({ volumes: [{ name: 't', projected: { sources: [{ serviceAccountToken: { audience: 'vault', path: 'token' } }] } }] }, { volumeMounts: [{ name: 't', mountPath: '/t' }] });
  const asked = async (more: object): Promise<Json & { readonly code: number }> => verified(holder, { documents: [{ kind: 'jwt.Role', name, becomes: name, request: { ...request, ...more } }] });

  test('as it should be, it lets the pod in', async () => {
    expect(await asked({ token_bound_cidrs: null })).toMatchObject({ code: 0, verdicts: [{ admitted: true }] });
  });

  test('whose user_claim no token has lets nobody in', async () => {
    const { code, verdicts } = await asked({ user_claim: 'email' });
    expect({ code, admitted: verdicts.filter(({ admitted }) => admitted) }).toMatchObject({ admitted: [] });
    expect(code).not.toBe(0);
  });

  test('that is bound to places is open', async () => {
    expect(await asked({ token_bound_cidrs: ['10.0.0.0/8'] })).toMatchObject({ code: 3, verdicts: [{ decided: false }] });
  });
});
