import type { IssuerDocuments } from './documents';
import type { IssuerInput } from './input';

/**
 * What a cluster with an issuer of its own has to publish, so that clouds can verify its tokens: the discovery document
 * and the keys, exactly as its API server would serve them. Pure, and no private key is ever taken.
 *
 * @throws InvalidDefinitionError with everything that is wrong: an issuer that is no https URL, a private key, a key that signs no tokens
 */
export function issuerDocuments(input: IssuerInput): IssuerDocuments {
  // Loaded when it is wanted: it needs Node's cryptography, which takes a tenth of the time that the library takes to load.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { documentsOf } = require('./documents') as typeof import('./documents');
  return documentsOf(input);
}
