/** What the real webhooks add to pods is what admission policies of the same definitions let through: they look at a pod when every webhook has done its work. */
import fc from 'fast-check';
import { clustersOf, make } from './support/made';
import { inSetting } from './support/modes';
import { seenIn } from './support/namespaces';
import { allowedIn } from '../../../test/support/admission';
import { identitiesArbOf } from '../../../test/support/arbitraries';
import { Cluster } from '../api-server/support/cluster';
import { Kubelet } from '../api-server/support/kubelet';
import { count } from '../support/report';
import { admissionPolicies, defineWorkloadIdentity } from 'symbolon';

const cluster = new Cluster();
const kubelet = new Kubelet(cluster);
afterAll(() => cluster.close());

test('every token of a pod that webhooks have completed is allowed, for as long as it lives', async () => {
  await fc.assert(fc.asyncProperty(identitiesArbOf({ modes: ['webhook'], most: 2 }), async inputs => {
    for (const at of clustersOf(inputs)) {
      const definitions = inputs.map(input => defineWorkloadIdentity(inSetting({ mode: 'webhook', cloud: 'public' }, input)));
      const here = definitions.filter(({ clusters }) => clusters.some(({ name }) => name === at.name));
      const policies = admissionPolicies(here, { cluster: at.name });
      const accounts = here.flatMap(({ runsAs }) => runsAs).filter(({ clusters }) => clusters?.includes(at.name) ?? true);
      const namespaces = new Set(accounts.map(({ namespace }) => namespace));
      const tables = [...namespaces].map(namespace => allowedIn(policies, namespace));
      const { pods } = await make(cluster, kubelet, inputs, at, { mode: 'webhook', labels: seenIn(at) });
      for (const { stored: { spec } } of pods) {
        const sources = (spec.volumes ?? []).flatMap(volume => volume.projected?.sources ?? []).flatMap(source => source.serviceAccountToken ?? []);
        for (const { audience = '', expirationSeconds } of sources) {
          // The namespaces of the test are others than those of the definitions: the account is told by its name.
          const most = Math.max(0, ...tables.map(table => table[spec.serviceAccountName]?.[audience] ?? 0));
          expect({ audience, allowed: most >= expirationSeconds }).toEqual({ audience, allowed: true });
          count('webhooks', 'tokens of completed pods that admission policies let through', 1);
        }
      }
    }
  }), { numRuns: 30 });
}, 300_000);
