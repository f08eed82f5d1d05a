import type { Artifacts } from './artifacts';
import type { Proof } from './verdict';

/**
 * Mints the token that each pod would get, from its manifests alone, and asks the trust documents: is it let in, and
 * is anybody else? Pure, and it works on what other tools rendered, too.
 *
 * @throws InvalidDefinitionError when what is given is no clusters with manifests and no requests. What stands in them is read as it is
 */
export function prove(artifacts: Artifacts): Proof {
  // Loaded with the first proof: most programs that import the library only define, and never ask.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { runProof } = require('./run') as typeof import('./run');
  return runProof(artifacts);
}
