import type { Edge } from './provider';
import { isDeferred, type Deferrable } from '../core/deferred';
import { complain, type Report } from '../core/issues';
import { isPrivateHost } from '../core/private-host';

/** Who reads an issuer's keys at the issuer. */
export interface KeyFetcher {
  readonly who: string;
  /** What to do where it cannot reach the issuer. */
  readonly fix: string;
  /** `warning` for those who may run where the issuer is reached. @default 'error' */
  readonly severity?: 'warning';
}

/** The rule of {@link checkIssuerReach} for the cluster of an edge. */
export function checkReach({ cluster, facts }: Pick<Edge, 'cluster' | 'facts'>, fetcher: KeyFetcher, report: Report): void {
  checkIssuerReach(facts.issuer(), `clusters.${cluster.name}.issuer`, fetcher, report);
}

/** Whoever reads the keys at the issuer has to reach it: the name of a Service, a private address or `localhost` says nothing outside. */
export function checkIssuerReach(issuer: Deferrable<string> | undefined, path: string, { who, fix, severity }: KeyFetcher, report: Report): void {
  if (issuer === undefined || isDeferred(issuer) || !isPrivateHost(issuer)) return;
  complain(report, 'issuer/unreachable', path, {
    expected: `an issuer that ${who} can reach, which reads its keys there`, got: issuer, fix, ...(severity !== undefined && { severity }),
  });
}
