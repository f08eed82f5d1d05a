import type { AzureExpirationOn, AzureLayout } from './binding';
import type { AzureEdge } from './settings';
import type { PodRule } from '../../kubernetes/injection';

const DOMAIN = 'azure.workload.identity';
const PROXY = `${DOMAIN}/inject-proxy-sidecar`;

/** https://learn.microsoft.com/en-us/azure/aks/virtual-nodes#limitations */
const VIRTUAL_NODE: PodRule = {
  of: 'nodeSelector',
  field: 'type',
  value: 'virtual-kubelet',
  code: 'azure/virtual-node',
  severity: 'warning',
  expected: 'nodes of AKS itself',
  fix: 'workload identity is not supported on virtual nodes, so let the pods run on others',
};

/** https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html */
const PROXIES: readonly PodRule[] = [
  {
    of: 'annotations',
    field: PROXY,
    value: 'false',
    code: 'azure/proxy-sidecar',
    expected: 'no such annotation where no proxy is wanted',
    fix: 'take it out: the webhook injects the proxy wherever the annotation is there, whatever it says',
  },
  {
    of: 'annotations',
    field: PROXY,
    also: { field: 'hostNetwork', value: true },
    code: 'azure/proxy-host-network',
    expected: 'no proxy in a pod on the host\'s network',
    fix: 'the webhook rejects such a pod: take out the annotation, or hostNetwork',
  },
];

const LIFETIME: PodRule = {
  of: 'annotations',
  field: `${DOMAIN}/service-account-token-expiration`,
  code: 'azure/pod-lifetime',
  severity: 'warning',
  expected: 'the lifetime where the definition says it',
  fix: 'the pod\'s annotation beats that of the service account: take it out, or say expirationSeconds and expirationOn: "pod"',
};

const LABELLED = { of: 'labels', field: `${DOMAIN}/use`, value: 'true', code: 'azure/label', expected: 'no label for the webhook in a pod that carries its token itself' } as const;

const BY_WEBHOOK: { readonly [on in AzureExpirationOn]: readonly PodRule[] } = { 'service-account': [...PROXIES, LIFETIME], 'pod': PROXIES };

const EXPLICITLY: { readonly [layout in AzureLayout]: readonly PodRule[] } = {
  'webhook-1.5': [{ ...LABELLED, severity: 'warning', fix: 'take the label out: a webhook up to 1.5 puts its own volume in the place of this one, and one from 1.6 on adds a second token' }],
  'webhook-1.6': [{ ...LABELLED, fix: 'take the label out, or say injection: "webhook": the webhook mounts at this very path, and the API server refuses a pod with two mounts at one' }],
};

/** SDKs look for a secret before they look for the token. https://learn.microsoft.com/en-us/dotnet/azure/sdk/authentication/credential-chains */
const SECRETS: readonly PodRule[] = ['AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH'].map(field => ({
  of: 'env',
  field,
  code: 'azure/own-identity',
  expected: `no ${field} of the container's own (SDKs use it first, and never look at the token)`,
  fix: 'take it out, or name the container under skipContainers if it is to be somebody else',
  secret: true,
}));

/** The webhook leaves a variable alone that is there. */
const OWN: readonly PodRule[] = ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_FEDERATED_TOKEN_FILE'].map(field => ({
  of: 'env',
  field,
  code: 'azure/own-identity',
  expected: `no ${field} of the container's own (by webhook the pod becomes the identity only where these variables are not set)`,
  fix: 'take it out, or name the container under skipContainers if it is to be somebody else',
}));

const OWN_OR_SECRETS: readonly PodRule[] = [...OWN, ...SECRETS];

function skipping(rules: readonly PodRule[], skipContainers: readonly string[]): readonly PodRule[] {
  return skipContainers.length === 0 ? rules : rules.map(rule => ({ ...rule, skipContainers }));
}

/** The lists are made once: there are thousands of edges. */
function onAks<K extends string>(rules: { readonly [key in K]: readonly PodRule[] }): { readonly [key in K]: readonly PodRule[] } {
  const all: { [key: string]: readonly PodRule[] } = {};
  for (const key of Object.keys(rules) as K[]) all[key] = [...rules[key], VIRTUAL_NODE];
  return all as { readonly [key in K]: readonly PodRule[] };
}

const BY_WEBHOOK_ON_AKS = onAks(BY_WEBHOOK);
const EXPLICITLY_ON_AKS = onAks(EXPLICITLY);

/** What the webhook would trip over, or take for something else than it says. */
export function rulesByWebhook({ cluster, settings }: AzureEdge): readonly PodRule[] {
  const { skipContainers = [], expirationOn } = settings;
  return [...(cluster.aks === undefined ? BY_WEBHOOK : BY_WEBHOOK_ON_AKS)[expirationOn], ...skipping(OWN_OR_SECRETS, skipContainers)];
}

/** What a webhook that runs all the same would make of pods that carry everything themselves. */
export function rulesExplicitly({ cluster, settings }: AzureEdge): readonly PodRule[] {
  const { skipContainers = [], layout } = settings;
  return [...(cluster.aks === undefined ? EXPLICITLY : EXPLICITLY_ON_AKS)[layout], ...skipping(SECRETS, skipContainers)];
}
