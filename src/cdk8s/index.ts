/**
 * The Kubernetes half in cdk8s apps.
 *
 * @module symbolon/cdk8s
 */
import './peers';

export { ProjectedTokens, type AttachTokensOptions } from './projected-tokens';
export { WorkloadIdentity } from './workload-identity';

export type { AttachOptions, WorkloadIdentityProps } from './workload-identity';
export type { WorkloadChoice, WorkloadSelector } from '../identity/workload-choice';
