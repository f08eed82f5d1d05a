import { complain, type Report } from './issues';

/**
 * An issuer that Kubernetes can serve discovery for and that clouds accept: https, no query, no fragment, no user
 * info, no blanks. It is compared byte for byte everywhere, so it is never changed, not even its trailing slash.
 * https://openid.net/specs/openid-connect-discovery-1_0.html
 */
export function checkIssuer(issuer: string, path: string, report: Report): boolean {
  const fault = issuerFault(issuer);
  if (fault === undefined) return true;
  complain(report, 'issuer/format', path, {
    expected: 'the https URL that the cluster writes into its tokens, without query, fragment or blanks',
    got: issuer,
    fix: `${fault}; read the issuer from the cluster (kubectl get --raw /.well-known/openid-configuration)`,
  });
  return false;
}

/** What is wrong with it, as a clause. */
export function issuerFault(issuer: string): string | undefined {
  if (/[^\u0021-\u007e]/.test(issuer)) return 'it holds a blank, a control character or one that is not ASCII';
  if (!/^https:\/\//.test(issuer)) return 'it does not begin with https://';
  if (issuer.includes('?')) return 'it has a query';
  if (issuer.includes('#')) return 'it has a fragment';
  if (!URL.canParse(issuer)) return 'it is not a URL';
  const url = new URL(issuer);
  if (url.username !== '' || url.password !== '') return 'it has user info';
  // The parser would lower-case a host; the claim would not, and then nothing matches.
  if (issuer !== url.origin && !issuer.startsWith(`${url.origin}/`)) return 'its host is not in the form in which it is compared (lower case, no default port)';
  return undefined;
}
