/** What is rendered from any valid definition is what the API server takes. */
import fc from 'fast-check';
import { Cluster } from './support/cluster';
import { KINDS, makeOf } from './support/workloads';
import { identitiesArbOf } from '../../../test/support/arbitraries';
import { count } from '../support/report';
import { defineWorkloadIdentity, inject, planWorkloadIdentities, type KubernetesObject, type PlannedCluster } from 'symbolon';

const cluster = new Cluster();
afterAll(() => cluster.close());

/** A workload of each of these kinds for every injection. */
function workloadsOf({ injections }: PlannedCluster, kinds: readonly string[]): readonly KubernetesObject[] {
  return injections.flatMap(injection => kinds.map(kind => inject(makeOf(kind, cluster.fresh(kind.toLowerCase())), injection)));
}

async function accept(manifests: readonly KubernetesObject[], dryRun: boolean): Promise<void> {
  const answers = await Promise.all(manifests.map(async manifest => ({ manifest, answer: await cluster.apply(manifest, { dryRun }) })));
  const refused = answers.filter(({ answer }) => answer.status >= 300).map(({ manifest, answer }) => ({ says: answer.body.message, manifest }));
  expect(refused).toEqual([]);
  count('api-server', dryRun ? 'generated manifests accepted by a dry run' : 'generated manifests created', manifests.length);
}

test('what any definition gives is accepted: service accounts, roles, bindings, configuration, and workloads of every kind', async () => {
  const kinds = KINDS.filter(kind => kind !== 'Pod');
  await fc.assert(fc.asyncProperty(identitiesArbOf(), async inputs => {
    for (const planned of planWorkloadIdentities(inputs.map(defineWorkloadIdentity)).clusters) {
      await accept([...planned.objects, ...planned.expected, ...workloadsOf(planned, kinds)], true);
    }
  }), { numRuns: 250 });
}, 600_000);

test('what any definition gives can be created, the pods too', async () => {
  await fc.assert(fc.asyncProperty(identitiesArbOf({ most: 2 }), async inputs => {
    for (const planned of planWorkloadIdentities(inputs.map(defineWorkloadIdentity)).clusters) {
      await accept([...planned.objects, ...planned.expected], false);
      // Pods are refused whose service account is not there yet.
      await accept(workloadsOf(planned, ['Pod', 'Deployment', 'CronJob']), false);
    }
  }), { numRuns: 120 });
}, 600_000);
