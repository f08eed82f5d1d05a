import { isDeferred, type Deferrable } from '../core/deferred';
import type { Report } from '../core/issues';
import { providerOf, type ProviderId } from '../providers';
import type { Layout } from './layout';
import { complainOwnedTwice } from './together';
import { groupBy } from '../providers/group';
import type { AnchorNeed, Edge, TrustLayout } from '../providers/provider';

/** An anchor that edges refer to, with the cluster that it is for. */
export interface AnchorLayout {
  readonly cluster: string;
  readonly layout: TrustLayout;
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
    return (made ?? []).map(layout => ({ cluster: edge.cluster.name, layout }));
  });
}

/** Two clusters must not both make what clusters can share. */
export function checkAnchors(anchors: readonly AnchorLayout[], report: Report): void {
  const owners = new Map<string, string>();
  for (const { cluster, layout: { kind, ownedAs } } of anchors) {
    if (ownedAs === undefined || isDeferred(ownedAs)) continue;
    const thing = `${kind} ${ownedAs}`;
    const other = owners.get(thing);
    if (other !== undefined) complainOwnedTwice(thing, other, cluster, report);
    owners.set(thing, cluster);
  }
}

/** A home that is not known yet is told apart by the fact that will give it. */
function textOf(home: Deferrable<string>, edge: Edge): string {
  return isDeferred(home) ? home.needs.map(need => need.at.join('.')).join(' ') : String(home ?? edge.binding);
}
