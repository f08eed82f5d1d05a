import type { DownwardItem, KeysProjection, ProjectedSource } from './manifest';
import { readMode } from './mode';
import type { KeysSourceInput, VolumeSourceInput } from './volume-input';
import { over } from '../core/plain';

/** The source as users write it, every mode read. */
export function readSource(source: VolumeSourceInput): VolumeSourceInput {
  const { configMap, secret, downwardAPI } = source;
  if (configMap !== undefined) return over(source, { configMap: readItems(configMap) });
  if (secret !== undefined) return over(source, { secret: readItems(secret) });
  return downwardAPI === undefined ? source : over(source, { downwardAPI: readItems(downwardAPI) });
}

interface WithItems {
  readonly items?: readonly { readonly mode?: number | string }[];
}

function readItems<T extends WithItems>(source: T): T {
  const items = source.items?.map(item => (item.mode === undefined ? item : over(item, { mode: readMode(item.mode) })));
  return items === undefined ? source : over(source, { items });
}

/** The source as Kubernetes takes it. The user's words are Kubernetes' own, but for what the API server would fill in. */
export function sourceOf(source: VolumeSourceInput): ProjectedSource {
  const { configMap, secret, downwardAPI, clusterTrustBundle, podCertificate } = source;
  if (configMap !== undefined) return { configMap: keysOf(configMap) };
  if (secret !== undefined) return { secret: keysOf(secret) };
  if (clusterTrustBundle !== undefined) return { clusterTrustBundle };
  if (podCertificate !== undefined) return { podCertificate };
  const items = (downwardAPI?.items ?? []).map(item => {
    const fieldPath = item.fieldRef?.fieldPath;
    return fieldPath === undefined ? item : over(item, { fieldRef: { apiVersion: 'v1', fieldPath } });
  });
  return { downwardAPI: { items: items as readonly DownwardItem[] } };
}

/** By now its modes are numbers. */
function keysOf(source: KeysSourceInput): KeysProjection {
  return source as KeysProjection;
}
