import type { ClusterArtifact } from '../artifacts';
import { fileAt } from '../files';
import { data, shown, text, type ContainerView, type Data, type PodView } from '../pods';
import type { Ask, TrustIndex } from './admitter';
import { comesFromElsewhere, mayComeFromElsewhere } from './elsewhere';
import { googleKey, isPrincipal, principalInSet } from './gcp-principals';
import { enter, isProviderName } from './gcp-providers';
import { mint } from './mint';

/** Whom a container asks to become, and how. */
export function asksOf(pod: PodView, container: ContainerView, trust: TrustIndex): readonly Ask[] {
  const byWebhook = asksByWebhook(pod, container, trust);
  if (byWebhook !== undefined) return byWebhook;
  const file = container.env.get(CONFIGURATION);
  return file === undefined ? withoutConfiguration(pod, container, trust) : byConfiguration(pod, container, file, trust);
}

const CONFIGURATION = 'GOOGLE_APPLICATION_CREDENTIALS';

/** Client libraries ask the metadata server only where no configuration is named: whether one is may not be known here, or which. */
function withoutConfiguration(pod: PodView, container: ContainerView, trust: TrustIndex): readonly Ask[] {
  const asks = byMetadataServer(pod, trust);
  const elsewhere = comesFromElsewhere(container, [CONFIGURATION]);
  if (elsewhere !== undefined) return (asks.length > 0 ? asks : [{ becomes: '', claims: mint(pod, '') }]).map(({ becomes, claims }) => ({ becomes, claims, doubt: elsewhere }));
  const doubt = mayComeFromElsewhere(container, CONFIGURATION);
  return doubt === undefined ? asks : asks.map(ask => (ask.fault === undefined ? { ...ask, doubt } : ask));
}

/** GKE's metadata server answers every container: as the account of the annotation, else as the pod's own principal, which is news only where somebody grants it something. */
function byMetadataServer(pod: PodView, trust: TrustIndex): readonly Ask[] {
  const pool = poolOf(pod.cluster);
  const annotated = pod.accountAnnotations['iam.gke.io/gcp-service-account'];
  const fault = faultOnNode(pod);
  if (annotated === undefined && pool === undefined) return [];
  const claims = mint(pod, pool ?? '');
  const handles = annotated === undefined ? principalsIn(pool ?? '', pod, trust) : [annotated];
  return handles.map(becomes => (fault === undefined ? { becomes, claims } : { becomes, claims, fault }));
}

function faultOnNode(pod: PodView): string | undefined {
  if (pod.hostNetwork) return 'the pod uses the host\'s network, where the metadata server answers with the identity of the node';
  return pod.nodeSelector['iam.gke.io/gke-metadata-server-enabled'] === 'false'
    ? 'the pod selects nodes without the metadata server of GKE, where it gets the identity of the node'
    : undefined;
}

/** The names under which a pod of a pool of Google's is granted something. Its project's number is theirs to say. */
function principalsIn(pool: string, { cluster: { issuer }, namespace, serviceAccount }: PodView, trust: TrustIndex): readonly string[] {
  const names = trust.admitting('gcp', googleKey(pool, namespace, serviceAccount)).filter(isPrincipal);
  const bySets = setsIn(trust).flatMap(set => principalInSet(set, { pool, issuer, namespace, serviceAccount }) ?? []);
  return [...new Set([...names, ...bySets])];
}

const known = new WeakMap<TrustIndex, readonly string[]>();

/** The sets that something is granted to; found once. */
export function setsIn(trust: TrustIndex): readonly string[] {
  const found = known.get(trust) ?? [...new Set(trust.documents.flatMap(({ provider, becomes }) => (provider === 'gcp' && becomes?.startsWith('principalSet://') ? [becomes] : [])))];
  known.set(trust, found);
  return found;
}

/** The client library reads the configuration, exchanges the token that it names, and impersonates the account that it names, if any. https://google.aip.dev/auth/4117 */
function byConfiguration(pod: PodView, container: ContainerView, file: string, trust: TrustIndex): readonly Ask[] {
  const found = fileAt(pod, container, file);
  if (found.kind !== 'text') return [{ becomes: '', claims: mint(pod, ''), fault: found.kind === 'missing' ? found.why : `${file} is no credential configuration` }];
  const config = parse(found.text);
  const wrong = faultIn(config);
  if (wrong !== undefined) return [{ becomes: '', claims: mint(pod, ''), fault: `${file} ${wrong}` }];
  const account = /\/serviceAccounts\/([^/:]+):generateAccessToken$/.exec(text(config.service_account_impersonation_url) ?? '')?.[1];
  const source = text(data(config.credential_source).file) ?? '';
  const token = fileAt(pod, container, source);
  if (token.kind !== 'token') return [{ becomes: account ?? '', claims: mint(pod, ''), fault: token.kind === 'missing' ? token.why : `${source} is no token` }];
  const audience = text(config.audience) ?? '';
  const asks = audience.startsWith('identitynamespace:') ? ofGooglePool : ofProvider;
  return asks(audience, pod, token.token.audience ?? '', account, trust);
}

