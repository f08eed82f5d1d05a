import type { Edge } from './provider';
import { isDeferred } from '../core/deferred';
import { complain, type Report } from '../core/issues';
import { isPrivateHost } from '../core/private-host';

/** Who reads an issuer's keys at the issuer. */
export interface KeyFetcher {
  /** In its cloud's word: "STS of AWS". */
  readonly who: string;
  /** What to do where it cannot reach the issuer. */
  readonly fix: string;
  /** `warning` for those who may run where the issuer is reached. @default 'error' */
  readonly severity?: 'warning';
}

/** Whoever reads the keys at the issuer has to reach it: the name of a Service, a private address or `localhost` says nothing outside. */
export function checkReach({ cluster, facts }: Pick<Edge, 'cluster' | 'facts'>, { who, fix, severity }: KeyFetcher, report: Report): void {
  const issuer = facts.issuer();
  if (isDeferred(issuer) || !isPrivateHost(issuer)) return;
  complain(report, 'issuer/unreachable', `clusters.${cluster.name}.issuer`, {
    expected: `an issuer that ${who} can reach, which reads its keys there`, got: issuer, fix, ...(severity !== undefined && { severity }),
  });
}
