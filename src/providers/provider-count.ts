import { groupBy } from './group';
import type { Edge } from './provider';
import { isDeferred, type Deferrable } from '../core/deferred';
import { complain, type Report } from '../core/issues';

/** What an account has of identity providers for OIDC until its quota is raised. */
const USUAL = 100;

interface Counted<S> {
  readonly code: string;
  /** `OIDC providers of an account of AWS`. */
  readonly what: string;
  /** The account that has a provider for the edge's cluster; undefined where the edge needs none. */
  readonly home: (edge: Edge<S>) => Deferrable<string> | undefined;
}

/** Each cluster takes one in each account that trusts it. Of the quota others may have used some already, so that this is the least that is wrong. */
export function checkProviderCount<S>(edges: readonly Edge<S>[], { code, what, home }: Counted<S>, report: Report): void {
  if (edges.length <= USUAL) return;
  const known = edges.flatMap(edge => {
    const account = home(edge);
    return account === undefined || isDeferred(account) ? [] : [{ edge, account }];
  });
  for (const [account, group] of groupBy(known, each => each.account)) {
    const count = new Set(group.map(({ edge }) => edge.cluster.name)).size;
    if (count <= USUAL) continue;
    complain(report, code, (group[0] as (typeof group)[number]).edge.at('accountId'), {
      expected: `at most ${USUAL} clusters that are trusted in ${account}`, got: count, severity: 'warning', fix: `it is the quota of ${what}: raise it, or spread the roles over several accounts`,
    });
  }
}
