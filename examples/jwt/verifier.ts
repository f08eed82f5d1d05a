/** The API's side: it reads the document that the callers' definitions give, and believes nobody else. */
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { TokenVerifier, TrustedCallers } from 'symbolon';

// region: verify
/** Says who the caller is. Made once from the document: the keys of each issuer are fetched once in a while. */
export function verifierOf({ callers, requiredClaims, clockSkewSeconds }: TokenVerifier): (token: string) => Promise<string> {
  const keys = callers.map(keysOf);
  return async token => {
    // What the token says of itself chooses the caller that it has to be; nothing of it is believed before its signature is.
    const { iss, sub, aud } = decodeJwt(token);
    const audiences = [aud ?? []].flat();
    // A token that is for others, too, could come from one of them.
    const isFor = (own: readonly string[]): boolean => audiences.length > 0 && audiences.every(each => own.includes(each));
    const i = callers.findIndex(({ issuer, subjects, audiences: own }) => issuer === iss && subjects.includes(sub ?? '') && isFor(own));
    const caller = callers[i];
    if (caller === undefined) throw new Error(`${sub} of ${iss} with a token for ${audiences.join(', ')} may not call this API`);
    const { payload } = await jwtVerify(token, await (keys[i] as () => Promise<JWTVerifyGetKey>)(), {
      issuer: caller.issuer,
      audience: [...caller.audiences],
      algorithms: [...caller.algorithms],
      requiredClaims: [...requiredClaims],
      clockTolerance: clockSkewSeconds,
    });
    return payload.sub as string;
  };
}
// endregion

// region: keys
/** From the one place that the document names. Asked for with the first token, so that an issuer that is away keeps nobody else out. */
function keysOf({ issuer, discoveryUrl, jwksUri, jwks }: TrustedCallers): () => Promise<JWTVerifyGetKey> {
  if (jwks !== undefined) {
    const local = createLocalJWKSet(jwks as unknown as JSONWebKeySet);
    return () => Promise.resolve(local);
  }
  let remote: Promise<JWTVerifyGetKey> | undefined;
  const open = async (): Promise<JWTVerifyGetKey> => createRemoteJWKSet(new URL(jwksUri ?? await jwksUriAt(discoveryUrl as string, issuer)));
  return () => remote ??= open().catch((error: unknown) => {
    remote = undefined;
    throw error;
  });
}

async function jwksUriAt(discoveryUrl: string, issuer: string): Promise<string> {
  const response = await fetch(discoveryUrl);
  if (!response.ok) throw new Error(`${discoveryUrl} answers ${response.status}`);
  const document = await response.json() as { readonly issuer: string; readonly jwks_uri: string };
  if (document.issuer !== issuer) throw new Error(`${discoveryUrl} is of the issuer ${document.issuer}, and not of ${issuer}`);
  return document.jwks_uri;
}
// endregion
