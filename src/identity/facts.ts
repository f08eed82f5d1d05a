/** Values of one binding, by name. Values of one cluster stand under `on`. */
export interface BindingFacts {
  readonly on?: { readonly [cluster: string]: { readonly [fact: string]: string } };
  readonly [fact: string]: string | { readonly [cluster: string]: { readonly [fact: string]: string } } | undefined;
}

/**
 * What only the environment knows. Made by the Pulumi door (`export const symbolon = identity.facts`), written by hand,
 * or both; read with {@link readFacts}.
 */
export interface Facts {
  /** By cluster, by name: `issuer`, `projectNumber`, `hostProjectNumber`. */
  readonly clusters?: { readonly [cluster: string]: { readonly [fact: string]: string } };
  /** By identity, by binding, by name: `clientId`, or the name that a `{ fact: … }` of the definition gives. */
  readonly identities?: { readonly [identity: string]: { readonly [binding: string]: BindingFacts } };
}
