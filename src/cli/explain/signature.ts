import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import type { DecodedToken } from './decode';
import { InputError } from '../../core/errors';
import { isData, listOf, type Data } from '../../kubernetes/data';
import { readJson } from '../source/json';
import type { UserFile } from '../source/text';

/** What came of looking at the signature. */
export interface SignatureReport {
  /** `none`: there is no signature. `unchecked`: no keys were given. `unknown`: keys were given, and none of them can tell. */
  readonly state: 'valid' | 'invalid' | 'none' | 'unchecked' | 'unknown';
  /** One sentence. */
  readonly says: string;
}

interface Algorithm {
  readonly hash: string;
  readonly kty: string;
  readonly crv?: string;
  readonly pss?: true;
}

/** https://www.rfc-editor.org/rfc/rfc7518#section-3.1 */
const ALGORITHMS: { readonly [alg: string]: Algorithm } = {
  RS256: { hash: 'sha256', kty: 'RSA' },
  RS384: { hash: 'sha384', kty: 'RSA' },
  RS512: { hash: 'sha512', kty: 'RSA' },
  PS256: { hash: 'sha256', kty: 'RSA', pss: true },
  PS384: { hash: 'sha384', kty: 'RSA', pss: true },
  PS512: { hash: 'sha512', kty: 'RSA', pss: true },
  ES256: { hash: 'sha256', kty: 'EC', crv: 'P-256' },
  ES384: { hash: 'sha384', kty: 'EC', crv: 'P-384' },
  ES512: { hash: 'sha512', kty: 'EC', crv: 'P-521' },
};

/** `RSA_PKCS1_PSS_PADDING`, and a salt as long as the hash. */
const PSS = { padding: 6, saltLength: -1 } as const;

/**
 * The keys of a JWKS document.
 *
 * @throws InputError for what is none
 */
export function readKeys(file: UserFile): readonly Data[] {
  const document = readJson(file);
  if (!isData(document) || !Array.isArray(document.keys)) throw new InputError(`${file.shown}: expected a JWKS, a map with keys, got none; save there what kubectl get --raw /openid/v1/jwks prints`);
  return listOf(document.keys);
}

/** Looks at the signature of a token with these keys; without any, says so. */
export function signatureOf(token: DecodedToken, keys: readonly Data[] | undefined): SignatureReport {
  const { alg, kid } = token.header;
  if (alg.toLowerCase() === 'none') return { state: 'none', says: 'the token is signed by nobody (alg none)' };
  if (token.signature.length === 0) return { state: 'none', says: 'the token has no signature' };
  if (keys === undefined) return { state: 'unchecked', says: 'the signature was not checked; keys to check it with are given by --jwks FILE' };
  const algorithm = Object.hasOwn(ALGORITHMS, alg) ? ALGORITHMS[alg] : undefined;
  if (algorithm === undefined) return { state: 'unknown', says: `the signature was not checked: ${JSON.stringify(alg)} is no algorithm that is known here` };
  const named = keys.filter(key => kid === undefined || key.kid === undefined || key.kid === kid);
  const fitting = named.filter(key => key.kty === algorithm.kty && (algorithm.crv === undefined || key.crv === algorithm.crv) && (key.alg === undefined || key.alg === alg) && (key.use === undefined || key.use === 'sig'));
  if (fitting.length === 0) {
    const which = typeof kid === 'string' && named.length === 0 ? `no key with the id ${JSON.stringify(kid)}` : `no key for ${alg}`;
    return { state: 'unknown', says: `the signature was not checked: the JWKS has ${which}` };
  }
  return fitting.some(key => isBy(key, algorithm, token))
    ? { state: 'valid', says: 'the signature is by a key of the JWKS' }
    : { state: 'invalid', says: 'the signature is not by the key of the JWKS that it names' };
}

function isBy(key: Data, { hash, kty, pss }: Algorithm, { signed, signature }: DecodedToken): boolean {
  try {
    const publicKey = createPublicKey({ key: key as JsonWebKey, format: 'jwk' });
    return verify(hash, Buffer.from(signed), { key: publicKey, ...(kty === 'EC' && { dsaEncoding: 'ieee-p1363' as const }), ...(pss === true && PSS) }, signature);
  } catch {
    // What is no key has signed nothing.
    return false;
  }
}
