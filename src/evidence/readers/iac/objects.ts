import { isOpen, UNKNOWN } from './resource';
import { isData, type Data } from '../../../kubernetes/data';
import type { KubernetesObject } from '../../../kubernetes/manifest';
import { NOT_KNOWN_YET } from '../../../proof/artifacts';

/** What a manifest is, as far as it can be read. */
export interface ReadObject {
  readonly object?: KubernetesObject;
  /** Paths of what is not known: a text keeps its place, and without a part there is no object. */
  readonly unknown: readonly string[];
}

/** What only the API server says, and no proof reads. */
const SERVERS = new Set(['status', 'uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink']);
/** What is a map or a list: it cannot be left out without saying something else. */
const PARTS = new Set([
  'metadata', 'annotations', 'labels', 'spec', 'template', 'jobTemplate', 'data', 'rules', 'roleRef', 'subjects', 'securityContext', 'nodeSelector', 'affinity',
  'containers', 'initContainers', 'volumes', 'volumeMounts', 'env', 'envFrom', 'projected', 'sources', 'serviceAccountToken', 'configMap', 'items',
]);

/** A manifest with what an infrastructure tool leaves open. */
export function objectOf(manifest: Data): ReadObject {
  const unknown: string[] = [];
  const known = settle(manifest, '', unknown) as Data;
  const { apiVersion, kind, metadata } = known;
  const structural = unknown.some(path => PARTS.has(path.replace(/^.*\./, '')) || !path.includes('.') || /\]$/.test(path));
  if (structural || typeof apiVersion !== 'string' || typeof kind !== 'string' || !isData(metadata) || typeof metadata.name !== 'string') return { unknown };
  return { object: known as unknown as KubernetesObject, unknown };
}

function settle(value: unknown, path: string, unknown: string[]): unknown {
  if (value === UNKNOWN) {
    unknown.push(path);
    return NOT_KNOWN_YET;
  }
  if (!isOpen(value)) return value;
  if (Array.isArray(value)) return value.map((item, i) => settle(item, `${path}[${i}]`, unknown));
  const within = path === '' ? '' : `${path}.`;
  const entries = Object.entries(value as Data).filter(([key, item]) => !(isOpen(item) && SERVERS.has(key)));
  return Object.fromEntries(entries.map(([key, item]) => [key, settle(item, `${within}${key}`, unknown)]));
}
