/** A public key as a JWK. https://www.rfc-editor.org/rfc/rfc7517 */
export interface PublicJwk {
  readonly kty: 'RSA' | 'EC';
  /** @default as kube-apiserver names the key: the SHA-256 of its DER form */
  readonly kid?: string;
  readonly alg?: string;
  readonly use?: string;
  /** RSA: modulus and exponent, base64url. */
  readonly n?: string;
  readonly e?: string;
  /** Elliptic curve: its name and a point on it, base64url. */
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
}

/** An issuer whose documents you publish yourself. */
export interface IssuerInput {
  /** The `--service-account-issuer` of the cluster: an https URL that the clouds can reach, without query and fragment. */
  readonly issuer: string;
  /**
   * The public halves of the keys that sign tokens, or did until lately: PEM as in `--service-account-key-file` (a file
   * may hold several), or JWKs. While keys are rotated, the old one and the new one.
   */
  readonly keys: readonly (string | PublicJwk)[];
  /** Where the keys are published: an https URL. @default `openid/v1/jwks` below the issuer, where Kubernetes itself has them */
  readonly jwksUri?: string;
}
