import * as pulumi from '@pulumi/pulumi';
import { ISSUERS, blue, lateBlue } from './support/definitions';
import { valueOf, withMocks } from './support/mocks';
import { Provider } from './support/resources';
import { readFacts } from 'symbolon';
import { TrustAnchors } from 'symbolon/pulumi';

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
