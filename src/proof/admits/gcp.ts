import type { ClusterArtifact, TrustArtifact } from '../artifacts';
import { fileAt } from '../files';
import { data, text, type ContainerView, type PodView } from '../pods';
import type { Admission, Admitter, Ask, Judgement, MintedClaims, TrustIndex } from './admitter';
import { mint } from './mint';

const MEMBER = 'iam.ServiceAccountMember';
const ROLE = 'roles/iam.workloadIdentityUser';

/** Workload Identity Federation for GKE: a member is a pool, a namespace and a name, whichever cluster they are in. https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity */
export const gcp: Admitter = {
  asksOf: pod => pod.containers.flatMap(container => askOf(pod, container)),
  keyOf: memberOf,
  judge,
  admissionsOf,
};

function askOf(pod: PodView, container: ContainerView): readonly Ask[] {
  const file = container.env.get('GOOGLE_APPLICATION_CREDENTIALS');
  return file === undefined ? byMetadataServer(pod) : byConfiguration(pod, container, file);
}

/** GKE's metadata server answers every container, by the annotation of the pod's service account. */
function byMetadataServer(pod: PodView): readonly Ask[] {
  const becomes = pod.accountAnnotations['iam.gke.io/gcp-service-account'];
  if (becomes === undefined) return [];
  const pool = poolOf(pod.cluster);
  const claims = mint(pod, pool ?? '');
  if (pod.hostNetwork) return [{ becomes, claims, fault: 'the pod uses the host\'s network, where the metadata server answers with the identity of the node' }];
  if (pod.nodeSelector['iam.gke.io/gke-metadata-server-enabled'] === 'false') {
    return [{ becomes, claims, fault: 'the pod selects nodes without the metadata server of GKE, where it gets the identity of the node' }];
  }
  return [{ becomes, claims }];
}

/** The client library reads the configuration, exchanges the token that it names, and impersonates the account that it names. https://google.aip.dev/auth/4117 */
function byConfiguration(pod: PodView, container: ContainerView, file: string): readonly Ask[] {
  const found = fileAt(pod, container, file);
  if (found.kind !== 'text') return [{ becomes: '', claims: mint(pod, ''), fault: found.kind === 'missing' ? found.why : `${file} is no credential configuration` }];
  const config = parse(found.text);
  if (config.type !== 'external_account') return [];
  const becomes = /\/serviceAccounts\/([^/:]+):generateAccessToken$/.exec(text(config.service_account_impersonation_url) ?? '')?.[1] ?? '';
  const source = text(data(config.credential_source).file) ?? '';
  const token = fileAt(pod, container, source);
  if (token.kind !== 'token') return [{ becomes, claims: mint(pod, ''), fault: token.kind === 'missing' ? token.why : `${source} is no token` }];
  const claims = mint(pod, token.token.audience ?? '');
  const [kind, pool, ...provider] = (text(config.audience) ?? '').split(':');
  if (kind !== 'identitynamespace') return [];
  if (pod.cluster.issuer !== undefined && provider.join(':') !== pod.cluster.issuer) {
    return [{ becomes, claims, fault: `the configuration names the issuer ${JSON.stringify(provider.join(':'))}, the token has ${JSON.stringify(pod.cluster.issuer)}` }];
  }
  return pool === claims.audience ? [{ becomes, claims }] : [{ becomes, claims, fault: `the configuration is for the pool ${JSON.stringify(pool)}, the token for ${JSON.stringify(claims.audience)}` }];
}

function judge({ becomes, claims }: Ask, trust: TrustIndex): Judgement {
  const members = trust.byHandle(becomes).filter(document => document.kind === MEMBER && data(document.request).role === ROLE);
  if (members.length === 0) return { admitted: false, decided: false, reason: `no member of ${ROLE} on ${becomes} is among the documents`, alsoAdmits: [] };
  const pool = poolOf(claims.cluster);
  if (pool === undefined) return { admitted: false, decided: false, reason: `the workload pool of ${claims.cluster.name} is not known`, alsoAdmits: [] };
  if (claims.audience !== pool) return { admitted: false, decided: true, reason: `the pool wants the audience ${JSON.stringify(pool)}, the token has ${JSON.stringify(claims.audience)}`, alsoAdmits: [] };
  const member = memberOf(claims);
  const match = members.find(document => data(document.request).member === member && text(data(document.request).resource)?.endsWith(`/${becomes}`));
  if (match === undefined) {
    const present = members.map(document => String(data(document.request).member)).join(', ');
    return { admitted: false, decided: true, reason: `the service account admits ${present}, the pod is ${member}`, alsoAdmits: [] };
  }
  return {
    admitted: true,
    decided: true,
    by: match.name,
    reason: `${member} has ${ROLE}`,
    alsoAdmits: [`${claims.namespace}/${claims.serviceAccount} in every other cluster of the project ${pool.replace(/\.svc\.id\.goog$/, '')}`],
  };
}

function admissionsOf(document: TrustArtifact): readonly Admission[] {
  const { member, role } = data(document.request);
  if (document.kind !== MEMBER || role !== ROLE) return [];
  const who = String(member);
  return /^serviceAccount:[^[\]]+\.svc\.id\.goog\[[^/[\]]+\/[^/[\]]+\]$/.test(who) ? [{ key: who, who }] : [{ who }];
}

function memberOf({ cluster, namespace, serviceAccount }: MintedClaims): string {
  return `serviceAccount:${poolOf(cluster) ?? ''}[${namespace}/${serviceAccount}]`;
}

/** The pool of a GKE cluster is that of the project which its issuer names. */
function poolOf({ workloadPool, issuer }: ClusterArtifact): string | undefined {
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
