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
  const own = (what: string, name: string, identity: string): void => {
    const other = owners.get(`${what}\n${name}`);
    if (other !== undefined) {
      complain(report, 'identity/owned-twice', identity, {
        expected: `one owner of the ${what} ${name}`, got: [other, identity], fix: 'let one of them use what the other makes (existing: true, or create: false for a service account), or give them different names',
      });
    }
    owners.set(`${what}\n${name}`, identity);
  };
  for (const { definition, subjects, trust } of layouts) {
    if (names.has(definition.name)) complain(report, 'identity/name-twice', definition.name, { expected: 'a name of its own for every identity', got: definition.name, fix: 'rename one of them' });
    names.add(definition.name);
    for (const cluster of definition.clusters) {
      const twin = clusters.get(cluster.name);
      if (twin !== undefined && twin !== cluster && !sameData(twin, cluster)) {
        complain(report, 'cluster/two-meanings', `clusters.${cluster.name}`, { expected: 'one cluster of this name', got: [twin, cluster], fix: 'define it once and use that' });
      }
      clusters.set(cluster.name, cluster);
    }
    for (const { cluster, objects } of subjects) {
      for (const { kind, metadata } of objects) {
        if (!isDeferred(metadata.name)) own(kind, `${cluster.name}: ${metadata.namespace ?? ''}/${metadata.name}`, definition.name);
      }
    }
    for (const { kind, name, owned } of trust) {
      // Most clouds compare these names without regard to case.
      if (owned && !isDeferred(name)) own(kind, name.toLowerCase(), definition.name);
    }
  }
}
