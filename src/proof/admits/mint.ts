import type { PodView } from '../pods';
import type { MintedClaims } from './admitter';

/** The claims of the token that the kubelet gets for a pod. Without an audience it is the API server's own, which no cloud is asked with. */
export function mint(pod: PodView, audience: string): MintedClaims {
  const { cluster, namespace, serviceAccount } = pod;
  return {
    cluster,
    namespace,
    serviceAccount,
    ...(cluster.issuer !== undefined && { issuer: cluster.issuer }),
    subject: ['system', 'serviceaccount', namespace, serviceAccount].join(':'),
    audience,
  };
}
