import type { TrustArtifact } from '../../proof/artifacts';

/** What a document of the cloud half lets a cloud identity do. */
export interface Grant {
  /** Whose it is, as verdicts call it. Undefined where it cannot be told. */
  readonly becomes?: string;
  /** In the cloud's own words: the name of a policy, a role and what it is on. */
  readonly label: string;
  /** Whether it is this identity's alone, so that another one of the same name is another one. */
  readonly own?: true;
}

/** What a reader of grants may ask besides the document. */
export interface Surroundings {
  /** The identities of the provider, as verdicts call them. */
  readonly identities: ReadonlySet<string>;
  /** The same, by the last part of a name that has several: `checkout` for `arn:aws:iam::111122223333:role/checkout`. */
  ending(name: string): readonly string[];
  /** The documents that one file of `symbolon synth` holds together with this one; empty for those of anybody else, who puts into files what they like. */
  beside(document: TrustArtifact): readonly TrustArtifact[];
}

/** Reads the grants of one provider. None for a document that is about something else. */
export type GrantReader = (document: TrustArtifact, surroundings: Surroundings) => readonly Grant[];

/** An identity that the name of a document begins with, or the only one whose own name is the last part: some tools say a role's ARN, others its name alone. */
export function namedIn(document: TrustArtifact, name: unknown, { identities, ending }: Surroundings): { readonly becomes?: string } {
  const first = document.name.split(' ')[0] as string;
  if (identities.has(first)) return { becomes: first };
  const same = ending(String(name));
  return same.length === 1 ? { becomes: same[0] as string } : {};
}
