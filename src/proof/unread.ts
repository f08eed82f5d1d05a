import type { Judgement, TrustIndex } from './admits/admitter';
import type { TrustArtifact } from './artifacts';

/** What a document has that nobody can read: values that are not known yet, or which of two versions counts. */
export function unreadOf({ name, unknown = [] }: TrustArtifact): string | undefined {
  return unknown.length === 0 ? undefined : `${unknown.join(', ')} of ${name} cannot be read`;
}

/** The answer, but where it depends on what nobody can read. */
export function asRead(becomes: string, judgement: Judgement, trust: TrustIndex): Judgement {
  const unread = judgement.decided ? unreadIn(becomes, judgement, trust) : undefined;
  if (unread === undefined) return judgement;
  return { admitted: false, decided: false, reason: unread, alsoAdmits: [], ...(judgement.by !== undefined && { by: judgement.by }) };
}

/** What an answer depends on, and nobody can read; undefined where it depends on nothing of the kind. */
export function unreadIn(becomes: string, { admitted, by }: Judgement, trust: TrustIndex): string | undefined {
  const deciding = by === undefined ? undefined : trust.named(by);
  // What lets somebody in does so by itself; who is refused may be let in by what nobody can read.
  const documents = admitted ? [] : trust.byHandle(becomes);
  return [...documents, ...(deciding === undefined ? [] : [deciding])].map(unreadOf).find(said => said !== undefined);
}
