import type { Run, Sample } from './measure';

/** How much is done, and how often. */
export interface Size {
  /** A tenth, a hundredth, …: `--quick` divides every number of identities. */
  scale(n: number): number;
  readonly rounds: number;
  readonly quick: boolean;
}

/** Two things that are compared. */
export interface Comparative {
  readonly name: string;
  /** What is measured. */
  readonly subject: { readonly says: string; readonly run: Run };
  /** What it is measured against. */
  readonly baseline: { readonly says: string; readonly run: Run };
  /** The most that the subject may take, the baseline being 1; what has no target is for information. */
  readonly targets?: Partial<Sample>;
  /** Rounds for something that is over quickly, and so needs more of them. */
  readonly times?: number;
  /** Throws when the two do not give the same. */
  readonly verify?: () => void;
}

/** Something that has to work at all. */
export interface Trial {
  readonly name: string;
  readonly says: string;
  /** Does it, and says what came of it. Throws when it does not work. */
  readonly attempt: () => string;
}

/** The cost for each identity at two sizes of the same comparison. */
export interface Growth {
  readonly name: string;
  /** Names of comparisons, and the number of identities in each. */
  readonly small: { readonly of: string; readonly n: number };
  readonly large: { readonly of: string; readonly n: number };
  readonly target: number;
}

/** Everything on one subject. */
export interface Bench {
  readonly comparisons: readonly Comparative[];
  readonly growth?: readonly Growth[];
  readonly trials?: readonly Trial[];
}
