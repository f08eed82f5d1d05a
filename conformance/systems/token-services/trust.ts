/** A request to a cloud's API, as it was rendered. */
export interface RenderedDocument {
  readonly provider: string;
  readonly kind: string;
  readonly name: string;
  readonly request: unknown;
}

/** What the clouds were told: the rendered documents, which are all that the token services decide by. */
export class RenderedTrust {
  constructor(private readonly documents: readonly RenderedDocument[]) {}

  /** The requests of a kind, by the name of what they make. */
  of<T>(kind: string): readonly { readonly name: string; readonly request: T }[] {
    return this.documents.filter(document => document.kind === kind).map(({ name, request }) => ({ name, request: request as T }));
  }
}
