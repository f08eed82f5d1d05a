import type { BindingCommon, BindingHead } from '../binding';

/** How an API of your own gets to trust a pod. */
export type JwtMechanism =
  /** It checks the signature with the cluster's public keys, and compares issuer, audience and subject. */
  'signature';

/** The fields of a binding to an API of your own that may differ from cluster to cluster. */
export interface JwtBindingFields extends BindingCommon {
  /** @default 'signature' */
  readonly mechanism?: JwtMechanism;
  /** What the API is called in the tokens of its callers: its URL, best. Always said. Another one is another API, with a document of its own. */
  readonly audience?: string;
  /** Other names that the API still answers to, while callers change from one to the other. Pods ask for `audience` alone. @default none */
  readonly alsoAudiences?: readonly string[];
  /** Lifetime of the token, seconds, 600 to 4294967296. @default 3600 */
  readonly expirationSeconds?: number;
  /** Where the token's volume is mounted: an absolute path. @default `/var/run/secrets/symbolon/<key under trustedBy>` */
  readonly mountPath?: string;
  /** The environment variable that holds the path of the token's file. @default the key under `trustedBy` in capitals and `_TOKEN_FILE`: `REPORTS_TOKEN_FILE` */
  readonly env?: string;
}

/**
 * An API of your own that verifies the tokens of its callers itself, by issuer, keys, audience and subject. What it has to
 * know is a document; an API that knows its callers from elsewhere needs none, and pods get its token by `tokens`.
 */
export interface JwtBinding extends JwtBindingFields, BindingHead {
  /** @default the key under `trustedBy` */
  readonly provider?: 'jwt';
  /** What is different on one cluster, by the cluster's name. */
  readonly on?: { readonly [cluster: string]: JwtBindingFields };
}
