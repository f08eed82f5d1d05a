/**
 * The cloud half, or both halves, in Pulumi programs.
 *
 * @module symbolon/pulumi
 */
import './peers';

export { InvalidArgsError } from './invalid-args';
export { projectedTokens } from './projected-tokens';
export { PublishedIssuer } from './published-issuer';
export { TrustAnchors } from './trust-anchors';
export { WorkloadIdentity } from './workload-identity';

export type { AnchorArgs, AnchorsIn, TrustAnchorsArgs } from './anchor-args';
export type { BindingArgs, ClusterArgs, FactArgs, Halves, WorkloadIdentityArgs } from './args';
export type { StackFacts } from './facts';
export type { WorkloadChoice, WorkloadSelector } from '../identity/workload-choice';
export type { IdentityOnCluster, TransformOptions } from './on-cluster';
export type { Mutable, Pending } from './pending';
export type { ProjectedTokens, TransformTokensOptions } from './projected-tokens';
export type { Verifiers } from './verifiers';
export type { IssuerStores, PublishedIssuerArgs } from './published-issuer';
export type { BlobStore } from '../providers/azure/publish';
export type { GcsStore } from '../providers/gcp/publish';
export type { S3Store } from '../providers/aws/publish';
