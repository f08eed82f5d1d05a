import { groupBy } from '../group';
import type { TokenVerifier, TrustedCallers } from './trust';
import { InputError } from '../../core/errors';
import { byText } from '../../core/names';

/** A cloud half: a plan is one, and so are halves that the proof reads. */
export interface VerifierSource {
  readonly trust: readonly { readonly kind: string; readonly becomes?: string; readonly request: unknown }[];
}

/**
 * What one API has to know of all its callers, whichever identities they are: the API loads it as it is.
 *
 * @param half  a plan, or anything else with the cloud half of it
 * @param audience  what the API is called: the `audience` of the bindings
 * @throws InputError when no binding is for this API
 */
export function tokenVerifier({ trust }: VerifierSource, audience: string): TokenVerifier {
  const documents = trust.filter(({ kind }) => kind === 'jwt.Verifier');
  const verifiers = documents.filter(({ becomes }) => becomes === audience).map(({ request }) => request as TokenVerifier);
  const [first] = verifiers;
  if (first === undefined) {
    const known = [...new Set(documents.map(({ becomes }) => String(becomes)))].sort(byText);
    throw new InputError(`no binding has the audience ${JSON.stringify(audience)}; there is ${known.length === 0 ? 'none of the provider jwt' : known.map(each => JSON.stringify(each)).join(', ')}`);
  }
  return { ...first, callers: together(verifiers.flatMap(({ callers }) => callers)) };
}

/** Callers that differ in their subjects alone are one entry. */
function together(callers: readonly TrustedCallers[]): readonly TrustedCallers[] {
  const groups = groupBy(callers, ({ subjects: _subjects, ...rest }) => JSON.stringify(rest));
  return [...groups.values()].map(group => ({ ...group[0] as TrustedCallers, subjects: [...new Set(group.flatMap(({ subjects }) => subjects))].sort(byText) }));
}
