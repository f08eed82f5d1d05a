import { BUILT, BUILT_ON_AWS, FILE, LATE, ON_AZURE, ONE_POD, perEnvironment } from './model';
import * as generated from '../../src/identity/structure.generated';
import { errorsOf } from '../support/definitions';
import { defineWorkloadIdentity, inject, planWorkloadIdentities, readFacts, type MissingFactError, type WorkloadIdentityInput } from 'symbolon';

test.each([BUILT, ON_AZURE, BUILT_ON_AWS].flatMap(Object.entries<WorkloadIdentityInput>))('%s: is planned', (_what, input) => {
  expect(errorsOf(input)).toEqual([]);
  const plan = planWorkloadIdentities(defineWorkloadIdentity(input));
  expect(plan.clusters.map(({ name }) => name)).toEqual(input.clusters.map(({ name }) => name));
});

test('each cluster has what is different on it', () => {
  const { edges, clusters } = planWorkloadIdentities(defineWorkloadIdentity(BUILT['several clusters, different on each'] as never));
  expect(edges.map(({ cluster, injection, handle }) => [cluster, injection, handle.slice(-1)])).toEqual([['prod-aks', 'webhook', '4'], ['edge', 'explicit', '8']]);
  expect(JSON.stringify(clusters[1])).toContain('00000000-0000-4000-8000-000000000009');
});

test('one identity for each environment, with names of their own', () => {
  const plan = planWorkloadIdentities((['staging', 'prod'] as const).map(environment => defineWorkloadIdentity(perEnvironment(environment))));
  expect(plan.edges.map(({ handle }) => handle)).toEqual(['arn:aws:iam::444455556666:role/checkout-staging', 'arn:aws:iam::111122223333:role/checkout-prod']);
});

test('two identities go into one pod', () => {
  const { clusters: [cluster] } = planWorkloadIdentities(ONE_POD.map(input => defineWorkloadIdentity(input)));
  const pod = { apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'app' }] } };
  const both = (cluster?.injections ?? []).reduce<object>((manifest, injection) => inject(manifest, injection), pod);
  expect(JSON.stringify(both)).toContain('AUDIT_TOKEN_FILE');
  expect(cluster?.objects.filter(({ kind }) => kind === 'ServiceAccount')).toHaveLength(1);
});

test('values that come late come from facts, as a stack exports them', () => {
  const definition = defineWorkloadIdentity(LATE.input);
  try {
    planWorkloadIdentities(definition);
    throw new Error('unreachable');
  } catch (error) {
    expect((error as MissingFactError).facts.map(({ at }) => at.join('.')).sort()).toEqual([
      'clusters.unborn.issuer', 'identities.checkout.aws.boundary', 'identities.checkout.aws.queuePolicy',
      'identities.checkout.azure.clientId', 'identities.checkout.azure.principalId', 'identities.checkout.azure.vault',
    ]);
  }
  expect(planWorkloadIdentities(definition, readFacts({ symbolon: LATE.facts })).trust.length).toBeGreaterThan(0);
});

test('the file is right', () => {
  expect(generated.isDefinitionFile(FILE)).toBe(true);
});
