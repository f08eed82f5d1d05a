/** The API that takes the token of checkout; what fetches the keys is an argument, so that tests need no network. */
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';

export async function callerOf(token: string, issuer: string, keys: JSONWebKeySet, now: Date): Promise<string> {
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
    issuer, audience: 'https://payments.example.com', algorithms: ['RS256'], requiredClaims: ['exp', 'sub'], currentDate: now,
  });
  if (payload.sub !== 'system:serviceaccount:shop:checkout') throw new Error(`${payload.sub ?? 'nobody'} may not call this API`);
  return payload.sub;
}
