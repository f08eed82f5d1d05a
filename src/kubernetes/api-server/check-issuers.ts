import type { Flag, Flags } from './flags';
import { issuerFault } from '../../core/issuer';
import { complain, show, type Report } from '../../core/issues';

const ISSUER = 'service-account-issuer';

/** The first issuer signs, all of them are believed. */
export function checkIssuers(flags: Flags, report: Report): void {
  const issuers = flags.all(ISSUER);
  const seen = new Set<string>();
  for (const issuer of issuers) {
    checkFormat(issuer, report);
    if (seen.has(issuer.value)) complain(report, 'api-server/issuer-twice', issuer.path, { expected: 'each issuer once', got: issuer.value, fix: 'the server does not start with one that is there twice: remove one' });
    seen.add(issuer.value);
  }
  const signs = issuers[0]?.value ?? flags.kubeadm?.issuer;
  if (signs === undefined) {
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
  checkAudiences(flags, signs, report);
}

function checkFormat({ value, path }: Flag, report: Report): void {
  const fault = /,\s*\w+:\/\//.test(value) ? 'the flag is not split at commas: give it once for each issuer' : issuerFault(value);
  if (fault === undefined) return;
  complain(report, 'api-server/issuer', path, {
    expected: 'an https URL without query and fragment', got: value, fix: `${fault}; with such an issuer the server serves no discovery document, or does not start`,
  });
}

/** The names that the API server has inside the cluster. */
function isInternal(issuer: string): boolean {
  return /^https:\/\/kubernetes(\.default)?(\.svc(\.[^/]*)?)?(:\d+)?(\/|$)/.test(issuer);
}

/** Without the flag the issuers are the audiences. */
function checkAudiences(flags: Flags, issuer: string, report: Report): void {
  const given = flags.all('api-audiences');
  const audiences = given.flatMap(({ value }) => value.split(','));
  const [first] = given;
  if (first === undefined || audiences.includes(issuer)) return;
  complain(report, 'api-server/audiences', first.path, {
    expected: `the issuer ${show(issuer)} among the audiences`,
    got: audiences,
    severity: 'warning',
    fix: 'until the flag was set the issuer was the audience, so tokens of running pods would be refused until they are renewed: add it, and take it out later if you want it gone',
  });
}
