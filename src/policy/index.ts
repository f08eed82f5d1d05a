/**
 * A policy pack for Pulumi that proves, at every preview and update, who may become whom by the resources of the stack.
 *
 * @module symbolon/policy
 */
export { symbolonPolicies } from './policies';
export type { EnforcementLevel, PolicyCluster, PolicyOptions } from './input';
export type { ReportViolation, ResourcePolicy, StackPolicy, StackPolicies, StackResource, StackView } from './pack';
