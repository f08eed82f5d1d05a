/** Where something stands: nobody looks for it twice. */
export interface Place {
  /** The file, as the user calls it; `-` for what came by stdin. */
  readonly file: string;
  /** Which document of the file, from 0. */
  readonly document: number;
  /** Which part of the document: `items[3]`. Empty for all of it. */
  readonly path: string;
}

/** One document of a file, as its parser made it, and what the user says of it besides. */
export interface EvidenceDocument {
  readonly value: unknown;
  readonly at: Place;
  /** What it is about, in the words of whoever printed it, where it does not say so itself: the resource of an IAM policy, the path of a Vault role. */
  readonly of?: string;
  /** The cluster that its manifests are for. */
  readonly cluster?: string;
}

/** A part of a document, by its path in it. */
export interface Part<T> {
  readonly value: T;
  readonly path: string;
}
