import { isData, type Data } from '../../kubernetes/data';
import type { KubernetesObject } from '../../kubernetes/manifest';
import type { Part } from '../document';
import type { Reader } from '../reader';

/** Manifests: as they are written, as Helm renders them, and as the API server gives them back. */
export const kubernetes: Reader = {
  prints: ['manifests in YAML or JSON', 'kubectl get -o yaml|json', 'helm template', 'kustomize build'],
  read: ({ value }) => (isObject(value) ? { objects: objectsIn(value, '') } : undefined),
};

function isObject(value: Data): boolean {
  return typeof value.apiVersion === 'string' && typeof value.kind === 'string' && (isNamed(value.metadata) || isList(value));
}

/** Names are words; of an object with `generateName` they are not there yet. */
function isNamed(metadata: unknown): boolean {
  return isData(metadata) && [metadata.name, metadata.namespace].every(name => typeof name !== 'object' || name === null);
}

/** `List`, or a list of one kind as the API server gives it: `PodList`. */
function isList({ kind, items }: Data): boolean {
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items);
}

function objectsIn(value: Data, path: string): readonly Part<KubernetesObject>[] {
  if (!isList(value)) return [{ value: value as unknown as KubernetesObject, path }];
  return (value.items as readonly unknown[]).flatMap((item, i) => {
    if (!isData(item)) return [];
    // The items of a PodList say neither what they are nor in which version.
    const { apiVersion = value.apiVersion, kind = String(value.kind).slice(0, -'List'.length) } = item;
    const named = { ...item, apiVersion, kind };
    return isObject(named) ? objectsIn(named, `${path}${path === '' ? '' : '.'}items[${i}]`) : [];
  });
}
