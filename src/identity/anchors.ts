import { isDeferred, type Deferrable } from '../core/deferred';
import { complain, type Report } from '../core/issues';
import { providerOf, type ProviderId } from '../providers';
import type { Layout } from './layout';
import { complainOwnedTwice } from './together';
import { groupBy } from '../providers/group';
import type { AnchorNeed, Edge, TrustLayout } from '../providers/provider';

/** An anchor that edges refer to, with the cluster that it is for. */
export interface AnchorLayout {
  readonly cluster: string;
  readonly layout: TrustLayout;
  /** How many audiences it has for those who refer to it, as far as they are known. */
  readonly audiences: number;
}

/** The anchors that the edges refer to: one for each cluster and account, whoever refers to it. */
export function anchorsOf(layouts: readonly Layout[]): readonly AnchorLayout[] {
  const needs = layouts.flatMap(({ edges }) => edges).flatMap(edge => {
    const need = providerOf(edge.provider as ProviderId).anchorNeedOf?.(edge);
    return need === undefined ? [] : [{ edge, need }];
  });
  const groups = groupBy(needs, ({ edge, need }) => [edge.provider, edge.cluster.name, textOf(need.home, edge), need.realm].join('\n'));
  return [...groups.values()].flatMap(group => {
    const { edge, need } = group[0] as { edge: Edge; need: AnchorNeed };
    const made = providerOf(edge.provider as ProviderId).anchorsOf?.({
      issuer: edge.facts.issuer(),
      cluster: edge.cluster,
      home: need.home,
      ...(need.realm !== undefined && { realm: need.realm }),
      audiences: group.map(each => each.need.audience),
    });
    const audiences = new Set(group.map(each => each.need.audience).filter(audience => !isDeferred(audience))).size;
    return (made ?? []).map(layout => ({ cluster: edge.cluster.name, layout, audiences }));
  });
}

/** Two clusters must not both make what clusters can share, and an anchor holds so many audiences. */
export function checkAnchors(anchors: readonly AnchorLayout[], report: Report): void {
  const owners = new Map<string, string>();
  for (const { cluster, layout: { kind, provider, ownedAs }, audiences } of anchors) {
    checkAudienceCount(provider as ProviderId, audiences, `clusters.${cluster}`, report);
    if (ownedAs === undefined || isDeferred(ownedAs)) continue;
    const thing = `${kind} ${ownedAs}`;
    const other = owners.get(thing);
    if (other !== undefined) complainOwnedTwice(thing, other, cluster, report);
    owners.set(thing, cluster);
  }
}

/** @param path  what has the audiences, as the user calls it */
export function checkAudienceCount(provider: ProviderId, count: number, path: string, report: Report): void {
  const { mostAudiences = Infinity } = providerOf(provider);
  if (count > mostAudiences) complain(report, 'anchors/audiences', path, { expected: `at most ${mostAudiences} audiences for one cluster in one account`, got: count, fix: 'let identities share an audience: it says whom a token is for, and not whose it is' });
}

/** A home that is not known yet is told apart by the fact that will give it. */
function textOf(home: Deferrable<string>, edge: Edge): string {
  return isDeferred(home) ? home.needs.map(need => need.at.join('.')).join(' ') : String(home ?? edge.binding);
}
