import type { SigningAlgorithm } from './cluster';
import { complain, joinPath, type Report } from '../core/issues';
import { BY_CURVE, algorithmFor, faultsOf } from '../core/jwk';

/** All that Kubernetes publishes of a key, and that Google takes. Whatever else is there, above all the private part, has no business in an upload. */
const MEMBERS: readonly string[] = ['kty', 'alg', 'use', 'kid', 'n', 'e', 'x', 'y', 'crv'];
const KINDS: readonly unknown[] = ['RSA', 'EC'];

const ALGORITHMS: readonly SigningAlgorithm[] = ['RS256', ...Object.values(BY_CURVE)];

/** What a public key of each kind is made of, each member in base64url. https://www.rfc-editor.org/rfc/rfc7518#section-6 */
const PARTS: { readonly [kty: string]: readonly string[] } = { RSA: ['n', 'e'], EC: ['x', 'y'] };

type Key = { readonly [member: string]: unknown };

/** Who reads the keys, for findings. */
export interface KeyReader {
  readonly code: string;
  /** Ends the sentence "leave the key out: …". */
  readonly takes: string;
  /** The algorithms that it verifies. @default each that kube-apiserver signs with */
  readonly algorithms?: readonly SigningAlgorithm[];
}

/**
 * The rules of keys that are handed on as they are. A finding names members, and shows no values but kind and algorithm: others could be private ones.
 * https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers#Oidc
 */
export function checkJwks(json: string, path: string, report: Report, { code, takes, algorithms = ALGORITHMS }: KeyReader): void {
  const wrong = (at: string, expected: string, got: unknown, fix: string): void => complain(report, code, at, { expected, got, fix });
  const keys = keysIn(json);
  if (keys === undefined || keys.length === 0) {
    wrong(path, 'a JSON Web Key Set: {"keys": [...]} with at least one key', 'something else', 'take what the cluster says: kubectl get --raw /openid/v1/jwks');
    return;
  }
  keys.forEach((key, i) => {
    const at = joinPath(`${path}.keys`, i);
    const odd = Object.keys(key).filter(member => !MEMBERS.includes(member));
    if (!KINDS.includes(key.kty)) wrong(at, 'a key of the kind RSA or EC', typeof key.kty === 'string' ? key.kty : undefined, `leave the key out: ${takes}`);
    else if (!algorithms.includes(algorithmOf(key) as SigningAlgorithm)) wrong(at, `a key that signs by ${algorithms.join(' or ')}`, algorithmOf(key), `leave the key out: ${takes}`);
    else checkParts(key, at, wrong);
    // By its kid a key is found: two of one name are one to most verifiers.
    if (key.kid !== undefined && key.kid !== '' && keys.findIndex(({ kid }) => kid === key.kid) !== i) wrong(at, 'a kid of its own for every key', 'that of another', 'take the second one out, or give them different kids');
    if (odd.length > 0) wrong(at, `no members but ${MEMBERS.join(', ')}`, odd, odd.includes('d') ? 'd is the private part: this key is no longer a secret, so replace it, and upload public keys' : 'take the others out');
  });
}

/** Whether the key can verify a signature at all. */
function checkParts(key: Key, at: string, wrong: (at: string, expected: string, got: unknown, fix: string) => void): void {
  for (const { expected, got, fix } of faultsOf(key)) wrong(at, expected, got, fix);
  const broken = (PARTS[String(key.kty)] ?? []).filter(part => typeof key[part] !== 'string' || !/^[A-Za-z0-9_-]+$/.test(key[part]));
  if (broken.length > 0) wrong(at, `${broken.join(' and ')} in base64url, without which it is no key`, broken.map(part => (key[part] === undefined ? `no ${part}` : `another ${part}`)).join(', '), 'take what the cluster says: kubectl get --raw /openid/v1/jwks');
}

/** What the key says, else what its kind is for; no name of one is no reason to doubt it. */
function algorithmOf({ kty, crv, alg }: Key): unknown {
  return typeof alg === 'string' ? alg : algorithmFor(kty, crv);
}

function keysIn(json: string): readonly Key[] | undefined {
  try {
    const { keys } = JSON.parse(json) as { readonly keys?: unknown };
    return Array.isArray(keys) && keys.every(key => typeof key === 'object' && key !== null) ? keys as readonly Key[] : undefined;
  } catch {
    return undefined;
  }
}
