import { complain, joinPath, type Report } from '../core/issues';

/** All that Kubernetes publishes of a key, and that Google takes. Whatever else is there, above all the private part, has no business in an upload. */
const MEMBERS: readonly string[] = ['kty', 'alg', 'use', 'kid', 'n', 'e', 'x', 'y', 'crv'];
const KINDS: readonly unknown[] = ['RSA', 'EC'];

type Key = { readonly [member: string]: unknown };

/** Who reads the keys, for findings. */
export interface KeyReader {
  readonly code: string;
  /** Ends the sentence "leave the key out: …". */
  readonly takes: string;
}

/**
 * The rules of keys that are handed on as they are. A finding names members and never shows a value: it could be a private one.
 * https://cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools.providers#Oidc
 */
export function checkJwks(json: string, path: string, report: Report, { code, takes }: KeyReader): void {
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
    if (odd.length > 0) wrong(at, `no members but ${MEMBERS.join(', ')}`, odd, odd.includes('d') ? 'd is the private part: this key is no longer a secret, so replace it, and upload public keys' : 'take the others out');
  });
}

function keysIn(json: string): readonly Key[] | undefined {
  try {
    const { keys } = JSON.parse(json) as { readonly keys?: unknown };
    return Array.isArray(keys) && keys.every(key => typeof key === 'object' && key !== null) ? keys as readonly Key[] : undefined;
  } catch {
    return undefined;
  }
}
