import type { SigningAlgorithm } from './cluster';
import { complain, joinPath, type Report } from '../core/issues';

/** All that Kubernetes publishes of a key, and that Google takes. Whatever else is there, above all the private part, has no business in an upload. */
const MEMBERS: readonly string[] = ['kty', 'alg', 'use', 'kid', 'n', 'e', 'x', 'y', 'crv'];
const KINDS: readonly unknown[] = ['RSA', 'EC'];

/** How kube-apiserver signs with a key on each curve; with an RSA key it signs by RS256. https://www.rfc-editor.org/rfc/rfc7518#section-3.1 */
const BY_CURVE: { readonly [crv: string]: SigningAlgorithm } = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' };
const ALGORITHMS: readonly SigningAlgorithm[] = ['RS256', ...Object.values(BY_CURVE)];

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
    if (odd.length > 0) wrong(at, `no members but ${MEMBERS.join(', ')}`, odd, odd.includes('d') ? 'd is the private part: this key is no longer a secret, so replace it, and upload public keys' : 'take the others out');
  });
}

/** What the key says, else what its kind is for; no name of one is no reason to doubt it. */
function algorithmOf({ kty, crv, alg }: Key): unknown {
  if (typeof alg === 'string') return alg;
  return kty === 'RSA' ? 'RS256' : BY_CURVE[String(crv)];
}

function keysIn(json: string): readonly Key[] | undefined {
  try {
    const { keys } = JSON.parse(json) as { readonly keys?: unknown };
    return Array.isArray(keys) && keys.every(key => typeof key === 'object' && key !== null) ? keys as readonly Key[] : undefined;
  } catch {
    return undefined;
  }
}
