/**
 * Kubernetes workload identity: both halves from one definition, and the proof that they fit.
 *
 * @module symbolon
 */
export { defineCluster } from './identity/define-cluster';
export { checkWorkloadIdentity, defineWorkloadIdentity } from './identity/define';
export { isClusterDefinition, isWorkloadIdentityDefinition } from './identity/definition';
export { planWorkloadIdentities } from './identity/plan';
export { readFacts } from './identity/read-facts';
export { inject } from './identity/inject';
export { prove } from './proof/prove';
export {
  InputError, InvalidDefinitionError, InvalidFactsError, InvariantError, MissingFactError, MissingPeerError, SymbolonError, isSymbolonError,
} from './core/errors';

export type { ErrorCode, MissingFact } from './core/errors';
export type { Claims, Subject } from './core/claims';
export type { Issue, Severity } from './core/issues';
export type { AckInput, AksInput, ClusterDefinition, ClusterInput, EksInput, GkeInput, InjectionMode, VaultClusterInput, VaultKeys, VaultReviewer } from './platforms/cluster';
export type { BindingDefinition, ServiceAccountDefinition, TokenDefinition, WorkloadIdentityDefinition } from './identity/definition';
export type {
  BindingInput, DefinitionFile, IdentityFields, IdentityInFile, RbacRuleInput, ServiceAccountInput, TokenInput, TrustedByInput, WorkloadIdentityInput,
} from './identity/input';
export type { BindingFacts, Facts } from './identity/facts';
export type { Plan, PlannedCluster, PlannedEdge, PlannedInjection, TrustDocument } from './identity/plan';
export type { BindingCommon, BindingHead, FactReference, ValueOrFact } from './providers/binding';
export type { AlibabaBinding, AlibabaBindingFields, AlibabaOptIn, AlibabaPolicy, AlibabaPolicyDocument, AlibabaPolicyStatement, AlibabaPolicyType } from './providers/alibaba/binding';
export type { AwsBinding, AwsBindingFields, AwsMechanism, AwsPolicyDocument, AwsPolicyStatement } from './providers/aws/binding';
export type { AzureBinding, AzureBindingFields, AzureCloud, AzureMechanism, AzureRoleAssignment } from './providers/azure/binding';
export type { GcpBinding, GcpBindingFields, GcpGrant, GcpMechanism } from './providers/gcp/binding';
export type { VaultAlias, VaultBinding, VaultBindingFields, VaultMechanism, VaultUnsafeGlobs } from './providers/vault/binding';
export type { Artifacts, ClusterArtifact, TrustArtifact } from './proof/artifacts';
export type { Proof, Stranger, TokenReport, Verdict } from './proof/verdict';
export type { Deferrable, Deferred, FactLookup, Settled } from './core/deferred';
export type { ProviderId } from './providers';
export type { DownwardItem, KubernetesObject, ObjectMeta, ProjectedSource, ProjectedVolume, StringMap, TokenProjection } from './kubernetes/manifest';
export type { InjectedEnv, InjectedMount, PodInjection, PodRule, Reach } from './kubernetes/injection';
