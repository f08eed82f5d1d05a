import type { Flag, Flags } from './flags';
import { complain, show, type Report } from '../../core/issues';

/** Who takes tokens for an audience besides API servers, in words: `aws`, `tokens.payments of "checkout"`. */
export type TakenBy = (audience: string) => string | undefined;

/**
 * Whom the API server takes tokens for. Whatever it takes, it also gives out: pods ask for these audiences without saying
 * so, and whoever receives such a token can show it to the API server.
 */
export function checkAudiences(flags: Flags, issuers: readonly string[], takenBy: TakenBy, report: Report): void {
  const given = flags.all('api-audiences');
  const [first] = given;
  if (first === undefined) return;
  const audiences = given.flatMap(({ value }) => value.split(','));
  const [signs = ''] = issuers;
  if (!audiences.includes(signs)) {
    complain(report, 'api-server/audiences', first.path, {
      expected: `the issuer ${show(signs)} among the audiences`,
      got: audiences,
      severity: 'warning',
      fix: 'until the flag was set the issuer was the audience, so tokens of running pods would be refused until they are renewed: add it, and take it out later if you want it gone',
    });
  }
  for (const flag of given) for (const audience of flag.value.split(',')) checkOthers(audience, flag, issuers, takenBy, flags, report);
}

function checkOthers(audience: string, { path }: Flag, issuers: readonly string[], takenBy: TakenBy, flags: Flags, report: Report): void {
  // Where somebody else takes tokens for the server's own name, it is there that something has to change.
  if (issuers.includes(audience) || isInternal(audience)) return;
  const other = takenBy(audience);
  if (other !== undefined) {
    complain(report, 'api-server/shared-audience', path, {
      expected: 'audiences of the API server alone',
      got: audience,
      severity: 'warning',
      fix: `it is that of ${other}, so every pod's automounted token would be good there, and whoever receives one could use it against the API server: take it out`,
    });
  } else if (isElsewhere(audience, issuers, flags)) {
    complain(report, 'api-server/foreign-audience', path, {
      expected: 'audiences that are this API server: its issuers, its names inside the cluster, its own address',
      got: audience,
      severity: 'warning',
      fix: 'if somebody else takes tokens for it, take it out: they could use them against the API server, and every pod\'s automounted token would be good for them',
    });
  }
}

/** An address that is neither at an issuer nor, by all that can be seen, the server's own. Other texts (`k3s`, `api`) are whatever a distribution calls itself. */
function isElsewhere(audience: string, issuers: readonly string[], { endpoint }: Flags): boolean {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(audience)) return false;
  const own = [...issuers.map(hostOf), endpoint?.replace(/:\d+$/, '')];
  return !(URL.canParse(audience) && (new URL(audience).port === '6443' || own.includes(hostOf(audience))));
}

function hostOf(text: string): string {
  return URL.canParse(text) ? new URL(text).hostname : '';
}

/** The names that the API server has inside the cluster. */
export function isInternal(url: string): boolean {
  return /^https:\/\/kubernetes(\.default)?(\.svc(\.[^/]*)?)?(:\d+)?(\/|$)/.test(url);
}
