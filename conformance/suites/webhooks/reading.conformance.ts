/**
 * The proof reads manifests as the webhooks would. Whatever somebody wrote, it says the same of it as of the pod that
 * the real webhooks made of it, where everything is in the open.
 */
import fc from 'fast-check';
import { newNamespaces, seenIn } from './support/namespaces';
import { DIFFERENCES, READINGS, manifestsOf, type Reading, type Written } from './support/readings';
import { Cluster } from '../api-server/support/cluster';
import { Kubelet } from '../api-server/support/kubelet';
import { count, table } from '../support/report';
import { prove, type KubernetesObject } from 'symbolon';

const cluster = new Cluster();
const kubelet = new Kubelet(cluster);
const { issuer } = cluster.facts;
afterAll(() => cluster.close());

/** Whom the pod becomes, by the proof: each identity with the audience of the token that opened it. */
function admitted(objects: readonly KubernetesObject[], { trustOf }: Reading): readonly string[] {
  const subject = `system:serviceaccount:${objects[0]?.metadata.namespace ?? ''}:reader`;
  return prove({ clusters: [{ name: 'written', issuer, objects }], trust: trustOf(subject, issuer) }).verdicts
    .filter(verdict => verdict.admitted).map(({ becomes, claims }) => `${becomes} by ${claims.audience}`).sort();
}

async function bothReadings(reading: Reading, written: Written): Promise<{ readonly manifests: readonly string[]; readonly made: readonly string[] }> {
  const namespaces = newNamespaces(cluster, seenIn({}));
  const [account, pod] = manifestsOf(written, namespaces.of('written'), reading.audience);
  await namespaces.make();
  expect((await cluster.apply(account)).body.message).toBeUndefined();
  const manifests = admitted([account, pod], reading);
  const stored = await kubelet.run(pod).catch((error: Error) => error);
  // A pod that is refused becomes nobody.
  if (stored instanceof Error) return { manifests, made: [] };
  // In the open: nothing is left that a webhook would still read.
  const bare = { ...account, metadata: { ...account.metadata, annotations: {} } };
  const made = { ...pod, metadata: { ...pod.metadata, labels: {}, annotations: {} }, spec: stored.spec };
  return { manifests, made: admitted([bare, made], reading) };
}

test.each(Object.keys(READINGS))('%s: the manifests say of themselves what the mutated pod says', async provider => {
  const reading = READINGS[provider] as Reading;
  await fc.assert(fc.asyncProperty(reading.written, async written => {
    const { manifests, made } = await bothReadings(reading, written);
    expect(manifests).toEqual(made);
    count('webhooks', 'pods written by hand, read by the proof before and after the webhooks', 1);
  }), { numRuns: 300 });
}, 600_000);

/** Goes red as soon as the proof reads one of them as the webhook does: then it leaves the list. */
describe('known to be read differently by the proof', () => {
  test.failing.each(DIFFERENCES)('$provider: $what', async ({ provider, what: _, ...written }) => {
    const { manifests, made } = await bothReadings(READINGS[provider] as Reading, { account: {}, labels: {}, annotations: {}, env: {}, ...written });
    expect(manifests).toEqual(made);
  });
  table('webhooks', 'What the proof reads in another way than the webhook', ['of', 'the webhook'], DIFFERENCES.map(({ provider, what }) => [provider, what]));
});
