import { objectOf } from './objects';
import type { InCluster } from './read';
import { UNKNOWN, type Resource } from './resource';
import { dataOf, isData, type Data } from '../../../kubernetes/data';

/** Kinds that the provider of Kubernetes has resources for, where they matter here: API version and kind. https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs */
const KINDS: { readonly [type: string]: readonly [apiVersion: string, kind: string] } = {
  service_account: ['v1', 'ServiceAccount'],
  config_map: ['v1', 'ConfigMap'],
  namespace: ['v1', 'Namespace'],
  pod: ['v1', 'Pod'],
  replication_controller: ['v1', 'ReplicationController'],
  deployment: ['apps/v1', 'Deployment'],
  stateful_set: ['apps/v1', 'StatefulSet'],
  daemon_set: ['apps/v1', 'DaemonSet'],
  daemonset: ['apps/v1', 'DaemonSet'],
  job: ['batch/v1', 'Job'],
  cron_job: ['batch/v1', 'CronJob'],
  cluster_role: ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  cluster_role_binding: ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
};

/** Those of which nobody's identity depends. */
const IRRELEVANT = /^(role|role_binding|service|endpoints|endpoint_slice|ingress|ingress_class|network_policy|persistent_volume|persistent_volume_claim|storage_class|csi_driver|limit_range|resource_quota|priority_class|pod_disruption_budget|horizontal_pod_autoscaler|secret|secret_data|certificate_signing_request|api_service|validating_webhook_configuration|mutating_webhook_configuration|node_taint|runtime_class|token_request)$/;

/** The manifest of a resource of the provider of Kubernetes; undefined for what is none. */
export function inCluster({ type, values }: Resource): InCluster | undefined {
  const [, name] = /^kubernetes_(.+?)(?:_v\d+(?:(?:alpha|beta)\d+)?)?$/.exec(type) ?? [];
  if (name === undefined) return undefined;
  if (name === 'manifest') return manifestOf(values.manifest);
  if (IRRELEVANT.test(name)) return undefined;
  const [apiVersion, kind] = Object.hasOwn(KINDS, name) ? KINDS[name] as readonly [string, string] : [];
  // Another's part of an object, or a kind that has no row.
  if (kind === undefined) return { unknown: [] };
  const { id: _id, timeouts: _timeouts, wait_for_rollout: _wait, ...fields } = values;
  const found = objectOf({ apiVersion, kind, ...dataOf(translated(fields)) });
  return found.object === undefined && found.unknown.length === 0 ? { unknown: ['metadata.name'] } : found;
}

function manifestOf(manifest: unknown): InCluster {
  if (manifest === UNKNOWN) return { unknown: ['manifest'] };
  const found = objectOf(dataOf(manifest));
  return found.object === undefined && found.unknown.length === 0 ? { unknown: ['manifest'] } : found;
}

/** Blocks that are lists in a manifest, by what they are called there. Every other block is a map. */
const LISTS: { readonly [block: string]: string } = {
  container: 'containers',
  init_container: 'initContainers',
  env: 'env',
  env_from: 'envFrom',
  volume: 'volumes',
  volume_mount: 'volumeMounts',
  items: 'items',
  port: 'ports',
  rule: 'rules',
  subject: 'subjects',
  image_pull_secrets: 'imagePullSecrets',
  host_aliases: 'hostAliases',
  toleration: 'tolerations',
  node_selector_term: 'nodeSelectorTerms',
  match_expressions: 'matchExpressions',
  match_fields: 'matchFields',
  topology_spread_constraint: 'topologySpreadConstraints',
  volume_claim_template: 'volumeClaimTemplates',
  volume_device: 'volumeDevices',
};
/** Maps whose keys are the user's. */
const USERS = new Set(['labels', 'annotations', 'node_selector', 'match_labels', 'data', 'binary_data', 'limits', 'requests']);
/** Numbers that the provider has as texts; modes as octal ones. */
const NUMBERS = new Set(['run_as_user', 'run_as_group', 'fs_group']);
const MODES = new Set(['default_mode', 'mode']);
const NAMES: { readonly [field: string]: string } = { downward_api: 'downwardAPI', host_ipc: 'hostIPC', host_pid: 'hostPID' };

/** What the provider's blocks are in a manifest. An empty text and an empty block are what nobody has set. */
function translated(fields: Data): Data {
  const entries = Object.entries(fields).flatMap(([key, value]): readonly (readonly [string, unknown])[] => {
    if (value === null || value === undefined || value === '') return [];
    if (value === UNKNOWN) return [[Object.hasOwn(LISTS, key) ? LISTS[key] as string : nameOf(key), UNKNOWN]];
    if (key === 'sources') return [[key, (Array.isArray(value) ? value : []).flatMap((source: unknown) => (isData(source) ? sourcesOf(source) : [source]))]];
    if (Array.isArray(value) && value.length === 0) return [];
    if (Object.hasOwn(LISTS, key) && Array.isArray(value)) {
      return [[LISTS[key] as string, value.map(item => (isData(item) ? translated(item) : item as unknown))]];
    }
    if (USERS.has(key)) return [[nameOf(key), value]];
    return [[nameOf(key), single(key, value)]];
  });
  return Object.fromEntries(entries);
}

function single(key: string, value: unknown): unknown {
  if (typeof value === 'string' && NUMBERS.has(key)) return Number(value);
  if (typeof value === 'string' && MODES.has(key)) return Number.parseInt(value, 8);
  if (isData(value)) return translated(value);
  if (!Array.isArray(value)) return value;
  const [first] = value as readonly unknown[];
  return isData(first) ? translated(first) : first === UNKNOWN ? UNKNOWN : value;
}

/** One block may hold several sources. */
function sourcesOf(block: Data): readonly unknown[] {
  return Object.entries(block).flatMap(([key, value]) => {
    const sources: readonly unknown[] = Array.isArray(value) ? value : value === UNKNOWN ? [UNKNOWN] : [];
    return sources.map(source => ({ [nameOf(key)]: isData(source) ? translated(source) : source }));
  });
}

function nameOf(field: string): string {
  return NAMES[field] ?? field.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
