import { checkBare } from './token-text';
import { InputError, InvalidDefinitionError } from '../../core/errors';
import { Findings, complain, joinPath, type Report } from '../../core/issues';
import { hashOf } from '../../core/names';
import { isData, type Data } from '../../kubernetes/data';
import { parseJson } from '../source/json';

/** A token, taken apart. */
export interface DecodedToken {
  readonly header: Data & { readonly alg: string };
  readonly claims: Data;
  /** What is signed: the first two parts as they stand. */
  readonly signed: string;
  readonly signature: Uint8Array;
  /** Tells tokens apart, and opens nothing: the first digits of its SHA-256. */
  readonly hash: string;
}

/** The deepest claim of Kubernetes is the third level. */
const MAX_DEPTH = 16;

const PARTS = ['header', 'claims', 'signature'] as const;

/** What claims are, where a service account's token has them. https://www.rfc-editor.org/rfc/rfc7519#section-4.1 */
const CLAIMS: { readonly [path: string]: Kind } = {
  'iss': 'text',
  'sub': 'text',
  'jti': 'text',
  'aud': 'texts',
  'exp': 'seconds',
  'nbf': 'seconds',
  'iat': 'seconds',
  'kubernetes.io': 'map',
  'kubernetes.io/serviceaccount/namespace': 'text',
  'kubernetes.io/serviceaccount/service-account.name': 'text',
};

/** What stands in the claim `kubernetes.io`. */
const OWN: { readonly [path: string]: Kind } = { namespace: 'text', serviceaccount: 'object', pod: 'object', node: 'object', secret: 'object', warnafter: 'seconds' };

type Kind = 'text' | 'texts' | 'seconds' | 'map' | 'object';

const EXPECTED: { readonly [kind in Kind]: string } = { text: 'a text', texts: 'a text or a list of texts', seconds: 'a number, in seconds since 1970', map: 'a map', object: 'a map with a name' };

/**
 * Takes a token apart. No message repeats its signature, or more than one claim of it.
 *
 * @throws InvalidDefinitionError with everything that is wrong with it
 */
export function decode(text: string, shown: string): DecodedToken {
  const findings = new Findings();
  const token = checkBare(text, findings.report) ? read(text, findings.report) : undefined;
  if (token === undefined || findings.errors.length > 0) throw new InvalidDefinitionError(shown === '-' ? 'the token from stdin' : shown, findings.all);
  return token;
}

function read(text: string, report: Report): DecodedToken | undefined {
  const parts = text.split('.');
  if (parts.length === 5) {
    complain(report, 'token/encrypted', 'token', { expected: 'a signed token of three parts', got: 'an encrypted one of five (JWE)', fix: 'only whom it is for can read it; Kubernetes makes none' });
    return undefined;
  }
  if (parts.length !== 3) {
    complain(report, 'token/parts', 'token', { expected: 'three parts with dots between them', got: parts.length, fix: parts.length === 1 ? 'this is no JWT: take the token itself, not a name or a password' : 'copy the whole token, and nothing else' });
    return undefined;
  }
  const bytes = parts.map((part, i) => bytesOf(part, PARTS[i] as string, report));
  const [header, claims] = [mapIn(bytes[0], 'header', report), mapIn(bytes[1], 'claims', report)];
  if (header !== undefined) checkHeader(header, report);
  if (claims !== undefined) checkClaims(claims, report);
  if (header === undefined || claims === undefined || bytes[2] === undefined) return undefined;
  return { header: header as DecodedToken['header'], claims, signed: `${parts[0] as string}.${parts[1] as string}`, signature: bytes[2], hash: hashOf(text, 12) };
}

