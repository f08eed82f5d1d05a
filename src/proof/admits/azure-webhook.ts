import type { ClusterArtifact } from '../artifacts';
import type { ContainerView, Data, PodView } from '../pods';

const DOMAIN = 'azure.workload.identity';
const LIFETIME = `${DOMAIN}/service-account-token-expiration`;
const PROXY = `${DOMAIN}/inject-proxy-sidecar`;
/** As the webhook has it since 1.6. No application can tell, since it reads the variable. */
const VOLUME = 'azure-workload-identity-reserved';
const MOUNT = '/var/run/secrets/azure/wi';
const FILE = 'token/azure-identity-token';

/** What the webhook asks for in every cloud, and on AKS for pods that use an identity binding. */
const AUDIENCE = 'api://AzureADTokenExchange';
export const BINDING_AUDIENCE = 'api://AKSIdentityBinding';

/** Whether the pod asks for the webhook: by the label, with this very value. https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html */
export function isLabelled({ labels }: PodView): boolean {
  return labels[`${DOMAIN}/use`] === 'true';
}

/** Why the webhook is not asked about a pod that wants it. AKS keeps all webhooks out of its own namespace. https://learn.microsoft.com/en-us/azure/aks/faq#can-admission-controller-webhooks-impact-kube-system-and-internal-aks-namespaces */
export function whyPassedBy(pod: PodView): string | undefined {
  if (!isLabelled(pod)) return `the pod lacks the label ${DOMAIN}/use: "true", so the webhook passes it by`;
  return pod.namespace === 'kube-system' && isAks(pod.cluster) ? 'the pod is in kube-system, where AKS asks no webhook' : undefined;
}

/** By who signs its tokens, or by its id. */
function isAks({ issuer, resourceId }: ClusterArtifact): boolean {
  return resourceId !== undefined || /^https:\/\/(?:[^/]+\.)?oi(?:d)?c\.prod-aks\.azure\.com\//.test(issuer ?? '');
}

/** The Entra tenant of an AKS cluster, which its issuer names. https://learn.microsoft.com/en-us/azure/aks/use-oidc-issuer */
export function tenantOf(issuer: string | undefined): string | undefined {
  return /^https:\/\/(?:[^/.]+\.)?oic\.prod-aks\.azure\.com\/([^/]+)\/[^/]+\/$/.exec(issuer ?? '')?.[1];
}

/** The client id that the service account is annotated with; an empty one counts for nothing. */
export function annotatedClient({ accountAnnotations }: PodView): string | undefined {
  return accountAnnotations[`${DOMAIN}/client-id`] || undefined;
}

/** Names by semicolon, blanks around them or not. */
export function isSkipped(pod: PodView, { name }: ContainerView): boolean {
  const list = pod.annotations[`${DOMAIN}/skip-containers`];
  return list !== undefined && list.split(';').some(item => item.trim() === name);
}

/** Why the pod is never made: the webhook rejects it, or the API server what the webhook made of it. */
export function rejectionOf(pod: PodView): string | undefined {
  if (whyPassedBy(pod) !== undefined) return undefined;
  const seconds = lifetimeOf(pod);
  if (!isNumber(seconds) || Number(seconds) < 3600 || Number(seconds) > 86400) {
    return `the webhook rejects the pod: its ${LIFETIME} is ${JSON.stringify(seconds)}, and not from 3600 to 86400`;
  }
  const port = pod.annotations[`${DOMAIN}/proxy-sidecar-port`];
  if (PROXY in pod.annotations && pod.hostNetwork) return `the webhook rejects the pod: it has ${PROXY}, and the host's network`;
  if (PROXY in pod.annotations && port !== undefined && !isNumber(port)) return `the webhook rejects the pod: its proxy has the port ${JSON.stringify(port)}`;
  const blocked = pod.containers.find(container => !isSkipped(pod, container) && container.mounts.some(({ path }) => path === MOUNT));
  return blocked === undefined ? undefined : `the API server refuses the pod: the container ${blocked.name} has a mount at ${MOUNT}, where the webhook adds another`;
}

/** An empty annotation gives way: that of the pod to that of the account, and that to the default. */
function lifetimeOf({ annotations, accountAnnotations }: PodView): string {
  return annotations[LIFETIME] || accountAnnotations[LIFETIME] || '3600';
}

/** As Go reads a number. */
function isNumber(text: string): boolean {
  return /^[+-]?\d+$/.test(text);
}

/** The pod as the webhook leaves it. */
export function mutated(pod: PodView): PodView {
  if (whyPassedBy(pod) !== undefined) return pod;
  const bound = pod.annotations[`${DOMAIN}/use-identity-binding`]?.toLowerCase() === 'true';
  const source: Data = { serviceAccountToken: { audience: bound ? BINDING_AUDIENCE : AUDIENCE, expirationSeconds: Number(lifetimeOf(pod)), path: FILE } };
  const volumes = new Map<string, Data>([...pod.volumes, [VOLUME, { name: VOLUME, projected: { sources: [source] } }]]);
  const containers = [...pod.containers, ...proxiesOf(pod)];
  return { ...pod, volumes, containers: containers.map(container => (isSkipped(pod, container) ? container : withToken(pod, container))) };
}

/** The webhook's own containers, which become the identity for programs that ask the metadata service of the node. */
function proxiesOf({ annotations, containers }: PodView): readonly ContainerView[] {
  if (!(PROXY in annotations)) return [];
  return ['azwi-proxy-init', 'azwi-proxy'].filter(name => containers.every(container => container.name !== name)).map(name => ({ name, nonRoot: name === 'azwi-proxy', env: new Map(), unread: [], mounts: [] }));
}

/** What is there stays; what is empty is not added. Without an annotation there is a tenant, too, and which one is for the webhook to say. */
function withToken(pod: PodView, container: ContainerView): ContainerView {
  const tenant = pod.accountAnnotations[`${DOMAIN}/tenant-id`];
  const wanted: readonly (readonly [string, string | undefined])[] = [
    ['AZURE_CLIENT_ID', annotatedClient(pod) ?? ''], ['AZURE_TENANT_ID', tenant], ['AZURE_FEDERATED_TOKEN_FILE', `${MOUNT}/${FILE}`],
  ];
  const env = new Map(container.env);
  for (const [name, value] of wanted) if (!env.has(name) && value !== '') env.set(name, value);
  return { ...container, env, mounts: [...container.mounts, { volume: VOLUME, path: MOUNT, subPath: false }] };
}
