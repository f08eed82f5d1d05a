import type { TokenVerifier } from './trust';
import { joinPath, type Report } from '../../core/issues';
import { fits } from '../../core/shape';

/** Whether what is given has the callers of a verifier, for functions that render it. */
export function checkCallers(verifier: unknown, report: Report): boolean {
  const callers = (verifier as Partial<TokenVerifier> | undefined | null)?.callers;
  if (!fits(callers, 'list', 'callers', report)) return false;
  return (callers as readonly unknown[]).map((caller, i) => {
    const path = joinPath('callers', i);
    if (!fits(caller, 'map', path, report)) return false;
    const { issuer, audiences, subjects } = caller as { readonly [field: string]: unknown };
    return [fits(issuer, 'text', `${path}.issuer`, report), fits(audiences, 'texts', `${path}.audiences`, report), fits(subjects, 'texts', `${path}.subjects`, report)].every(Boolean);
  }).every(Boolean);
}