/** Base64url without padding, as an encoder would write it: a decoder that takes more would take two texts for one token. */
function bytesOf(part: string, name: string, report: Report): Uint8Array | undefined {
  const odd = /[^A-Za-z0-9_-]/.exec(part);
  const where = (at: number): string => `character ${at + 1} of the ${name}`;
  if (odd !== null) {
    const [code, got] = odd[0] === '=' ? ['token/padding', `padding (=) at ${where(odd.index)}`] as const : ['token/base64url', `${JSON.stringify(odd[0])} at ${where(odd.index)}`] as const;
    complain(report, code, name, { expected: 'base64url without padding', got, fix: /[+/]/.test(odd[0]) ? 'this is base64: take the token as it was issued' : 'take the token as it was issued' });
    return undefined;
  }
  const bytes = Buffer.from(part, 'base64url');
  if (bytes.toString('base64url') === part) return bytes;
  complain(report, 'token/base64url', name, { expected: 'base64url as an encoder writes it', got: `${part.length} characters that do not end as whole bytes do`, fix: 'something is missing or added at the end of this part: copy the whole token' });
  return undefined;
}

/** What the parser says repeats what stands there, and is left out. */
function mapIn(bytes: Uint8Array | undefined, name: string, report: Report): Data | undefined {
  if (bytes === undefined) return undefined;
  try {
    const value = parseJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), name);
    if (isData(value)) {
      if (depthOf(value) <= MAX_DEPTH) return value;
      complain(report, 'token/nested', name, { expected: `at most ${MAX_DEPTH} maps and lists in one another`, got: 'more', fix: 'no API server writes that' });
      return undefined;
    }
    complain(report, 'token/json', name, { expected: 'a JSON object', got: Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`, fix: 'this is no JWT' });
  } catch (error) {
    const twin = error instanceof InputError && error.cause === undefined;
    complain(report, twin ? 'token/twice' : 'token/json', name, twin
      ? { expected: 'each key once', got: 'a key that stands there twice', fix: 'whoever reads it may take the one or the other: nobody should take such a token' }
      : { expected: 'a JSON object', got: 'what is no JSON in UTF-8', fix: 'this is no JWT, or it was cut or changed on its way' });
  }
  return undefined;
}

/** Level by level: what is nested more deeply than calls can be is counted, too. */
function depthOf(value: unknown): number {
  let depth = 0;
  let level: readonly object[] = [value].filter(isObject);
  for (; level.length > 0 && depth <= MAX_DEPTH; depth++) level = level.flatMap(each => (Object.values(each) as unknown[]).filter(isObject));
  return depth;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function checkHeader({ alg, kid }: Data, report: Report): void {
  if (typeof alg !== 'string') complain(report, 'token/algorithm', 'header.alg', { expected: 'the name of an algorithm', got: alg, fix: 'a token says how it is signed' });
  if (kid !== undefined && typeof kid !== 'string') complain(report, 'token/claim', 'header.kid', { expected: EXPECTED.text, got: kid, fix: FIX });
}

const FIX = 'no API server writes that: the token was made by somebody else, or changed';

function checkClaims(claims: Data, report: Report): void {
  for (const [name, kind] of Object.entries(CLAIMS)) checkKind(claims[name], kind, name, report);
  const own = claims['kubernetes.io'];
  if (isData(own)) for (const [name, kind] of Object.entries(OWN)) checkKind(own[name], kind, joinPath('["kubernetes.io"]', name), report);
}

function checkKind(value: unknown, kind: Kind, path: string, report: Report): void {
  if (value === undefined || fits(value, kind)) return;
  complain(report, 'token/claim', path.includes('/') ? joinPath('', path) : path, { expected: EXPECTED[kind], got: value, fix: FIX });
}

function fits(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'text': return typeof value === 'string';
    case 'texts': return typeof value === 'string' || (Array.isArray(value) && value.every(item => typeof item === 'string'));
    // Dates end there: nobody can say when anything later is.
    case 'seconds': return typeof value === 'number' && value >= 0 && value <= 8.64e12;
    case 'map': return isData(value);
    case 'object': return isData(value) && typeof value.name === 'string' && (value.uid === undefined || typeof value.uid === 'string');
  }
}
