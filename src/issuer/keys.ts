import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { PublicJwk } from './input';
import { complain, joinPath, type Report } from '../core/issues';
import { algorithmFor, faultsOf } from '../core/jwk';

/** A key as Kubernetes publishes it. */
export interface SigningKey {
  readonly use: 'sig';
  readonly kty: 'RSA' | 'EC';
  readonly kid: string;
  readonly alg: string;
  readonly n?: string;
  readonly e?: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
}

const BLOCK = /-----BEGIN ([A-Z ]+)-----[\s\S]*?-----END \1-----/g;
const PUBLIC = ['PUBLIC KEY', 'RSA PUBLIC KEY', 'CERTIFICATE'];

/** Members that only a private key has. */
const SECRETS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** The keys, in their order, each once. What is no public key that signs tokens is a finding; no secret is ever shown. */
export function readKeys(inputs: readonly (string | PublicJwk)[], report: Report): readonly SigningKey[] {
  const keys = new Map<string, SigningKey>();
  if (!Array.isArray(inputs)) {
    complain(report, 'issuer/keys', 'keys', { expected: 'a list of public keys', got: typeof inputs, fix: 'put the text of the file into a list: [pem]' });
    return [];
  }
  if (inputs.length === 0) complain(report, 'issuer/keys', 'keys', { expected: 'at least one public key', got: [], fix: 'give what --service-account-key-file holds' });
  inputs.forEach((input, i) => {
    const path = joinPath('keys', i);
    for (const key of keysIn(input, path, report)) {
      const known = keys.get(key.kid);
      if (known !== undefined) complain(report, 'issuer/key-id', path, { expected: 'every key once', got: key.kid, fix: 'take the second one out, or give them different kids' });
      keys.set(key.kid, key);
    }
  });
  return [...keys.values()];
}

function keysIn(input: unknown, path: string, report: Report): readonly SigningKey[] {
  if (typeof input === 'string') return fromPem(input, path, report);
  return typeof input === 'object' && input !== null ? fromJwk(input as PublicJwk, path, report) : unfit(typeof input, path, report);
}

function fromPem(text: string, path: string, report: Report): readonly SigningKey[] {
  const blocks = [...text.matchAll(BLOCK)];
  if (blocks.length === 0) {
    complain(report, 'issuer/key', path, { expected: 'PEM with at least one public key', fix: 'give the contents of the file, not its name' });
  }
  return blocks.flatMap(([block, label = '']) => {
    if (label.includes('PRIVATE')) {
      complain(report, 'issuer/private-key', path, { expected: 'public keys', got: label, fix: 'a private key has no place here: take its public half (openssl pkey -pubout)' });
      return [];
    }
    return PUBLIC.includes(label) ? read(() => createPublicKey(block), path, report) : unfit(label, path, report);
  });
}

function fromJwk(jwk: PublicJwk, path: string, report: Report): readonly SigningKey[] {
  const secret = SECRETS.find(member => Object.hasOwn(jwk, member));
  if (secret !== undefined) {
    complain(report, 'issuer/private-key', path, { expected: 'a public key', got: `a key with the member ${secret}`, fix: 'a private key has no place here: keep only its public members' });
    return [];
  }
  for (const { expected, got, fix } of faultsOf(jwk)) complain(report, 'issuer/key', path, { expected, got, fix });
  return read(() => createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }), path, report).map(key => {
    if (jwk.alg !== undefined && jwk.alg !== key.alg) complain(report, 'issuer/key', path, { expected: `a key that signs by ${key.alg}, as kube-apiserver does with one of this kind`, got: jwk.alg, fix: 'leave the key out, or alg, which follows from the key' });
    return jwk.kid === undefined ? key : { ...key, kid: jwk.kid };
  });
}

function read(parse: () => KeyObject, path: string, report: Report): readonly SigningKey[] {
  let key: KeyObject;
  try {
    key = parse();
  } catch {
    return unfit('what cannot be read as a key', path, report);
  }
  const { kty, crv, n, e, x, y } = key.export({ format: 'jwk' });
  const common = { use: 'sig', kid: kidOf(key) } as const;
  if (kty === 'RSA' && n !== undefined && e !== undefined) {
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (bits < 2048) complain(report, 'issuer/key', path, { expected: 'an RSA key of at least 2048 bits', got: bits, fix: 'make a longer one: the clouds refuse short ones' });
    return [{ ...common, kty, alg: 'RS256', n, e }];
  }
  const alg = algorithmFor(kty, crv);
  if (kty !== 'EC' || crv === undefined || alg === undefined || x === undefined || y === undefined) return unfit(`${kty ?? 'a key'} ${crv ?? ''}`.trim(), path, report);
  complain(report, 'issuer/algorithm', path, { expected: 'an RSA key', got: `${alg} (${crv})`, severity: 'warning', fix: alg === 'ES256' ? 'Microsoft Entra ID takes RS256 alone' : 'Microsoft Entra ID takes RS256 alone, and Google Cloud no more than RS256 and ES256' });
  return [{ ...common, kty, alg, crv, x, y }];
}

function unfit(got: string, path: string, report: Report): readonly SigningKey[] {
  complain(report, 'issuer/key', path, { expected: 'a public key of RSA, or of the curve P-256, P-384 or P-521', got, fix: 'kube-apiserver signs with no others' });
  return [];
}

/** The name under which kube-apiserver puts a key into the header of its tokens. */
function kidOf(key: KeyObject): string {
  return createHash('sha256').update(key.export({ format: 'der', type: 'spki' })).digest('base64url');
}