/** Why the client library makes nothing of a configuration, or something else than this pod's own principal. */
function faultIn(config: Data): string | undefined {
  if (config.type !== 'external_account') return `is no configuration for external accounts: its type is ${shown(config.type ?? 'missing')}`;
  const { type = 'text' } = data(data(config.credential_source).format);
  if (type !== 'text') return `reads the token as ${shown(type)}, and the file has nothing but the token`;
  // Left out, it is Google's own.
  const url = text(config.token_url) ?? 'https://sts.googleapis.com/v1/token';
  return /^https:\/\/([\w-]+\.)*sts(\.[\w-]+)*\.(googleapis\.com|p\.googleapis\.com)\/v1\/token$/.test(url) ? undefined : `sends the token to ${url === '' ? 'nowhere' : url}, which is not Google's token service`;
}

/** A pool of Google's, and who it says has signed: the cluster itself, or its membership in a fleet, whose issuer only the fleet knows. */
function ofGooglePool(exchange: string, pod: PodView, audience: string, account: string | undefined, trust: TrustIndex): readonly Ask[] {
  const [, pool = '', ...rest] = exchange.split(':');
  const provider = rest.join(':');
  const claims = mint(pod, audience);
  const { issuer } = pod.cluster;
  const isMember = /^https:\/\/gkehub\.googleapis\.com\/projects\/[^/]+\/locations\/[^/]+\/memberships\/[^/]+$/.test(provider);
  const key = googleKey(pool, pod.namespace, pod.serviceAccount);
  const ask = (becomes: string): Ask => {
    if (!isMember && issuer !== undefined && provider !== issuer) return { becomes, claims, fault: `the configuration names the issuer ${JSON.stringify(provider)}, the token has ${JSON.stringify(issuer)}` };
    if (pool !== audience) return { becomes, claims, fault: `the configuration is for the pool ${JSON.stringify(pool)}, the token for ${JSON.stringify(audience)}` };
    return isMember ? { becomes, claims, key } : { becomes, claims };
  };
  return (account === undefined ? principalsIn(pool, pod, trust) : [account]).map(ask);
}

/** A provider of the user's. */
function ofProvider(exchange: string, pod: PodView, audience: string, account: string | undefined, trust: TrustIndex): readonly Ask[] {
  const claims = mint(pod, audience);
  const name = exchange.replace(/^\/\/iam\.googleapis\.com\//, '');
  if (name === exchange || !isProviderName(name)) {
    return [{ becomes: account ?? '', claims, fault: `the configuration's audience is ${JSON.stringify(exchange)}, and not //iam.googleapis.com/projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>` }];
  }
  const { principal } = enter(name, claims, trust);
  return [{ becomes: account ?? principal, claims, key: principal, through: name }];
}

/** https://github.com/pfnet-research/gcp-workload-identity-federation-webhook, which takes both annotations or neither, and puts its own file in the place of any other. */
function asksByWebhook(pod: PodView, container: ContainerView, trust: TrustIndex): readonly Ask[] | undefined {
  const provider = pod.accountAnnotations['cloud.google.com/workload-identity-provider'];
  const email = pod.accountAnnotations['cloud.google.com/service-account-email'];
  if (provider === undefined && email === undefined) return undefined;
  const skipped = pod.annotations['cloud.google.com/skip-containers']?.split(',').map(name => name.trim()).includes(container.name) ?? false;
  if (skipped) return undefined;
  const claims = mint(pod, pod.accountAnnotations['cloud.google.com/audience'] ?? 'sts.googleapis.com');
  if (provider === undefined || email === undefined) return [{ becomes: email ?? '', claims, fault: 'the webhook wants both workload-identity-provider and service-account-email, and passes the pod by' }];
  if (!isProviderName(provider)) return [{ becomes: email, claims, fault: `the webhook does not take ${JSON.stringify(provider)}, which is not projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>` }];
  return [{ becomes: email, claims, key: enter(provider, claims, trust).principal, through: provider }];
}

/** The pool of a GKE cluster is that of the project which its issuer names. */
export function poolOf({ workloadPool, issuer }: ClusterArtifact): string | undefined {
  const project = /^https:\/\/container\.googleapis\.com\/v1\/projects\/([^/]+)\//.exec(issuer ?? '')?.[1];
  return workloadPool ?? (project === undefined ? undefined : `${project}.svc.id.goog`);
}

function parse(json: string): { readonly [key: string]: unknown } {
  try {
    return data(JSON.parse(json));
  } catch {
    return {};
  }
}
