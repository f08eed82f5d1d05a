import { ApiObject, Chart, Testing } from 'cdk8s';
import fc from 'fast-check';
import { blue, checkout, containersOf, expectCheckout, podOf, render, type Manifest } from './support';
import { defineWorkloadIdentity, isSymbolonError } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

const ledger = defineWorkloadIdentity({
  name: 'ledger', runsAs: [{ namespace: 'shop', serviceAccount: 'checkout', create: false }], clusters: [blue], tokens: { ledger: { audience: 'https://ledger.example.com' } },
});

/** Names of ours stand among the user's, so that some manifests contradict the identity and some agree with it already. */
const named = <T extends object>(names: readonly string[], rest: fc.Arbitrary<T>): fc.Arbitrary<({ name: string } & T)[]> =>
  fc.uniqueArray(fc.tuple(fc.constantFrom(...names), rest).map(([name, more]) => ({ name, ...more })), { selector: item => item.name, maxLength: 3 });

const containers = (prefix: string): fc.Arbitrary<{ name: string }[]> => named([`${prefix}-a`, `${prefix}-b`, `${prefix}-c`], fc.record({
  image: fc.constantFrom('i:1', 'i:2'),
  env: named(['MODE', 'AWS_ROLE_ARN', 'yes'], fc.record({ value: fc.constantFrom('fast', '0123', 'arn:aws:iam::111122223333:role/checkout') })),
  volumeMounts: named(['data', 'token-payments'], fc.record({ mountPath: fc.constantFrom('/data', '/var/run/secrets', '/var/run/secrets/symbolon/payments'), readOnly: fc.boolean() })),
}, { requiredKeys: ['image'] }));

const template = fc.record({
  metadata: fc.record({ labels: fc.dictionary(fc.constantFrom('app', 'tier'), fc.constantFrom('web', 'true')) }, { requiredKeys: [] }),
  spec: fc.record({
    serviceAccountName: fc.constantFrom('checkout', 'other'),
    containers: containers('app'),
    initContainers: containers('init'),
    volumes: named(['data', 'token-payments', 'aws-iam-token'], fc.constant({ emptyDir: {} })),
    terminationGracePeriodSeconds: fc.nat(60),
  }, { requiredKeys: ['containers'] }),
}, { requiredKeys: ['spec'] });

const workload: fc.Arbitrary<Workload> = fc.oneof(
  template.map(pod => ({ apiVersion: 'v1', kind: 'Pod', ...pod })),
  fc.tuple(fc.constantFrom('Deployment', 'StatefulSet', 'DaemonSet', 'Job'), template).map(([kind, pod]) => ({ apiVersion: 'apps/v1', kind, spec: { replicas: 2, template: pod } })),
  template.map(pod => ({ apiVersion: 'batch/v1', kind: 'CronJob', spec: { schedule: '@daily', jobTemplate: { spec: { template: pod } } } })),
  // cdk8s takes no objects without a prototype.
).map(manifest => JSON.parse(JSON.stringify(manifest)) as Workload);
interface Workload { readonly apiVersion: string; readonly kind: string }

/** The workload as it renders with the identities attached; undefined where they contradict each other. */
function attached(manifest: Workload, ...identities: readonly (typeof checkout)[]): Manifest | undefined {
  const chart = new Chart(Testing.app({ outdir: 'unused' }), 'shop');
  const object = new ApiObject(chart, 'workload', manifest);
  identities.forEach((definition, i) => new WorkloadIdentity(chart, `identity-${i}`, { definition, cluster: blue }).attachTo(object));
  try {
    return render(chart).find(each => each.kind === manifest.kind);
  } catch (error) {
    if (isSymbolonError(error) && error.code === 'ERR_INVALID_DEFINITION') return undefined;
    throw error;
  }
}

/** All of the part is in the whole, at its place: keys may have been added to maps, items to the ends of lists. */
function expectWithin(whole: unknown, part: unknown): void {
  if (typeof part !== 'object' || part === null) return expect(whole).toEqual(part);
  for (const [key, value] of Object.entries(part)) expectWithin((whole as { [key: string]: unknown })[key], value);
}

/** The same but for the order of lists. */
const unordered = (value: unknown): unknown => JSON.stringify(value, (_key, item: unknown) => {
  if (Array.isArray(item)) return item.map(each => unordered(each)).sort();
  return typeof item === 'object' && item !== null ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item;
});

test('attaching takes nothing away, changes nothing, and leaves nothing out', () => {
  fc.assert(fc.property(workload, manifest => {
    const result = attached(manifest, checkout);
    fc.pre(result !== undefined);
    expectWithin(result, attached(manifest));
    expectCheckout(podOf(result), containersOf(podOf(manifest)).map(({ name }) => name));
  }));
});

test('attaching what is attached already changes nothing', () => {
  fc.assert(fc.property(workload, manifest => {
    const once = attached(manifest, checkout);
    fc.pre(once !== undefined);
    expect(attached(once, checkout)).toEqual(once);
    expect(attached(manifest, checkout, ledger)).toEqual(attached(once, ledger));
  }));
});

test('two identities may be attached in any order', () => {
  fc.assert(fc.property(workload, manifest => {
    expect(unordered(attached(manifest, checkout, ledger))).toEqual(unordered(attached(manifest, ledger, checkout)));
  }));
});

test('what contradicts the identity is refused, and only that', () => {
  fc.assert(fc.property(workload, manifest => {
    const { spec } = podOf(manifest);
    const all = containersOf(podOf(manifest));
    const mounts = all.flatMap(({ volumeMounts }) => volumeMounts ?? []);
    const contradicts = spec.containers.length === 0
      || spec.serviceAccountName === 'other'
      || (spec.volumes ?? []).some(({ name }) => name !== 'data')
      || all.flatMap(({ env }) => env ?? []).some(({ name, value }) => name === 'AWS_ROLE_ARN' && value?.startsWith('arn:') !== true)
      || mounts.some(({ name, mountPath, readOnly }) => mountPath === '/var/run/secrets/symbolon/payments' && !(name === 'token-payments' && readOnly === true))
      // Nothing can be mounted inside a volume that is read-only.
      || mounts.some(({ mountPath, readOnly }) => mountPath === '/var/run/secrets' && readOnly === true);
    expect(attached(manifest, checkout) === undefined).toBe(contradicts);
  }), { numRuns: 300 });
});
