import type { MintedClaims } from './admitter';

/** The one audience that the agent of Pod Identity takes. */
export const PODS_AUDIENCE = 'pods.eks.amazonaws.com';

/** What a role tells pods apart by: for web identity the token's claims, for Pod Identity cluster, namespace and service account. */
export function keyOf(claims: MintedClaims): string {
  const { issuer, subject, audience } = claims;
  return (audience === PODS_AUDIENCE ? podKey(claims) : undefined) ?? [issuer === undefined ? '' : withoutScheme(issuer), subject, audience].join('\n');
}

/** Undefined outside EKS. */
export function podKey({ cluster, namespace, serviceAccount }: Pick<MintedClaims, 'cluster' | 'namespace' | 'serviceAccount'>): string | undefined {
  return cluster.clusterArn === undefined ? undefined : [cluster.clusterArn, namespace, serviceAccount].join('\n');
}

/** The service account of a cluster, whatever its token is for. */
export function workloadKey({ issuer, subject }: Pick<MintedClaims, 'issuer' | 'subject'>): string | undefined {
  return issuer === undefined ? undefined : ['workload', withoutScheme(issuer), subject].join('\n');
}

export function withoutScheme(issuer: string): string {
  return issuer.startsWith('https://') ? issuer.slice('https://'.length) : issuer;
}
