/**
 * Two callers of one API, in two clusters: what their pods get, and what the API has to know of them.
 *   npx symbolon synth examples/jwt/identities.ts
 */
import { defineCluster, defineWorkloadIdentity } from 'symbolon';

// region: clusters
export const prod = defineCluster({ name: 'prod', issuer: 'https://oidc.prod.example.com' });

/** Nobody outside reaches this issuer, so that the API is given the keys: kubectl get --raw /openid/v1/jwks */
export const edge = defineCluster({
  name: 'edge',
  issuer: 'https://kubernetes.default.svc.cluster.local',
  jwt: { jwksJson: '{"keys":[{"use":"sig","kty":"EC","kid":"edge-1","crv":"P-256","alg":"ES256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}]}' },
});
// endregion

/** What the API is called, by those who call it and by itself. */
export const REPORTS = 'https://reports.example.com';

// region: callers
export const checkout = defineWorkloadIdentity({
  name: 'checkout',
  namespace: 'shop',
  clusters: [prod, edge],
  trustedBy: { reports: { provider: 'jwt', audience: REPORTS, expirationSeconds: 600 } },
});

export const nightly = defineWorkloadIdentity({
  name: 'nightly',
  namespace: 'batch',
  clusters: [prod],
  // While the API moves to its new name, it still answers to the old one.
  trustedBy: { reports: { provider: 'jwt', audience: REPORTS, alsoAudiences: ['https://reports.internal.example.com'] } },
});
// endregion
