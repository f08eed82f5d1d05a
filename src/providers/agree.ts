import { groupBy } from './group';
import type { Edge } from './provider';
import { isDeferred } from '../core/deferred';
import { complain, type Report } from '../core/issues';
import { sameData } from '../core/plain';

/** What belongs to a cloud identity, by the field that says it. */
export type Shared<S> = { readonly [field: string]: (settings: S) => unknown };

/**
 * Clusters that share a cloud identity must say the same of it: it is made once, and what only one of them says would
 * either be lost or hold for all.
 *
 * @param what  what is shared, in the cloud's word: "role"
 * @param chooser  a field by which a cluster gets one of its own under `on`
 */
export function checkAgreement<S>(edges: readonly Edge<S>[], what: string, chooser: string, shared: Shared<S>, report: Report): void {
  if (edges.length < 2) return;
  for (const [first, ...others] of groupBy(edges, edge => edge.variant).values()) {
    for (const other of others) {
      for (const [field, valueOf] of Object.entries(shared)) {
        const [a, b] = [valueOf((first as Edge<S>).settings), valueOf(other.settings)];
        if (alike(a, b)) continue;
        complain(report, 'binding/shared', other.at(field), {
          expected: `the same for every cluster that shares the ${what}`,
          got: [a, b],
          fix: `say it for the whole binding, or give the cluster a ${what} of its own (on: { ${JSON.stringify(other.cluster.name)}: { ${chooser} } })`,
        });
      }
    }
  }
}

/** What waits for facts is compared when they are known. */
function alike(a: unknown, b: unknown): boolean {
  if (isDeferred(a) || isDeferred(b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => alike(item, b[i]));
  return sameData(a, b);
}
