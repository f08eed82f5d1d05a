/** Whatever is rendered is what Kubernetes' OpenAPI schema says, by a validator that the library knows nothing of. */
import fc from 'fast-check';
import { identitiesArb, projectedArb } from '../support/arbitraries';
import { schemaObjections } from '../support/schema';
import { checkProjectedTokens, defineProjectedTokens, defineWorkloadIdentity, inject, planWorkloadIdentities, type KubernetesObject, type PodParts } from 'symbolon';

const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'app:1' }, { name: 'sidecar', image: 'sidecar:1' }] } };
const once = { ...template, spec: { ...template.spec, restartPolicy: 'Never' } };
const selector = { matchLabels: { app: 'web' } };

const WORKLOADS: readonly KubernetesObject[] = [
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: template.spec },
  { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'web' }, template },
  { apiVersion: 'v1', kind: 'ReplicationController', metadata: { name: 'web' }, spec: { selector: { app: 'web' }, template } },
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { selector, template } },
  { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'web' }, spec: { selector, template } },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'web' }, spec: { selector, serviceName: 'web', template } },
  { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'web' }, spec: { selector, template } },
  { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'web' }, spec: { template: once } },
  { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'web' }, spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: once } } } },
];

const workloadsWith = (injection: PodParts): readonly KubernetesObject[] => WORKLOADS.map(workload => inject(workload, injection));
const objectionsOf = (manifests: readonly KubernetesObject[]): readonly object[] =>
  manifests.flatMap(manifest => schemaObjections(manifest).map(says => ({ says, manifest })));

test('what identities give', () => {
  fc.assert(fc.property(identitiesArb, inputs => {
    for (const { objects, expected, injections } of planWorkloadIdentities(inputs.map(defineWorkloadIdentity)).clusters) {
      expect(objectionsOf([...objects, ...expected, ...injections.flatMap(workloadsWith)])).toEqual([]);
    }
  }), { numRuns: 60 });
});

test('what tokens on their own give', () => {
  fc.assert(fc.property(projectedArb.filter(input => checkProjectedTokens(input).every(issue => issue.severity === 'warning')), input => {
    expect(objectionsOf(workloadsWith(defineProjectedTokens(input).injection))).toEqual([]);
  }), { numRuns: 150 });
});

describe('it finds', () => {
  const { injection } = defineProjectedTokens({ tokens: { a: { audience: 'https://a.example.com' } } });
  const good = JSON.stringify(workloadsWith(injection)[3]);
  test.each([
    ['a field that there is not', '"audience"', '"audiance"', /serviceAccountToken\/audiance/],
    ['a field in another case', '"readOnly"', '"readonly"', /volumeMounts\/0\/readonly/],
    ['a number where text belongs', '"token"', '7', /Deployment: /],
    ['text where a number belongs', '3600', '"3600"', /Deployment: /],
    ['a field that is missing', '"path":"token"', '"audience":"b"', /path/],
    ['a kind that there is not', '"Deployment"', '"Deploymint"', /Deploymint/],
  ])('%s', (_what, from, to, says) => {
    expect(schemaObjections(JSON.parse(good) as object)).toEqual([]);
    expect(good).toContain(from);
    expect(schemaObjections(JSON.parse(good.replace(from, to)) as object).join('\n')).toMatch(says);
  });
});
