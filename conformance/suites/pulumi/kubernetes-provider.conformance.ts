/** The Kubernetes half through the real provider of Kubernetes, in a real API server. */
import { setTimeout } from 'node:timers/promises';
import { halfDefinition } from './programs/definitions';
import { programFile } from './support/programs';
import { TestStack, type Operated } from './support/stack';
import { Cluster } from '../api-server/support/cluster';
import { count, testUnless } from '../support/report';
import { system, systemIfHad } from '../support/systems';
import { inject, planWorkloadIdentities, type KubernetesObject } from 'symbolon';

const missing = systemIfHad('apiServer') === undefined ? 'there is no API server' : system('pulumi').kubernetes === undefined ? 'the provider of Kubernetes cannot be had' : undefined;

testUnless(missing, 'pulumi', 'the Kubernetes half by the real provider: made, found again unchanged, grown without replacing anything, taken away', async () => {
  const cluster = new Cluster();
  const namespace = await cluster.namespace(cluster.fresh('pulumi-half'));
  const stack = new TestStack(programFile('kubernetes-half'), { kubernetes: system('pulumi').kubernetes as string });
  const run = (operation: Parameters<TestStack['run']>[0], env: NodeJS.ProcessEnv = {}): Promise<Operated> =>
    stack.run(operation, { IN_CLUSTER: cluster.facts.kubeconfig, NAMESPACE: namespace, ...env });
  const operations = ({ steps }: Operated): ReadonlySet<string> => new Set(steps.map(({ op }) => op));
  try {
    const planned = (grown: boolean): readonly KubernetesObject[] => planWorkloadIdentities(halfDefinition(namespace, grown)).clusters[0]?.objects ?? [];

    await expectFine(run('preview'));
    await expectFine(run('up'));
    for (const object of [...planned(false), workload(namespace)]) {
      expect((await cluster.read(object)).body).toMatchObject(object);
      count('pulumi', 'objects that the real Kubernetes provider made, as the plan has them', 1);
    }

    expect(operations(await expectFine(run('up')))).toEqual(new Set(['same']));
    await expectFine(run('refresh'));
    expect(operations(await expectFine(run('up')))).toEqual(new Set(['same']));

    expect(operations(await expectFine(run('up', { GROWN: '1' })))).toEqual(new Set(['same', 'create']));
    for (const object of planned(true)) expect((await cluster.read(object)).body).toMatchObject(object);

    await expectFine(whileCollecting([...planned(true), workload(namespace)], cluster, run('destroy', { GROWN: '1' })));
    for (const object of planned(true)) expect((await cluster.read(object)).status).toBe(404);
  } finally {
    stack.remove();
    cluster.close();
  }
}, 600_000);

/** The program's Deployment, as it is to look in the cluster. */
function workload(namespace: string): KubernetesObject {
  const injection = planWorkloadIdentities(halfDefinition(namespace)).clusters[0]?.injections[0];
  if (injection === undefined) throw new Error('the identity has no pods');
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace }, spec: { template: { spec: { containers: [{ name: 'app', image: 'shop/checkout:1.4' }] } } } };
  const { apiVersion, kind, metadata, spec } = inject(deployment, injection);
  return { apiVersion, kind, metadata: { name: metadata.name, namespace }, spec };
}

/** The provider deletes in the foreground and waits for the garbage collector, which is no part of an API server alone. */
async function whileCollecting<T>(objects: readonly KubernetesObject[], cluster: Cluster, work: Promise<T>): Promise<T> {
  let done = false;
  const ended = work.finally(() => done = true);
  while (!done) {
    for (const object of objects) await cluster.collect(object);
    await Promise.race([ended, setTimeout(500)]);
  }
  return ended;
}

async function expectFine(running: Promise<Operated>): Promise<Operated> {
  const operated = await running;
  // It is older than the SDK, and the engine says so.
  const log = operated.log.filter(line => !line.startsWith('resource plugin kubernetes is expected to have version'));
  expect({ failure: operated.failure, log }).toEqual({ failure: undefined, log: [] });
  return operated;
}
