/** Anchors that somebody else made: looked up, compared with what identities need of them, and never made. */
import * as pulumi from '@pulumi/pulumi';
import { ISSUERS, blue, knownToVault } from './support/definitions';
import { runProgram } from './support/engine';
import { valueOf, withMocks, type Mocked } from './support/mocks';
import { Provider } from './support/resources';
import { boundTo } from '../support/definitions';
import { TrustAnchors, WorkloadIdentity, type TrustAnchorsArgs } from 'symbolon/pulumi';

const ARN = `arn:aws:iam::111122223333:oidc-provider/${ISSUERS.blue.replace('https://', '')}`;
const POOL = 'projects/123456789012/locations/global/workloadIdentityPools/prod-blue';

/** Each with what identities need of it, as its cloud says it. */
const IAM = { url: ISSUERS.blue.replace('https://', ''), clientIdLists: ['sigstore', 'sts.amazonaws.com'] };
const RAM = { issuerUrl: ISSUERS.blue, clientIds: ['sts.aliyuncs.com'] };
const GOOGLE = {
  [POOL]: { workloadIdentityPoolId: 'prod-blue' },
  [`${POOL}/providers/prod-blue`]: { oidc: { issuerUri: ISSUERS.blue }, attributeMapping: { 'google.subject': 'assertion.sub', 'attribute.ns': 'assertion.ns' } },
};
const VAULT = { 'kubernetes': { type: 'kubernetes' }, 'auth/kubernetes/config': {}, 'jwt': { type: 'jwt' } };
const VAULTS: TrustAnchorsArgs['vault'] = [
  { account: 'https://vault.example.com/v1/auth/kubernetes', existing: true },
  { account: 'https://vault.example.com/v1/org/team/auth/jwt', realm: 'jwt', existing: true },
];

const anchors = (args: Omit<TrustAnchorsArgs, 'cluster'>, there: { readonly [id: string]: object }, cluster: TrustAnchorsArgs['cluster'] = blue): Promise<Mocked<TrustAnchors>> =>
  withMocks(() => new TrustAnchors('prod-blue', { cluster, ...args }), there);

test.each<[string, Omit<TrustAnchorsArgs, 'cluster'>, { readonly [id: string]: object }, readonly string[], TrustAnchorsArgs['cluster']]>([
  ['aws', { aws: [{ account: '111122223333', existing: true }] }, { [ARN]: IAM }, [ARN], blue],
  ['alibaba', { alibaba: [{ account: '1234567890123456', existing: true }] }, { 'prod-blue': RAM }, ['acs:ram::1234567890123456:oidc-provider/prod-blue'], blue],
  ['gcp', { gcp: [{ account: '123456789012', existing: true }] }, GOOGLE, Object.keys(GOOGLE), blue],
  ['gcp', { gcp: [{ account: '123456789012', existing: true }] }, GOOGLE, Object.keys(GOOGLE), { ...blue, gcpPool: { existing: 'provider' } }],
  ['vault', { vault: VAULTS }, VAULT, ['vault.example.com/auth/kubernetes', 'vault.example.com/auth/kubernetes/config', 'vault.example.com/org/team/auth/jwt'], knownToVault],
  ['vault', { vault: VAULTS }, VAULT, ['vault.example.com/auth/kubernetes', 'vault.example.com/auth/kubernetes/config', 'vault.example.com/org/team/auth/jwt'], blue],
])('of %s: every part is looked up by its id, nothing is made, and the names are those of an anchor that is made', async (provider, args, there, names, cluster) => {
  const { result, resources } = await anchors(args, there, cluster);
  expect(resources.map(({ found }) => found).sort()).toEqual(Object.keys(there).sort());
  expect(await valueOf(result.anchors)).toEqual({ [provider]: names });
});

test('with the credentials of its account, beside anchors that are made; in an OpenBao or Vault namespace, there', async () => {
  const other = arnOf('444455556666');
  const { resources } = await withMocks(() => new TrustAnchors('prod-blue', {
    cluster: knownToVault, vault: VAULTS, aws: ['111122223333', { account: '444455556666', existing: true, provider: new Provider('aws', 'other') }],
  }), { ...VAULT, [other]: IAM });
  const named = (name: string): unknown => resources.find(each => each.name === name);
  expect(named('prod-blue/aws/111122223333')).toEqual({ name: 'prod-blue/aws/111122223333', type: expect.any(String), inputs: { url: ISSUERS.blue, clientIdLists: ['sts.amazonaws.com'] }, provider: '' });
  expect(named('prod-blue/aws/444455556666')).toMatchObject({ found: other, inputs: {}, provider: expect.stringContaining('::other::') });
  expect(resources.find(({ found }) => found === 'jwt')?.inputs).toEqual({ namespace: 'org/team' });
});

function arnOf(account: string): string {
  return ARN.replace('111122223333', account);
}

