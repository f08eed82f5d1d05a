/** RAM in a stack: what waits for what, and what a preview does not know. */
import { ISSUERS, ack, blue, onAck } from './support/definitions';
import { UNKNOWN, runProgram, type Registration, type RunResult } from './support/engine';
import { canonical, expectedOfPlan } from './support/expected';
import { valueOf, withMocks } from './support/mocks';
import { defineWorkloadIdentity, planWorkloadIdentities, readFacts } from 'symbolon';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

jest.setTimeout(60_000);

const one = ({ resources }: RunResult, type: RegExp, name = /./): Registration => {
  const [found, ...more] = resources.filter(resource => type.test(resource.type) && name.test(resource.name));
  expect(more.map(each => each.urn)).toEqual([]);
  return found as Registration;
};

test('both halves are those of the plan', async () => {
  const { result, resources } = await withMocks(() => new WorkloadIdentity('checkout', { definition: onAck, halves: 'both' }));
  const plan = planWorkloadIdentities(defineWorkloadIdentity(onAck));
  expect(resources.map(canonical).sort()).toEqual(expectedOfPlan(plan).map(canonical).sort());
  expect(await valueOf(result.on('prod-ack').handles.alibaba)).toBe('acs:ram::1234567890123456:role/checkout');
});

test('the provider of a cluster is made once in each account, under the name that roles refer to', async () => {
  const { result, resources } = await withMocks(() => new TrustAnchors('prod-blue', { cluster: blue, alibaba: ['1234567890123456', { account: '6543210987654321', audiences: ['sts.aliyuncs.com', 'other'] }] }));
  expect(resources).toEqual([
    expect.objectContaining({ name: 'prod-blue/alibaba/1234567890123456', inputs: { oidcProviderName: 'prod-blue', issuerUrl: ISSUERS.blue, clientIds: ['sts.aliyuncs.com'] } }),
    expect.objectContaining({ name: 'prod-blue/alibaba/6543210987654321', inputs: { oidcProviderName: 'prod-blue', issuerUrl: ISSUERS.blue, clientIds: ['other', 'sts.aliyuncs.com'] } }),
  ]);
  const { edges, trust } = planWorkloadIdentities(defineWorkloadIdentity({ ...onAck, clusters: [blue], trustedBy: { alibaba: { accountId: '1234567890123456' } } }));
  expect(edges[0]?.injection).toBe('explicit');
  expect(await valueOf(result.anchors)).toMatchObject({ alibaba: [trust[0]?.name, 'acs:ram::6543210987654321:oidc-provider/prod-blue'] });
});

test('an issuer that the stack makes is all that a preview does not know', async () => {
  const preview = await runProgram('alibaba-late', { preview: true });
  expect(preview).toMatchObject({ code: 0, log: '' });
  expect(one(preview, /ram\/role:Role/).inputs).toMatchObject({ roleName: 'checkout', assumeRolePolicyDocument: UNKNOWN });
  for (const { inputs } of preview.resources.filter(({ type }) => /rolePolicyAttachment|ram\/policy/.test(type))) expect(Object.values(inputs)).not.toContain(UNKNOWN);
  expect(one(preview, /OidcProvider/).inputs).toEqual({ oidcProviderName: 'prod-blue', issuerUrl: ISSUERS.blue, clientIds: ['sts.aliyuncs.com'] });
});

test('once it is there, the role trusts it, and what hangs on the role is replaced with it', async () => {
  const result = await runProgram('alibaba-late', { answer: ({ type, name }) => (type === 'test:index:Cluster' ? { issuer: name === 'ack' ? ISSUERS.ack : '1234567890123456' } : {}) });
  expect(result).toMatchObject({ code: 0, log: '' });
  const role = one(result, /ram\/role:Role/);
  const plan = planWorkloadIdentities(defineWorkloadIdentity({ ...onAck, clusters: [ack] }));
  expect({ AssumeRolePolicyDocument: JSON.parse(role.inputs.assumeRolePolicyDocument as string) as unknown, RoleName: 'checkout' }).toEqual(plan.trust[0]?.request);
  for (const { propertyDependencies } of result.resources.filter(({ type }) => /rolePolicyAttachment/.test(type))) expect(propertyDependencies.roleName).toContain(role.urn);
  expect(result.outputs.provider).toBe('acs:ram::1234567890123456:oidc-provider/prod-blue');
  expect(readFacts(result.outputs)).toMatchObject({ clusters: { 'prod-ack': { issuer: ISSUERS.ack } } });
});
