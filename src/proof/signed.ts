import type { Admitter, Ask, Judgement, TrustIndex } from './admits/admitter';

/** The length of its life is no matter of the signature: each relying party takes an hour. */
const AN_HOUR = 3600;

/**
 * What the relying party has against the signatures of the cluster's tokens, where it is known what its keys sign by; undefined
 * where it has nothing. Of several kinds of key, nobody sees here which one signs.
 */
export function refusedBySignature({ becomes, claims }: Ask, { objectionTo }: Pick<Admitter, 'objectionTo'>, trust: TrustIndex): Judgement | undefined {
  const { cluster: { name, signingAlgorithms = [] }, issuer = '', subject, audience } = claims;
  const refusals = signingAlgorithms.flatMap(algorithm => {
    const token = { algorithm, issuer, subject, audiences: [audience], issued: 0, expires: AN_HOUR, claims: {} };
    const objection = objectionTo(token, { becomes, claims }, trust);
    return objection === undefined || objection.ifAdmitted === true ? [] : [objection];
  });
  const [first] = refusals;
  if (first === undefined) return undefined;
  const decided = refusals.length === signingAlgorithms.length && refusals.every(refusal => refusal.decided);
  const reason = refusals.length === signingAlgorithms.length ? first.reason : `it depends on which key of ${name} signs: ${first.reason}`;
  return { admitted: false, decided, reason, alsoAdmits: [] };
}
