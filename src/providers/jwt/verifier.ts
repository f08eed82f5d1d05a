import { groupBy } from '../group';
import type { TokenVerifier, TrustedCallers } from './trust';
import { InputError, InvalidDefinitionError } from '../../core/errors';
import { Findings, joinPath } from '../../core/issues';
import { byText } from '../../core/names';
import { fits } from '../../core/shape';

/** A cloud half: a plan is one, and so are halves that the proof reads. */
export interface VerifierSource {
  readonly trust: readonly { readonly kind: string; readonly becomes?: string; readonly request: unknown }[];
}

/**
 * What one API has to know of all its callers, whichever identities they are: the API loads it as it is.
 *
 * @param half  a plan, or anything else with the cloud half of it
 * @param audience  what the API is called: the `audience` of the bindings
 * @throws InvalidDefinitionError when there is no cloud half, or no audience
 * @throws InputError when no binding is for this API
 */
export function tokenVerifier(half: VerifierSource, audience: string): TokenVerifier {
  const findings = new Findings();
  const given = (half as Partial<VerifierSource> | undefined | null)?.trust;
  if (fits(given, 'list', 'trust', findings.report)) given?.forEach((document, i) => fits(document, 'map', joinPath('trust', i), findings.report));
  fits(audience, 'text', 'audience', findings.report);
  if (findings.errors.length > 0) throw new InvalidDefinitionError('token verifier', findings.all);
  const { trust } = half;
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
