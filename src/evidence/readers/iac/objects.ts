import { isOpen, UNKNOWN } from './resource';
import { isData, type Data } from '../../../kubernetes/data';
import type { KubernetesObject } from '../../../kubernetes/manifest';
import { NOT_KNOWN_YET } from '../../../proof/artifacts';

/** What a manifest is, as far as it can be read. */
export interface ReadObject {
  readonly object?: KubernetesObject;
  /** Paths of what is not known. */
  readonly unknown: readonly string[];
}

/** What only the API server says, or what is nobody's identity: left out where it is not known. */
const INDIFFERENT = new Set([
  'status', 'uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink', 'replicas', 'image', 'imagePullPolicy', 'imagePullSecrets', 'command', 'args',
  'resources', 'ports', 'livenessProbe', 'readinessProbe', 'startupProbe', 'strategy', 'updateStrategy', 'selector', 'schedule', 'secretName', 'serviceName', 'storageClassName',
]);

/** Annotations that name a role, a client or an audience: they come back in the question that a pod asks. */
const NAMING = /\/(role-arn|audience|client-id|tenant-id|gcp-service-account|service-account-email|workload-identity-provider|role|role-name|service|auth-path|namespace)$/;
/** Keys by which webhooks are switched. */
const SWITCHES = /(^|\.)(eks\.amazonaws\.com|azure\.workload\.identity|iam\.gke\.io|cloud\.google\.com|vault\.hashicorp\.com|pod-identity\.alibabacloud\.com)\//;

/** A manifest with what an infrastructure tool leaves open: without it, where that says nothing else; else there is no object. */
export function objectOf(manifest: Data): ReadObject {
  const unknown: (readonly string[])[] = [];
  const known = settle(manifest, [], unknown) as Data;
  const paths = unknown.map(path => path.join('.').replace(/\.(\d+)(?=\.|$)/g, '[$1]'));
  const { apiVersion, kind, metadata } = known;
  const readable = unknown.every(isForText) && typeof apiVersion === 'string' && typeof kind === 'string' && isData(metadata) && typeof metadata.name === 'string';
  return readable ? { object: known as unknown as KubernetesObject, unknown: paths } : { unknown: paths };
}

/** Whether a text that nobody knows can stand there and be recognized: as a name in a question, or as nobody's. */
function isForText(path: readonly string[]): boolean {
  const [room, key = ''] = path.slice(-2);
  switch (room) {
    case 'annotations': return NAMING.test(key) || !SWITCHES.test(key);
    case 'labels': return !SWITCHES.test(key);
    case 'data': return path.length === 2;
    case 'metadata': return key === 'name' || key === 'namespace';
    default: return key === 'serviceAccountName' || (key === 'audience' && room === 'serviceAccountToken') || (key === 'value' && path.at(-3) === 'env')
      || (key === 'name' && /Ref$|^configMap$|^secret$/.test(room ?? ''));
  }
}

function settle(value: unknown, path: readonly string[], unknown: (readonly string[])[]): unknown {
  if (value === UNKNOWN) {
    unknown.push(path);
    return NOT_KNOWN_YET;
  }
  if (!isOpen(value)) return value;
  if (Array.isArray(value)) return value.map((item, i) => settle(item, [...path, String(i)], unknown));
  const entries = Object.entries(value as Data).filter(([key, item]) => !(isOpen(item) && INDIFFERENT.has(key) && path.at(-1) !== 'annotations' && path.at(-1) !== 'labels'));
  return Object.fromEntries(entries.map(([key, item]) => [key, settle(item, [...path, key], unknown)]));
}
