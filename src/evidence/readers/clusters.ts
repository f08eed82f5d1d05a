import { dataOf, isData } from '../../kubernetes/data';
import type { ClusterDescription, MapDocument, Reader, Reading, Unsaid } from '../reader';
import { said } from '../said';

/** What clusters are, as their clouds describe them. Their names there are theirs here, but where the user has another for it. */
export const clusters: Reader = {
  prints: [
    'aws eks describe-cluster', 'az aks show|list', 'gcloud container clusters describe|list', 'aliyun cs GET /clusters/ID',
    'kubectl get --raw /.well-known/openid-configuration',
  ],
  read: document => eks(document) ?? aks(document) ?? gke(document) ?? ack(document) ?? discovery(document),
};

type Facts = { readonly [field in keyof ClusterDescription]?: ClusterDescription[field] | undefined };

/** What is known of it; a field of which nothing is known is left out. */
function described({ cluster }: MapDocument, name: string, facts: Facts, unsaid: readonly Unsaid[] = []): Reading {
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  return { clusters: [{ name: cluster ?? name, ...known }], unsaid };
}

function withoutIssuer(issuer: string | undefined, path: string, fix: string): readonly Unsaid[] {
  return issuer === undefined ? [{ path, what: 'the issuer of the cluster', fix }] : [];
}

/** https://docs.aws.amazon.com/cli/latest/reference/eks/describe-cluster.html */
function eks(document: MapDocument): Reading | undefined {
  const { name, arn, identity } = dataOf(document.value.cluster);
  const clusterArn = said(arn);
  if (said(name) === undefined || clusterArn === undefined || !/^arn:[^:]*:eks:[^:]*:[^:]*:cluster\/./.test(clusterArn)) return undefined;
  const issuer = said(dataOf(dataOf(identity).oidc).issuer);
  return described(document, name as string, { issuer, clusterArn }, withoutIssuer(issuer, 'cluster.identity', 'give what aws eks describe-cluster prints of a cluster that is up'));
}

/** https://learn.microsoft.com/en-us/cli/azure/aks#az-aks-show */
function aks(document: MapDocument): Reading | undefined {
  const { id, name, properties } = document.value;
  const resourceId = said(id);
  if (said(name) === undefined || resourceId === undefined || !/\/providers\/Microsoft\.ContainerService\/managedClusters\/[^/]+$/i.test(resourceId)) return undefined;
  const issuer = said(dataOf(document.value.oidcIssuerProfile ?? dataOf(properties).oidcIssuerProfile).issuerUrl);
  return described(document, name as string, { issuer, resourceId }, withoutIssuer(issuer, 'oidcIssuerProfile', 'it has none until az aks update --enable-oidc-issuer'));
}

const SELF_LINK = /^https:\/\/container\.googleapis\.com\/v1(?:beta1)?\/projects\/([^/]+)\/(?:locations|zones|regions)\/([^/]+)\/clusters\/([^/]+)$/;

/**
 * The issuer is not printed, and follows from the place of the cluster: of zones it says `locations`, too. Without a workload pool,
 * the metadata server knows no pods. https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters
 */
function gke(document: MapDocument): Reading | undefined {
  const { name, selfLink, workloadIdentityConfig } = document.value;
  const [, project, location, cluster] = SELF_LINK.exec(said(selfLink) ?? '') ?? [];
  if (cluster === undefined || name !== cluster) return undefined;
  const issuer = `https://container.googleapis.com/v1/projects/${String(project)}/locations/${String(location)}/clusters/${cluster}`;
  return described(document, cluster, { issuer, workloadPool: said(dataOf(workloadIdentityConfig).workloadPool) ?? '' });
}

/**
 * Of several issuers, the first is the one of its tokens.
 * https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/developer-reference/api-cs-2015-12-15-describeclusterdetail
 */
function ack(document: MapDocument): Reading | undefined {
  const { cluster_id: id, name, rrsa_config: rrsa, region_id: region } = document.value;
  if (said(id) === undefined || said(name) === undefined || !(isData(rrsa) || said(region) !== undefined)) return undefined;
  const { enabled, issuer: issuers, oidc_arn: arn } = dataOf(rrsa);
  const isOn = enabled === true;
  const issuer = isOn ? said(said(issuers)?.split(',')[0]) : undefined;
  return described(document, name as string, { issuer, ramProvider: isOn ? said(arn) : undefined }, withoutIssuer(issuer, 'rrsa_config', 'it has none until RRSA is enabled'));
}

/** It says who signs, and not for which cluster. https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#service-account-issuer-discovery */
function discovery(document: MapDocument): Reading | undefined {
  const issuer = said(document.value.issuer);
  if (issuer === undefined || said(document.value.jwks_uri) === undefined) return undefined;
  if (document.cluster === undefined) return { unsaid: [{ path: '', what: 'which cluster it is of', fix: 'name it in the evidence file: cluster: prod' }] };
  const algorithms = textsIn(document.value.id_token_signing_alg_values_supported);
  return described(document, document.cluster, { issuer, ...(algorithms.length > 0 && { signingAlgorithms: algorithms }) });
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
