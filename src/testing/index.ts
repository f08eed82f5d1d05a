/**
 * For infrastructure repositories with tests: both halves as data that makes small, stable snapshots, the proof, matchers for jest and vitest,
 * tokens as the kubelet would project them, and mocks for Pulumi programs.
 *
 * ```ts
 * import { halvesOf, symbolonMatchers, symbolonSerializer, workloadIn } from 'symbolon/testing';
 *
 * expect.extend(symbolonMatchers);
 * expect.addSnapshotSerializer(symbolonSerializer);
 *
 * test('checkout is let in, and nobody else', () => {
 *   const halves = halvesOf(checkout, { workloads: [deployment] });
 *   expect(workloadIn(halves, 'Deployment shop/checkout')).toBecome('arn:aws:iam::111122223333:role/checkout');
 *   expect(halves).toLetInNobodyElse();
 *   expect(halves).toMatchSnapshot();
 * });
 * ```
 *
 * @module symbolon/testing
 */
export { halvesOf } from './halves';
export { workloadIn } from './workload';
export { symbolonMatchers } from './matchers';
export { mintToken } from './token/mint';
export { symbolonMocks } from './mocks';
export { symbolonSerializer } from './serializer';
export { prove } from '../proof/prove';

export type { HalvesOptions } from './halves';
export type { ArtifactWorkload, WorkloadInOptions } from './workload';
export type { SymbolonMatchers } from './matchers';
export type { MatcherContext, MatcherResult } from './matchers/answer';
export type { NobodyElseOptions } from './matchers/nobody-else';
export type { SymbolonMocks } from './mocks';
export type { MockedArtifactsOptions, MockedCluster } from './mocks/clusters';
export type { MockedRequest, MocksOptions } from './mocks/options';
export type { MockedPlaces } from './mocks/providers';
export type { MockedResource } from '../providers/mocked';
export type { MintOptions, MintedToken } from './token/mint';
export type { BoundObject, PodTokenClaims } from './token/claims';
export type { DiscoveryDocument, IssuerDocuments } from '../issuer/documents';
export type { Artifacts, ClusterArtifact, TrustArtifact } from '../proof/artifacts';
export type { Proof, Stranger, TokenReport, Verdict } from '../proof/verdict';
