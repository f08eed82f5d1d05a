import { generateKeyPairSync } from 'node:crypto';
import { SignJWT, decodeJwt, decodeProtectedHeader } from 'jose';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** The same token, signed by somebody who has not the issuer's key. */
export function forged(token: string): Promise<string> {
  const { kid = '' } = decodeProtectedHeader(token);
  return new SignJWT(decodeJwt(token)).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
}
