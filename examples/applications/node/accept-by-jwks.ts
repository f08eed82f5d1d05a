import { createRemoteJWKSet, jwtVerify } from 'jose';

// region: types
export interface Accepting {
  /** The cluster's issuer, byte for byte: `kubectl get --raw /.well-known/openid-configuration`. */
  readonly issuer: string;
  /** The name of this API, as pods ask for it in their tokens. */
  readonly audience: string;
  /** Who may call: `system:serviceaccount:shop:checkout`. */
  readonly subjects: readonly string[];
}
// endregion

// region: jwks
/** Says who the caller is, by the keys that the cluster publishes. One verifier for each issuer, made once. */
export async function verifierFor({ issuer, audience, subjects }: Accepting): Promise<(token: string) => Promise<string>> {
  const keys = createRemoteJWKSet(new URL(await jwksUriOf(issuer)), { cacheMaxAge: 10 * 60_000, cooldownDuration: 30_000 });
  return async token => {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      // The algorithms with which Kubernetes signs; never what the token itself names.
      algorithms: ['RS256', 'ES256', 'ES384', 'ES512'],
      requiredClaims: ['exp', 'iat', 'sub'],
      clockTolerance: 30,
    });
    // Somebody else who may receive this token could send it here.
    if (payload.aud !== audience && (payload.aud as readonly string[]).length > 1) throw new Error('the token is for others, too');
    const subject = payload.sub as string;
    if (!subjects.includes(subject)) throw new Error(`${subject} may not call this API`);
    return subject;
  };
}
// endregion

// region: discovery
async function jwksUriOf(issuer: string): Promise<string> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (!response.ok) throw new Error(`${issuer} does not publish its keys: ${response.status}`);
  const document = await response.json() as { readonly issuer: string; readonly jwks_uri: string };
  if (document.issuer !== issuer) throw new Error(`the document is of the issuer ${document.issuer}, and not of ${issuer}`);
  return document.jwks_uri;
}
// endregion
