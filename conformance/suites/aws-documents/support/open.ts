import type { TrustDocument } from 'symbolon';

/** What IAM refuses, and the library does not refuse yet. Nothing may be added to hide a failure; what is mended goes. */
interface Open {
  readonly what: string;
  readonly refusedWith: string;
  is(document: Pick<TrustDocument, 'kind' | 'name'>): boolean;
}

export const OPEN: readonly Open[] = [];
