import type { BearerToken, Objection } from './admitter';

/** What a relying party wants of a token that it verifies by the issuer's keys. */
export interface Wants {
  /** The algorithms that it verifies: `RS256`. */
  readonly algorithms: readonly string[];
  /** Whether its vendor names them all, so that it refuses every other. What signs by a secret is refused by all. */
  readonly all: boolean;
  /** Whether it takes a token that is for several, where one of them is as it should be. @default that is not known */
  readonly several?: true;
  /** What it says to a token without an issuer, an audience or an expiry, where it does not refuse it: tokens of Secrets have no more than the first. */
  readonly without?: string;
}

/** What clouds say to a token before they look at whose it is: how it is signed, whether it is for anybody, and whether it ever ends. */
export function objectionBy({ algorithms, all, several, without }: Wants, { algorithm, issuer, audiences, expires }: BearerToken): Objection | undefined {
  if (!algorithms.includes(algorithm)) {
    const reason = `it takes tokens that are signed by ${algorithms.join(', ')}, the token has ${JSON.stringify(algorithm)}`;
    return all || !isAsymmetric(algorithm) ? { decided: true, reason } : { decided: false, reason: `${reason}, and whether it takes that is not known here` };
  }
  const missing = issuer === undefined ? 'issuer' : audiences.length === 0 ? 'audience' : expires === undefined ? 'expiry' : undefined;
  if (missing !== undefined) return { decided: without === undefined, reason: `the token has no ${missing}${without === undefined ? '' : `: ${without}`}` };
  if (audiences.length > 1 && several !== true) return { decided: false, ifAdmitted: true, reason: `the token is for ${audiences.length} audiences, and whether it takes such a one is not known here` };
  return undefined;
}

/** Whether a signature by this algorithm is one that only the holder of a private key can make. https://www.rfc-editor.org/rfc/rfc7518#section-3.1 */
export function isAsymmetric(algorithm: string): boolean {
  return /^(RS|PS|ES)(256|384|512)$|^EdDSA$/.test(algorithm);
}
