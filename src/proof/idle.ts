import type { TrustArtifact } from './artifacts';
import { rowOf } from './trust-index';

/** A part of the cloud half that lets nobody in, although it is there for that. */
export interface IdleTrust {
  readonly provider: string;
  /** The cloud identity that somebody was to become. */
  readonly becomes: string;
  /** The document, by name. */
  readonly by: string;
  /** Why nobody gets in: `it wants …`. */
  readonly why: string;
}

/** Everything in the documents that can never let anybody in, such as a condition on a key that no token has. Pure. */
export function idleTrust(trust: readonly TrustArtifact[]): readonly IdleTrust[] {
  return trust.flatMap(document => {
    const { provider, becomes, name, unknown = [] } = document;
    // Of what nobody can read nothing is said.
    if (becomes === undefined || unknown.length > 0) return [];
    return (rowOf(provider)?.idleIn?.(document) ?? []).map(why => ({ provider, becomes, by: name, why }));
  });
}
