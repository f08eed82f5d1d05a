import type { ClusterFields } from './reader';
import { complain, joinPath, type Report } from '../core/issues';
import { sameData } from '../core/plain';
import { dataOf, isData, type Data } from '../kubernetes/data';

/** Two accounts of one thing as one. Where they differ it is a finding, and the first one stands. */
export function merged<T extends object>(first: T, second: T, path: string, from: { readonly first: string; readonly second: string }, report: Report): T {
  const all = { ...first } as { [key: string]: unknown };
  for (const [key, value] of Object.entries(second)) {
    const known = all[key];
    if (value === undefined || sameData(known, value)) continue;
    if (known === undefined) all[key] = value;
    else if (isData(known) && isData(value)) all[key] = merged(known, value, joinPath(path, key), from, report);
    else complain(report, 'facts/two-values', joinPath(path, key), { expected: 'one value', got: [known, value], fix: `${from.first} and ${from.second} differ: find out which one is of this cluster, and leave the other out` });
  }
  return all as T;
}

/** In the order in which definitions are written. */
export function inOrder({ issuer, signingAlgorithms, ...blocks }: ClusterFields): Data {
  const all: Data = { issuer, signingAlgorithms, ...blocks };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Whether the cluster has the field. */
export function has(fields: ClusterFields, [block, field]: readonly [keyof ClusterFields, string]): boolean {
  return dataOf(fields[block])[field] !== undefined;
}
