/**
 * Kubernetes workload identity: both halves from one definition, and the proof that they fit.
 *
 * @module symbolon
 */
export { defineCluster } from './identity/define-cluster';
export {
  admissionPolicies, checkApiServerFlags, checkProjectedTokens, checkWorkloadIdentity, comparePlans, defineProjectedTokens, defineWorkloadIdentity, inject,
  organizationPolicies, planWorkloadIdentities, readFacts,
} from './late';
export { isClusterDefinition, isProjectedTokensDefinition, isWorkloadIdentityDefinition } from './identity/definition';
export { TOKEN_LIFETIMES } from './kubernetes/projected-token';
export { ApiResource } from './kubernetes/api-resources';
export { prove } from './proof/prove';
export { issuerDocuments } from './issuer';
export { apiServerFlags } from './issuer/flags';
export { checkIssuerState, issuerChange } from './issuer/change';
export { alertRules, prometheusRule } from './kubernetes/alerts';
export { awsPolicies } from './providers/aws/policies';
export { authenticationConfiguration } from './providers/jwt/api-server';
export { istioPolicies } from './providers/jwt/istio';
export { tokenVerifier } from './providers/jwt/verifier';
export { SymbolonValidation } from './validation';
export {
  InputError, InvalidDefinitionError, InvalidFactsError, InvariantError, MissingFactError, MissingPeerError, SymbolonError, isSymbolonError,
} from './core/errors';

export type { ValidationContext, ValidationProperties, ValidationReport, ValidationViolation } from './validation';
export type { ErrorCode, MissingFact } from './core/errors';
export type { Claims, Subject } from './core/claims';
export type { Issue, Severity } from './core/issues';
export type {
  AckInput, AksInput, ClusterDefinition, ClusterInput, EksInput, FleetInput, GcpPoolExisting, GcpPoolInput, GkeInput, InjectionMode, JwtClusterInput,
  SigningAlgorithm, VaultClusterInput, VaultKeys, VaultReviewer,
} from './platforms/cluster';
export type {
  BindingDefinition, ProjectedTokensDefinition, ServiceAccountDefinition, TokenDefinition, VolumeDefinition, WorkloadIdentityDefinition,
} from './identity/definition';
export type {
  BindingInput, DefinitionFile, IdentityFields, IdentityInFile, ServiceAccountInput, TokenInput, TrustedByInput, VolumeInput,
  WorkloadIdentityInput,
} from './identity/input';
export type { ProjectedTokensInput, TokenFields, VolumeFields } from './identity/projected-input';
export type { ApiResourceName, ApiResourceReference } from './kubernetes/api-resources';
export type {
  ApiResourceInput, RbacAllowInput, RbacClusterRoleInput, RbacInput, RbacNodesMayRequestInput, RbacReadInput, RbacReadWriteInput, RbacRequestTokensInput,
  RbacReviewTokensInput, RbacRoleInput, RbacRuleInput, RbacScope, RbacTokensRequestedByInput, RbacUrlInput, RbacVerb, UrlVerb,
} from './kubernetes/rbac-input';
export type { BindingFacts, Facts } from './identity/facts';
export type { FieldDifference, PlanDifference } from './identity/compare-plans';
export type { Plan, PlannedCluster, PlannedEdge, PlannedInjection, TrustDocument } from './identity/plan';
export type { BindingCommon, BindingHead, FactReference, ValueOrFact } from './providers/binding';
export type { AlibabaBinding, AlibabaBindingFields, AlibabaOptIn, AlibabaPolicy, AlibabaPolicyDocument, AlibabaPolicyStatement, AlibabaPolicyType } from './providers/alibaba/binding';
export type {
  AwsBinding, AwsBindingFields, AwsConditions, AwsMechanism, AwsPodIdentityFields, AwsPolicyDocument, AwsPolicyStatement, AwsUnsafeChoice, AwsUnsafeSubjects,
} from './providers/aws/binding';
export type {
  AwsClusterScope, AwsPartitionScope, AwsPolicies, CertManagerDns01Scope, EbsCsiScope, EfsCsiScope, ExternalDnsScope, ExternalSecretsScope,
  KarpenterControllerScope, LoadBalancerControllerScope,
} from './providers/aws/policies';
export type { AzureBinding, AzureBindingFields, AzureCloud, AzureExpirationOn, AzureLayout, AzureMechanism, AzureRoleAssignment } from './providers/azure/binding';
export type { GcpBinding, GcpBindingFields, GcpBreadth, GcpGrant, GcpMechanism, GcpUnsafeMembers } from './providers/gcp/binding';
export type { JwtBinding, JwtBindingFields, JwtMechanism } from './providers/jwt/binding';
export type { ApiServerCallers, AuthenticationConfiguration } from './providers/jwt/api-server';
export type { IstioPlace } from './providers/jwt/istio';
export type { TokenVerifier, TrustedCallers } from './providers/jwt/trust';
export type { VerifierSource } from './providers/jwt/verifier';
export type { VaultAlias, VaultBinding, VaultBindingFields, VaultMechanism, VaultUnsafeGlobs } from './providers/vault/binding';
export type { DiscoveryDocument, IssuerDocuments, IssuerFile } from './issuer/documents';
export type { ApiServerFlag } from './core/api-server-flag';
export type { ApiServerIssuer, IssuerFlags } from './issuer/flags';
export type { IssuerChange, IssuerState, IssuerStep } from './issuer/change';
export type { IssuerInput, PublicJwk } from './issuer/input';
export type { SigningKey } from './issuer/keys';
export type { Artifacts, ClusterArtifact, TrustArtifact } from './proof/artifacts';
export type { Proof, Stranger, TokenReport, Verdict } from './proof/verdict';
export type { Deferrable, Deferred, FactLookup, Settled } from './core/deferred';
export type { ProviderId } from './providers';
export type { DownwardItem, KeysProjection, KubernetesObject, ObjectMeta, ProjectedSource, ProjectedVolume, StringMap, TokenProjection } from './kubernetes/manifest';
export type { InjectedEnv, InjectedMount, PodCondition, PodInjection, PodParts, PodRule, Reach } from './kubernetes/injection';
export type {
  ContainerResourceInput, DownwardFileInput, DownwardSourceInput, KeyToFileInput, KeysSourceInput, LabelOperator, LabelRequirementInput, LabelSelectorInput,
  PodCertificateKeyType, PodCertificateSourceInput, PodFieldInput, TokenLifetime, TrustBundleSourceInput, VolumeSourceInput,
} from './kubernetes/volume-input';
export type { OrganizationOptions } from './identity/organization';
export type { OrganizationPolicy } from './providers/organization';
export type { AdmissionOptions } from './identity/admission';
export type { AdmissionAction, AdmittedPods, TokenAllowance } from './kubernetes/admission/input';
export type { ApiServerFlagMap, ApiServerFlags, KubeadmArgument, KubeadmClusterConfiguration } from './kubernetes/api-server/input';
export type { AlertName, AlertOptions, AlertRule, PrometheusRules } from './kubernetes/alerts/input';
export type { PrometheusRuleMetadata } from './kubernetes/alerts';
