import * as pulumi from '@pulumi/pulumi';
import { ISSUERS, blue, lateBlue } from './support/definitions';
import { valueOf, withMocks } from './support/mocks';
import { Provider } from './support/resources';
import { readFacts, type WorkloadIdentityInput } from 'symbolon';
import { TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

const arnIn = (account: string): string => `arn:aws:iam::${account}:oidc-provider/${ISSUERS.blue.replace('https://', '')}`;

test('one anchor in each account, with its own credentials, for the usual audience', async () => {
  const { result, resources } = await withMocks(() => new TrustAnchors('prod-blue', {
    cluster: blue, aws: ['111122223333', { account: '444455556666', provider: new Provider('aws', 'other'), audiences: ['https://sts.example.com', 'sts.amazonaws.com'] }],
  }));
  expect(resources).toEqual([
    expect.objectContaining({ name: 'prod-blue/aws/111122223333', inputs: { url: ISSUERS.blue, clientIdLists: ['sts.amazonaws.com'] }, provider: '' }),
    expect.objectContaining({ name: 'prod-blue/aws/444455556666', inputs: { url: ISSUERS.blue, clientIdLists: ['https://sts.example.com', 'sts.amazonaws.com'] }, provider: expect.stringContaining('::other::') }),
  ]);
  expect(await valueOf(result.anchors)).toEqual({ aws: [arnIn('111122223333'), arnIn('444455556666')] });
});

test('issuer, account and audience may be computed', async () => {
  const later = (text: string): pulumi.Output<string> => pulumi.output(Promise.resolve(text));
  const { result, resources } = await withMocks(() => new TrustAnchors('prod-blue', {
    cluster: lateBlue, facts: { issuer: later(ISSUERS.blue) }, aws: [{ account: later('111122223333'), audiences: [later('sts.example.com')] }],
  }));
  expect(resources).toEqual([expect.objectContaining({ name: 'prod-blue/aws/0', inputs: { url: ISSUERS.blue, clientIdLists: ['sts.example.com'] } })]);
  expect(await valueOf(result.anchors)).toEqual({ aws: [arnIn('111122223333')] });
  expect(readFacts(await valueOf(result.facts))).toEqual({ clusters: { 'prod-blue': { issuer: ISSUERS.blue } }, identities: {} });
});

test('on Google Cloud a pool and a provider in it, once in each project; what the cluster says of them holds', async () => {
  const cluster = { ...lateBlue, gcpPool: { subjectPrefix: 'blue', allowedAudiences: ['sts.googleapis.com'] } };
  const number = pulumi.output(Promise.resolve('123456789012'));
  const { result, resources } = await withMocks(() => new TrustAnchors('prod-blue', { cluster, facts: { issuer: pulumi.output(Promise.resolve(ISSUERS.blue)) }, gcp: ['210987654321', { account: number }] }));
  const pool = (project: string) => ({ project, workloadIdentityPoolId: 'prod-blue' });
  const provider = (project: string) => ({
    ...pool(project), workloadIdentityPoolProviderId: 'prod-blue', attributeMapping: { 'google.subject': '"blue::" + assertion.sub' }, oidc: { issuerUri: ISSUERS.blue, allowedAudiences: ['sts.googleapis.com'] },
  });
  expect(Object.fromEntries(resources.map(({ name, inputs }) => [name, inputs]))).toEqual({
    'prod-blue/gcp/pool/210987654321': pool('210987654321'),
    'prod-blue/gcp/provider/210987654321': provider('210987654321'),
    'prod-blue/gcp/pool/1': pool('123456789012'),
    'prod-blue/gcp/provider/1': provider('123456789012'),
  });
  const name = (project: string) => `projects/${project}/locations/global/workloadIdentityPools/prod-blue`;
  expect(await valueOf(result.anchors)).toEqual({ gcp: ['210987654321', '123456789012'].flatMap(project => [name(project), `${name(project)}/providers/prod-blue`]) });
});

test('the number of the project may be computed for identities, too: pods, members and the handle wait for it alone', async () => {
  const definition: WorkloadIdentityInput = { name: 'checkout', namespace: 'shop', clusters: [blue], trustedBy: { gcp: { projectId: 'shop-prod', impersonate: false, grants: [{ role: 'roles/storage.objectViewer', bucket: 'orders' }] } } };
  const number = pulumi.output(Promise.resolve('123456789012'));
  const { result, resources } = await withMocks(() => new WorkloadIdentity('checkout', { definition, halves: 'both', on: { 'prod-blue': { facts: { projectNumber: number }, kubernetes: new Provider('kubernetes', 'blue') } } }));
  const principal = 'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/prod-blue/subject/system:serviceaccount:shop:checkout';
  expect(resources.map(({ name }) => name)).toEqual(expect.arrayContaining(['checkout/gcp/prod-blue/shop/checkout/grant/bucket/orders/roles/storage.objectViewer', 'checkout/prod-blue/ConfigMap/shop/checkout']));
  expect(resources.find(({ type }) => type.startsWith('gcp:storage'))?.inputs).toEqual({ bucket: 'orders', role: 'roles/storage.objectViewer', member: principal });
  expect(await valueOf(result.on('prod-blue').handles.gcp)).toBe(principal);
});

describe('an issuer that nobody outside reaches', () => {
  const inside = { name: 'edge', issuer: 'https://kubernetes.default.svc.cluster.local' };
  const JWKS = '{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA","kid":"1"}]}';
  const anchorsOf = (args: object) => withMocks(() => {
    try {
      return [new TrustAnchors('edge', args as ConstructorParameters<typeof TrustAnchors>[1])].length;
    } catch (error) {
      return (error as Error).message;
    }
  });

  test.each([['aws', '111122223333'], ['alibaba', '1234567890123456'], ['gcp', '123456789012']])('no anchor of %s is made for it, in the definition or as a fact', async (provider, account) => {
    const { name, issuer } = inside;
    for (const args of [{ cluster: inside }, { cluster: { name }, facts: { issuer } }]) {
      const { result, resources } = await anchorsOf({ ...args, [provider]: [account] });
      expect(result).toMatch(/cluster\.issuer: expected an issuer that (IAM|RAM|Google) can reach/);
      expect(resources).toEqual([]);
    }
  });

  test('where Google is given the keys, there is one', async () => {
    expect((await anchorsOf({ cluster: { ...inside, gcpPool: { jwksJson: JWKS } }, gcp: ['123456789012'] })).result).toBe(1);
  });
});

test('a provider of IAM has a hundred audiences, and no more', async () => {
  const audiences = (length: number): readonly string[] => Array.from({ length }, (_, i) => `https://${i}.example.com`);
  const made = (length: number) => withMocks(() => new TrustAnchors('prod-blue', { cluster: blue, aws: [{ account: '111122223333', audiences: audiences(length) }] }));
  expect((await made(100)).resources).toHaveLength(1);
  await expect(made(101)).rejects.toThrow(/aws\[0\]\.audiences: expected at most 100 audiences for one cluster in one account, got 101; let identities share/);
});
