/**
 * The cloud half, or both halves, in Pulumi programs.
 *
 * @module symbolon/pulumi
 */
import './peers';

export { InvalidArgsError } from './invalid-args';
export { TrustAnchors } from './trust-anchors';
export { WorkloadIdentity } from './workload-identity';

export type { AnchorArgs, AnchorsIn, TrustAnchorsArgs } from './anchor-args';
export type { BindingArgs, ClusterArgs, FactArgs, Halves, WorkloadIdentityArgs } from './args';
export type { StackFacts } from './facts';
export type { WorkloadChoice, WorkloadSelector } from '../identity/workload-choice';
export type { IdentityOnCluster, TransformOptions } from './on-cluster';
export type { Mutable, Pending } from './pending';
