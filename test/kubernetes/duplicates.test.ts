/** Two entries of one name in a pod, and mounts around ours that are read-only by their volume. */
import { Findings, type Issue } from '../../src/core/issues';
import { inject } from '../../src/kubernetes/inject';
import { SENTENCE } from '../support/definitions';
import { inject as injectOrThrow, type PodParts } from 'symbolon';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Data = { readonly [key: string]: any };

const env = { name: 'PAYMENTS', value: '/tokens/payments/token' };
const mount = { name: 'token-payments', mountPath: '/tokens/payments', readOnly: true } as const;
const volume = { name: 'token-payments', projected: { sources: [{ serviceAccountToken: { audience: 'payments', expirationSeconds: 900, path: 'token' } }] } };
const injection: PodParts = { labels: {}, annotations: {}, volumes: [volume], mounts: [mount], env: [env] };

const pod = (spec: object): Data => ({ apiVersion: 'v1', kind: 'Pod', spec: { serviceAccountName: 'web', containers: [{ name: 'app' }], ...spec } });
const app = (fields: object): Data => pod({ containers: [{ name: 'app', ...fields }] });
const around = (source: object): Data => pod({ volumes: [{ name: 'x', ...source }], containers: [{ name: 'app', volumeMounts: [{ name: 'x', mountPath: '/tokens' }] }] });

function run(manifest: object): { readonly out: Data; readonly found: readonly Issue[] } {
  const findings = new Findings();
  return { out: inject(manifest, injection, findings.report) as Data, found: findings.all };
}

test.each<[string, Data, string]>([
  ['another value of our variable, after ours', app({ env: [env, { name: 'PAYMENTS', value: 'x' }] }), 'workload/collision spec.containers[0].env[1]'],
  ['our variable from elsewhere, after ours', app({ env: [env, { name: 'PAYMENTS', valueFrom: { fieldRef: {} } }] }), 'workload/collision spec.containers[0].env[1]'],
  ['our variable twice', app({ env: [env, { name: 'B' }, env] }), 'workload/duplicate spec.containers[0].env[2]'],
  ['another mount in our place, after ours', pod({ volumes: [{ name: 'd', emptyDir: {} }], containers: [{ name: 'app', volumeMounts: [mount, { name: 'd', mountPath: '/tokens/payments' }] }] }), 'workload/collision spec.containers[0].volumeMounts[1]'],
  ['our mount twice', app({ volumeMounts: [mount, mount] }), 'workload/duplicate spec.containers[0].volumeMounts[1]'],
  ['another volume of our name, after ours', pod({ volumes: [volume, { name: 'token-payments', emptyDir: {} }] }), 'workload/collision spec.volumes[1]'],
  ['our volume twice', pod({ volumes: [volume, volume] }), 'workload/duplicate spec.volumes[1]'],
  ...[{ secret: { secretName: 's' } }, { configMap: { name: 'c' } }, { downwardAPI: {} }, { projected: { sources: [] } }, { image: {} }, { csi: { driver: 'd', readOnly: true } }]
    .map((source): [string, Data, string] => [`a mount around ours, of a volume that is read-only: ${Object.keys(source).join('')}`, around(source), 'workload/collision spec.containers[0].volumeMounts[0]']),
])('%s: an error, and nothing of the author\'s is taken away', (_what, manifest, finding) => {
  const { out, found } = run(manifest);
  expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual([finding]);
  expect(found[0]).toMatchObject({ severity: 'error', message: expect.stringMatching(SENTENCE) as string });
  expect(run(out).found).toEqual(found);
  expect(out.spec).toMatchObject({ volumes: expect.arrayContaining((manifest.spec as Data).volumes as unknown[] ?? []) as unknown });
  expect(() => injectOrThrow(manifest, injection)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_DEFINITION' }));
});

test.each<[string, Data]>([
  ['around ours, of a volume that can be written to', around({ persistentVolumeClaim: { claimName: 'c' } })],
  ['around ours, of a folder of the pod\'s', around({ emptyDir: {} })],
  ['beside ours, of a Secret', pod({ volumes: [{ name: 'x', secret: {} }], containers: [{ name: 'app', volumeMounts: [{ name: 'x', mountPath: '/tokens-2' }] }] })],
])('a mount %s passes', (_what, manifest) => {
  expect(run(manifest).found).toEqual([]);
});
