/** What APIs of one's own have to know, as a program gives it: the document of the plan, once its issuers are known. */
import * as pulumi from '@pulumi/pulumi';
import { blue, green, onApi } from './support/definitions';
import { valueOf, withMocks } from './support/mocks';
import { defineWorkloadIdentity, planWorkloadIdentities, tokenVerifier } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/pulumi';

const API = 'https://reports.example.com';
const both = { ...onApi, clusters: [blue, green] };
const { issuer: blueIssuer, ...lateBlue } = blue;

test('the document is that of the plan, and nothing is made', async () => {
  const { result, resources } = await withMocks(() => new WorkloadIdentity('checkout', { definition: both }));
  expect(Object.keys(result.verifiers)).toEqual([API]);
  expect(await valueOf(result.verifiers[API])).toEqual(tokenVerifier(planWorkloadIdentities(defineWorkloadIdentity(both)), API));
  expect(resources).toEqual([]);
});

test('an issuer that the stack computes is waited for, and how many callers there are is not', async () => {
  const { result } = await withMocks(() => new WorkloadIdentity('checkout', { definition: { ...both, clusters: [lateBlue, green] }, on: { [blue.name]: { facts: { issuer: pulumi.output(blueIssuer as string) } } } }));
  expect(await valueOf(result.verifiers[API])).toEqual(tokenVerifier(planWorkloadIdentities(defineWorkloadIdentity(both)), API));
});

test('without the issuer the Kubernetes half is made, and to read the document is an error that says what is missing', async () => {
  const { result } = await withMocks(() => {
    expect(() => new WorkloadIdentity('early', { definition: { ...onApi, clusters: [lateBlue] } })).toThrow(expect.objectContaining({ code: 'ERR_MISSING_FACT' }));
    return new WorkloadIdentity('checkout', { definition: { ...onApi, clusters: [lateBlue] }, halves: 'kubernetes' });
  });
  expect(() => result.verifiers[API]).toThrow(expect.objectContaining({ code: 'ERR_MISSING_FACT', message: expect.stringContaining(`clusters.${blue.name}.issuer`) as string }));
});

test('each audience has its own', async () => {
  const other = 'https://other.example.com';
  const { result } = await withMocks(() => new WorkloadIdentity('checkout', { definition: { ...both, trustedBy: { reports: { provider: 'jwt', audience: API, on: { [green.name]: { audience: other } } } } } }));
  expect(Object.keys(result.verifiers)).toEqual([API, other]);
  expect(await valueOf(result.verifiers[other]?.apply(({ callers }) => callers.map(({ issuer }) => issuer)))).toEqual([green.issuer]);
});
