/** How kube-apiserver signs with a key on each curve; with an RSA key it signs by RS256. https://www.rfc-editor.org/rfc/rfc7518#section-3.1 */
export const BY_CURVE = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' } as const;

/** What kube-apiserver signs by with a key of this kind; undefined where it signs with no such key. */
export function algorithmFor(kty: unknown, crv: unknown): 'RS256' | (typeof BY_CURVE)[keyof typeof BY_CURVE] | undefined {
  if (kty === 'RSA') return 'RS256';
  return kty === 'EC' && Object.hasOwn(BY_CURVE, String(crv)) ? BY_CURVE[crv as keyof typeof BY_CURVE] : undefined;
}

/** What a key says of itself by which no verifier would find it, or use it. */
export interface KeyFault {
  readonly expected: string;
  readonly got: string;
  readonly fix: string;
}

/** The faults of what a key says it is for, and is called. Nothing else of it is shown. */
export function faultsOf({ use, kid }: { readonly use?: unknown; readonly kid?: unknown }): readonly KeyFault[] {
  return [
    ...(use === undefined || use === 'sig' ? [] : [{ expected: 'a key for signatures (use: "sig")', got: use === 'enc' ? 'use: "enc"' : 'another use', fix: 'leave the key out: it is for something else' }]),
    ...(kid === undefined || (typeof kid === 'string' && kid !== '') ? [] : [{ expected: 'a kid that is not empty', got: kid === '' ? 'an empty one' : 'no text', fix: 'leave the kid out, or give the one that stands in the header of tokens' }]),
  ];
}
