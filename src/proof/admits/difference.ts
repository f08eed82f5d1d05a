/** One claim, as the token has it and as the trust wants it. */
export interface Compared {
  readonly claim: 'issuer' | 'subject' | 'audience';
  readonly token: string;
  readonly trust: string;
}

/** The claims that differ. */
export function differences(pairs: readonly Compared[]): readonly Compared[] {
  return pairs.filter(({ token, trust }) => token !== trust);
}

/** The first difference in words. Slash and case get a word of their own: they are the ones that nobody sees. */
function explain({ claim, token, trust }: Compared): string {
  return `the trust wants the ${claim} ${JSON.stringify(trust)}, the token has ${JSON.stringify(token)}${nuance(token, trust)}`;
}

function nuance(token: string, trust: string): string {
  if (`${token}/` === trust) return ': the trust has a slash at the end that the token lacks';
  if (token === `${trust}/`) return ': the trust lacks the slash at the end that the token has';
  if (token.toLowerCase() === trust.toLowerCase()) return ': they differ in upper and lower case';
  return '';
}

/** Why somebody is refused, for people and for machines. */
export interface Refusal {
  readonly reason: string;
  readonly difference?: Compared;
}

/** A claim that differs, or a sentence where it is nothing of the kind. */
export function refusalOf(why: Compared | string): Refusal {
  return typeof why === 'string' ? { reason: why } : { reason: explain(why), difference: why };
}

/** Of several documents that all refuse, the one that comes closest says best what is wrong. */
export function closest(candidates: readonly (readonly Compared[])[]): readonly Compared[] {
  return [...candidates].sort((a, b) => farness(a) - farness(b))[0] ?? [];
}

/** What nobody sees counts nothing; everything else by how early it parts ways. */
function farness(pairs: readonly Compared[]): number {
  return pairs.reduce((sum, { token, trust }) => sum + (nuance(token, trust) === '' ? 1 - commonPrefix(token, trust) / Math.max(token.length, trust.length) : 0), 0);
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
