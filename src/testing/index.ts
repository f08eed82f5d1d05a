/**
 * For infrastructure repositories with tests: both halves as data that makes small, stable snapshots, and the proof.
 *
 * ```ts
 * import { halvesOf, prove } from 'symbolon/testing';
 *
 * test('checkout is let in, and nobody else', () => {
 *   expect(prove(halvesOf(checkout))).toMatchObject({ holds: true, strangers: [] });
 * });
 * ```
 *
 * @module symbolon/testing
 */
export { halvesOf } from './halves';
export { prove } from '../proof/prove';

export type { HalvesOptions } from './halves';
export type { Artifacts, ClusterArtifact, TrustArtifact } from '../proof/artifacts';
export type { Proof, Stranger, TokenReport, Verdict } from '../proof/verdict';
