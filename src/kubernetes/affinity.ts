import { dataOf, listOf, type Data } from './data';
import { joinPath } from '../core/issues';

/** A label of nodes that a pod asks for by its affinity, and where it says so. */
export interface NodeWish {
  readonly path: string;
  readonly key: string;
  readonly value: unknown;
}

const TERMS = ['affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'] as const;

/**
 * What the required node affinity of a pod asks for: of several terms one is enough, so that each of them may be the one that holds.
 * What it only prefers, and what it keeps away from, is not among it.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity
 */
export function nodeWishes(spec: Data): readonly NodeWish[] {
  if (spec.affinity === undefined) return [];
  const terms = TERMS.reduce<unknown>((part, key) => dataOf(part)[key], spec);
  return listOf(terms).flatMap((term, i) => listOf(term.matchExpressions).flatMap(({ key, operator, values }, j) => {
    const path = joinPath(`${joinPath(TERMS.join('.'), i)}.matchExpressions`, j);
    if (operator === 'Exists') return [{ path, key: String(key), value: operator }];
    if (operator !== 'In' || !Array.isArray(values)) return [];
    return values.map((value: unknown, k) => ({ path: joinPath(`${path}.values`, k), key: String(key), value }));
  }));
}
