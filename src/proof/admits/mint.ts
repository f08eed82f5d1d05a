import type { PodView } from '../pods';
import type { MintedClaims } from './admitter';

/** The claims of the token that the kubelet gets for a pod. Without an audience it is the API server's own, which no cloud is asked with. */
export function mint(pod: PodView, audience: string): MintedClaims {
  const { cluster, namespace, serviceAccount } = pod;
  const { issuer } = cluster;
  const subject = ['system', 'serviceaccount', namespace, serviceAccount].join(':');
  return issuer === undefined ? { cluster, namespace, serviceAccount, subject, audience } : { cluster, namespace, serviceAccount, issuer, subject, audience };
}