test.each<[string, Omit<TrustAnchorsArgs, 'cluster'>, { readonly [id: string]: object }, readonly string[]]>([
  ['no client id that identities need', { aws: [{ account: '111122223333', existing: true, audiences: ['one', 'sts.amazonaws.com', 'two'] }] }, { [ARN]: IAM },
    ['aws[0].existing.clientIdLists: expected "one" and "two" in the list, got ["sigstore","sts.amazonaws.com"]', 'args/existing']],
  ['another issuer', { alibaba: [{ account: '1234567890123456', existing: true }] }, { 'prod-blue': { ...RAM, issuerUrl: `${ISSUERS.blue}/` } }, [`alibaba[0].existing.issuerUrl: expected "${ISSUERS.blue}", got "${ISSUERS.blue}/"`]],
  ['another principal', { gcp: [{ account: '123456789012', existing: true }] }, { ...GOOGLE, [`${POOL}/providers/prod-blue`]: { oidc: { issuerUri: ISSUERS.blue }, attributeMapping: { 'google.subject': '"x" + assertion.sub' } } },
    ['gcp[0].existing.attributeMapping["google.subject"]: expected "assertion.sub"']],
  ['other audiences than its own name', { gcp: [{ account: '123456789012', existing: true }] }, { ...GOOGLE, [`${POOL}/providers/prod-blue`]: { ...GOOGLE[`${POOL}/providers/prod-blue`], oidc: { issuerUri: ISSUERS.blue, allowedAudiences: ['sigstore'] } } },
    [`gcp[0].existing.oidc.allowedAudiences: expected "https://iam.googleapis.com/${POOL}/providers/prod-blue"`]],
  ['another auth method', { vault: VAULTS }, { ...VAULT, jwt: { type: 'oidc' } }, ['vault[1].existing.type: expected "jwt", got "oidc"']],
])('%s: the deployment fails, and says what differs', async (_name, args, there, says) => {
  const { code, log, resources } = await runProgram('existing-anchors', { there, env: { ANCHORS: JSON.stringify(args) } });
  expect(code).not.toBe(0);
  expect(resources.filter(({ type }) => !/^(pulumi|symbolon):/.test(type))).toEqual([]);
  for (const text of says) expect(log).toContain(text);
}, 60_000);

test('a preview looks it up as well', async () => {
  const env = { ANCHORS: JSON.stringify({ aws: [{ account: '111122223333', existing: true }] }) };
  expect(await runProgram('existing-anchors', { env, preview: true, there: { [ARN]: IAM } })).toMatchObject({ code: 0, log: '', found: [ARN], outputs: { anchors: { aws: [ARN] } } });
}, 60_000);

test('issuer and account may be computed', async () => {
  const later = (text: string): pulumi.Output<string> => pulumi.output(Promise.resolve(text));
  const { issuer: _issuer, ...cluster } = blue;
  const { result, resources } = await anchors({ facts: { issuer: later(ISSUERS.blue) }, aws: [{ account: later('111122223333'), existing: true }] }, { [ARN]: IAM }, cluster);
  expect(resources.map(({ found }) => found)).toEqual([ARN]);
  expect(await valueOf(result.anchors)).toEqual({ aws: [ARN] });
});

test('two components look up one anchor; it is made once, and whoever looks it up claims nothing', async () => {
  const existing = { cluster: blue, aws: [{ account: '111122223333', existing: true }] };
  const { resources } = await withMocks(() => [new TrustAnchors('a', existing), new TrustAnchors('b', existing), new TrustAnchors('c', { cluster: blue, aws: ['111122223333'] })], { [ARN]: IAM });
  expect(resources.map(({ name, found }) => [name, found])).toEqual([['a/aws/111122223333', ARN], ['b/aws/111122223333', ARN], ['c/aws/111122223333', undefined]]);
});

test('no identity makes or looks up an anchor: none of them takes one away with it', async () => {
  for (const provider of ['aws', 'alibaba', 'gcp', 'vault'] as const) {
    const { resources } = await withMocks(() => new WorkloadIdentity('checkout', { definition: boundTo(provider, { ...knownToVault, gcpPool: { projectNumber: '123456789012' } }) }));
    expect(resources.filter(({ type, found }) => found !== undefined || /OidcProvider|OpenIdConnect|WorkloadIdentityPool|authBackend:|AuthBackendConfig/i.test(type))).toEqual([]);
    expect(resources.length).toBeGreaterThan(0);
  }
});

test('a secret for what is only looked up, and existing that is no yes or no, are findings', () => {
  expect(() => new TrustAnchors('a', { cluster: knownToVault, vault: [{ ...(VAULTS[0] as object), account: 'https://vault.example.com/v1/auth/kubernetes', secrets: { reviewerToken: 'x' } }] }))
    .toThrow(/vault\[0\]\.secrets\.reviewerToken: expected no secret here.*\[vault\/secrets\]/);
  expect(() => new TrustAnchors('a', { cluster: blue, aws: [{ account: '111122223333', existing: 'yes' as never }] })).toThrow(/aws\[0\]\.existing: expected true or false.*\[structure\/type\]/);
});
