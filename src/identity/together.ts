import { checkShared } from './check';
import { checkIssuersDiffer } from './check-clusters';
import type { Layout } from './layout';
import { isDeferred } from '../core/deferred';
import { complain, type Report } from '../core/issues';
import { sameData } from '../core/plain';
import type { ClusterDefinition } from '../platforms/cluster';

/** What several definitions must not do together: own the same thing, carry the same name, or mean two clusters by one. */
export function checkTogether(layouts: readonly Layout[], report: Report): void {
  const names = new Set<string>();
  const clusters = new Map<string, ClusterDefinition>();
  const owners = new Map<string, string>();
  for (const layout of layouts) {
    const { definition } = layout;
    if (names.has(definition.name)) complain(report, 'identity/name-twice', definition.name, { expected: 'a name of its own for every identity', got: definition.name, fix: 'rename one of them' });
    names.add(definition.name);
    for (const cluster of definition.clusters) {
      const twin = clusters.get(cluster.name);
      if (twin !== undefined && twin !== cluster && !sameData(twin, cluster)) {
        complain(report, 'cluster/two-meanings', `clusters.${cluster.name}`, { expected: 'one cluster of this name', got: [twin, cluster], fix: 'define it once and use that' });
      }
      clusters.set(cluster.name, cluster);
    }
    for (const thing of ownedBy(layout)) {
      const other = owners.get(thing);
      if (other !== undefined) complainOwnedTwice(thing, other, definition.name, report);
      owners.set(thing, definition.name);
    }
  }
  checkIssuersDiffer(clusters.values(), report);
  if (layouts.length > 1) checkShared(layouts.flatMap(({ edges }) => edges), report);
}

/** Everything that only one definition may make, as far as its name is known: `iam.Role arn:aws:iam::111122223333:role/checkout`. */
export function ownedBy({ subjects, trust }: Pick<Layout, 'subjects' | 'trust'>): readonly string[] {
  const things: string[] = [];
  for (const { cluster, objects } of subjects) {
    for (const { kind, metadata } of objects) if (!isDeferred(metadata.name)) things.push(`${kind} ${cluster.name}: ${metadata.namespace ?? ''}/${metadata.name}`);
  }
  for (const { kind, name, owned, ownedAs = name } of trust) {
    // Most clouds compare these names without regard to case.
    if (owned && !isDeferred(ownedAs)) things.push(`${kind} ${ownedAs.toLowerCase()}`);
  }
  return things;
}

/** The finding that two would make one thing. */
export function complainOwnedTwice(thing: string, owner: string, second: string, report: Report): void {
  complain(report, 'identity/owned-twice', second, {
    expected: `one owner of the ${thing}`, got: [owner, second], fix: 'let one of them use what the other makes (existing; for a ServiceAccount, create: false; a grant or a role assignment stands in one alone), or give them different names',
  });
}
