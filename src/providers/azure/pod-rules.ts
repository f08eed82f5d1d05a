import type { AzureEdge } from './settings';
import type { PodRule } from '../../kubernetes/injection';

const DOMAIN = 'azure.workload.identity';
const PROXY = `${DOMAIN}/inject-proxy-sidecar`;

/** https://learn.microsoft.com/en-us/azure/aks/virtual-nodes#limitations */
const VIRTUAL_NODE: PodRule = {
  field: 'nodeSelector.type', value: 'virtual-kubelet', code: 'azure/virtual-node', severity: 'warning',
  expected: 'nodes of AKS itself', fix: 'workload identity is not supported on virtual nodes, so let the pods run on others',
};

/** https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html */
const PROXIES: readonly PodRule[] = [
  { of: 'annotations', field: PROXY, value: 'false', code: 'azure/proxy-sidecar', expected: 'no such annotation where no proxy is wanted', fix: 'take it out: the webhook injects the proxy wherever the annotation is there, whatever it says' },
  {
    of: 'annotations', field: PROXY, also: { field: 'hostNetwork', value: true }, code: 'azure/proxy-host-network',
    expected: 'no proxy in a pod on the host\'s network', fix: 'the webhook rejects such a pod: take out the annotation, or hostNetwork',
  },
];

const LIFETIME: PodRule = {
  of: 'annotations', field: `${DOMAIN}/service-account-token-expiration`, code: 'azure/pod-lifetime', severity: 'warning',
  expected: 'the lifetime where the definition says it', fix: 'the pod\'s annotation beats that of the service account: take it out, or say expirationSeconds and expirationOn: "pod"',
};

const beside = (fields: Pick<PodRule, 'expected' | 'fix' | 'severity'>): PodRule => ({ of: 'labels', field: `${DOMAIN}/use`, value: 'true', code: 'azure/label', ...fields });

/** The webhook mounts at this very place, and the API server takes no two mounts at one. */
const TWO_MOUNTS = beside({ expected: 'no label for the webhook in a pod that carries its token itself', fix: 'take the label out, or say injection: "webhook": the webhook would mount a second volume at the same path, and the API server refuses the pod' });
const OVERWRITTEN = beside({ expected: 'no label for the webhook in a pod that carries its token itself', fix: 'take the label out: a webhook up to 1.5 puts its own volume in the place of this one, and one from 1.6 on adds a second token', severity: 'warning' });

const SIDES = {
  webhook: { 'service-account': [...PROXIES, LIFETIME], 'pod': PROXIES },
  explicit: { 'webhook-1.5': [OVERWRITTEN], 'webhook-1.6': [TWO_MOUNTS] },
} as const;
const ON_AKS = {
  webhook: { 'service-account': [...SIDES.webhook['service-account'], VIRTUAL_NODE], 'pod': [...PROXIES, VIRTUAL_NODE] },
  explicit: { 'webhook-1.5': [OVERWRITTEN, VIRTUAL_NODE], 'webhook-1.6': [TWO_MOUNTS, VIRTUAL_NODE] },
} as const;

/** What the webhook would trip over, or take for something else than it says. The lists are made once: there are thousands of edges. */
export function rulesByWebhook({ cluster, settings }: AzureEdge): readonly PodRule[] {
  return (cluster.aks === undefined ? SIDES : ON_AKS).webhook[settings.expirationOn];
}

/** What a webhook that runs all the same would make of pods that carry everything themselves. */
export function rulesExplicitly({ cluster, settings }: AzureEdge): readonly PodRule[] {
  return (cluster.aks === undefined ? SIDES : ON_AKS).explicit[settings.layout];
}
