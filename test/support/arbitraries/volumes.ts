import fc from 'fast-check';
import { given, maybe, wordArb } from './names';
import type { VolumeInput, VolumeSourceInput } from 'symbolon';

/** What is drawn for one volume. */
export interface RawVolume {
  readonly word: string;
  readonly sources: readonly number[];
  readonly mode: number | string | undefined;
  readonly custom: boolean;
  readonly container: 'app' | 'sidecar' | undefined;
  readonly skip: boolean;
  readonly mask: number;
}

/** One source of every kind and shape, with files that have no path in common. */
const SOURCES: readonly VolumeSourceInput[] = [
  { configMap: { name: 'settings', items: [{ key: 'app.yaml', path: 'settings/app.yaml' }, { key: 'log.yaml', path: 'settings/log.yaml', mode: '0644' }], optional: true } },
  { secret: { name: 'keys', items: [{ key: 'tls.crt', path: 'keys/tls.crt', mode: 256 }] } },
  { downwardAPI: { items: [{ path: 'pod/name', fieldRef: { fieldPath: 'metadata.name' } }, { path: 'pod/app', fieldRef: { fieldPath: 'metadata.labels[\'app.kubernetes.io/name\']' }, mode: 420 }] } },
  { downwardAPI: { items: [{ path: 'limits/cpu', resourceFieldRef: { containerName: 'app', resource: 'limits.cpu', divisor: '1m' } }, { path: 'limits/memory', resourceFieldRef: { containerName: 'app', resource: 'requests.memory' } }] } },
  { clusterTrustBundle: { name: 'example.com:mesh:roots', path: 'trust/roots.pem' } },
  { clusterTrustBundle: { signerName: 'example.com/mesh', labelSelector: { matchLabels: { live: 'true' }, matchExpressions: [{ key: 'tier', operator: 'In', values: ['a', 'b'] }] }, path: 'trust/mesh.pem', optional: true } },
  { podCertificate: { signerName: 'example.com/mesh', keyType: 'ECDSAP256', credentialBundlePath: 'pod/credentials.pem', userAnnotations: { 'example.com/team': 'shop' } } },
  { podCertificate: { signerName: 'kubernetes.io/kube-apiserver-client-pod', keyType: 'ED25519', maxExpirationSeconds: 86400, keyPath: 'client/key.pem', certificateChainPath: 'client/chain.pem' } },
];

export const rawVolumeArb: fc.Arbitrary<RawVolume> = fc.record({
  word: wordArb,
  sources: fc.uniqueArray(fc.nat(SOURCES.length - 1), { minLength: 1, maxLength: 3 }),
  mode: maybe(fc.constantFrom<(number | string)[]>('0440', 288, '0444', '0o400', 420)),
  custom: fc.boolean(),
  container: maybe(fc.constantFrom('app', 'sidecar')),
  skip: fc.boolean(),
  mask: fc.nat(7),
});

/** The name that begins nothing else. */
export const volumeName = ({ word }: RawVolume): string => `files-${word}`;

/** The volume that the draw stands for. No token has a path within one of these. */
export function volumeOf({ word, sources, mode, custom, container, skip }: RawVolume, clusters: { readonly clusters?: readonly string[] }): VolumeInput {
  const other = container === 'sidecar' ? 'app' : 'sidecar';
  return {
    sources: sources.map(i => SOURCES[i] as VolumeSourceInput),
    ...given({ defaultMode: mode, containers: container === undefined ? undefined : [container], skipContainers: skip ? [other] : undefined }),
    ...(custom && { mountPath: `/files/${word}`, env: { [`${word.toUpperCase()}_FOLDER`]: '.' } }),
    ...clusters,
  };
}
