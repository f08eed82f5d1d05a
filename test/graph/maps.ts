import fc from 'fast-check';
import { HOSTILE } from './hostile';
import { STATE_NAMES, type TrustEdge, type TrustMap, type TrustNode } from '../../src/graph/map';

/** Names of all kinds, and those that want to be something else. */
export const anyName: fc.Arbitrary<string> = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('checkout', 'shop'));

/** Maps of any shape that a map can have: everything leads from left to right. */
export const anyMap: fc.Arbitrary<TrustMap> = fc.record({
  names: fc.array(anyName, { minLength: 1, maxLength: 12 }),
  workloads: fc.nat(30),
  identities: fc.integer({ min: 1, max: 30 }),
  seed: fc.nat(1000),
}).map(({ names, workloads, identities, seed }) => {
  const name = (n: number): string => names[(n * 7 + seed) % names.length] as string;
  const state = (n: number): TrustEdge['state'] => STATE_NAMES[(n + seed) % STATE_NAMES.length];
  const nodes: TrustNode[] = [];
  const edges: TrustEdge[] = [];
  for (let i = 0; i < identities; i++) {
    nodes.push({ id: `i${i}`, kind: 'identity', label: name(i), provider: name(i % 3), notes: [] }, { id: `p${i}`, kind: 'permission', label: name(i + 1), provider: name(i % 3), notes: [] });
    if (i % 2 === 0) edges.push({ from: `i${i}`, to: `p${i}` });
    if (i % 4 !== 1) continue;
    nodes.push({ id: `s${i}`, kind: 'stranger', label: name(i + 2), provider: name(i % 3), notes: [name(i)] });
    edges.push({ from: `s${i}`, to: `i${i}`, state: 'over-broad', why: name(i) });
  }
  for (let i = 0; i < workloads; i++) {
    const home = { cluster: name(i % 2), namespace: name(i % 5) };
    nodes.push({ id: `w${i}`, kind: 'workload', label: name(i), ...home, notes: [name(i)] }, { id: `t${i}`, kind: 'token', label: name(i % 3), ...home, notes: [] });
    edges.push({ from: `w${i}`, to: `t${i}` });
    const said = state(i);
    edges.push({ from: `t${i}`, to: `i${i % identities}`, ...(said !== undefined && { state: said }), why: name(i + 3) });
  }
  return { nodes, edges, loose: names.slice(0, 2) };
});
