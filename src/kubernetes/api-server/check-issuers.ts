import { checkAudiences, isInternal, type TakenBy } from './check-audiences';
import type { Flag, Flags } from './flags';
import { issuerFault } from '../../core/issuer';
import { complain, type Report } from '../../core/issues';

const ISSUER = 'service-account-issuer';

/** The first issuer signs, all of them are believed; and the tokens that are taken are for these audiences. */
export function checkIssuers(flags: Flags, report: Report, takenBy: TakenBy): void {
  const issuers = flags.all(ISSUER);
  const seen = new Set<string>();
  for (const issuer of issuers) {
    checkFormat(issuer, report);
    if (seen.has(issuer.value)) complain(report, 'api-server/issuer-twice', issuer.path, { expected: 'each issuer once', got: issuer.value, fix: 'the server does not start with one that is there twice: remove one' });
    seen.add(issuer.value);
  }
  const signs = issuers[0]?.value ?? flags.kubeadm?.issuer;
  if (signs === undefined) {
    // What was meant to be one has been complained of.
    if (flags.isUnread(ISSUER)) return;
    complain(report, 'api-server/issuer-missing', flags.placeFor(ISSUER), { expected: 'an issuer', fix: 'the server does not start without one: give the https URL at which its keys can be read' });
    return;
  }
  if (isInternal(signs)) {
    complain(report, 'api-server/issuer-internal', issuers[0]?.path ?? flags.placeFor(ISSUER), {
      expected: 'an issuer at which a cloud can read the keys',
      got: signs,
      severity: 'warning',
      fix: 'no cloud can trust this cluster as it is; put a public https URL first, keep this one as the second, and publish the two discovery documents there',
    });
  }
  checkAudiences(flags, issuers.length === 0 ? [signs] : issuers.map(({ value }) => value), takenBy, report);
}

function checkFormat({ value, path }: Flag, report: Report): void {
  const fault = /,\s*\w+:\/\//.test(value) ? 'the flag is not split at commas: give it once for each issuer' : issuerFault(value);
  if (fault === undefined) return;
  complain(report, 'api-server/issuer', path, {
    expected: 'an https URL without query and fragment', got: value, fix: `${fault}; with such an issuer the server serves no discovery document, or does not start`,
  });
}
