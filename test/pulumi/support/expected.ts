/** What Pulumi's SDKs take for each document of a plan. Written from their documentation, apart from the code that makes it. */
import type { Plan, TrustDocument } from 'symbolon';

/** A resource by its type and inputs, JSON text as data. */
export interface Expected {
  readonly type: string;
  readonly inputs: { readonly [key: string]: unknown };
}

interface Member {
  readonly resource: string;
  readonly role: string;
  readonly member: string;
}

interface Role {
  readonly RoleName: string;
  readonly [field: string]: unknown;
}

/** The pieces of a resource id: `…/resourceGroups/shop/…` */
const piece = (name: string, collection: string): string => new RegExp(`(?:^|/)${collection}/([^/]+)`).exec(name)?.[1] ?? '';

interface RamRole {
  readonly RoleName: string;
  readonly [field: string]: unknown;
}

type VaultRequest = { readonly [field: string]: unknown };

/** `vault.example.com/team-a/auth/kubernetes/role/checkout`, in pieces. */
function vaultPlace(name: string, mount: 'path' | 'backend'): { readonly [input: string]: string | undefined } {
  const [, namespace, path, role] = /^[^/]+\/(?:(.+)\/)?auth\/(.+?)(?:\/role\/(.+)|\/config)?$/.exec(name) ?? [];
  return { namespace, [mount]: path, roleName: role };
}

const ROWS: { readonly [kind: string]: (request: never, name: string) => Expected } = {
  'iam.OpenIDConnectProvider': ({ Url, ClientIDList }: { Url: string; ClientIDList: string[] }) => ({ type: 'aws:iam/openIdConnectProvider:OpenIdConnectProvider', inputs: { url: Url, clientIdLists: ClientIDList } }),
  'iam.Role': ({ RoleName, Path, AssumeRolePolicyDocument, Description, MaxSessionDuration, PermissionsBoundary, Tags }: Role) => ({
    type: 'aws:iam/role:Role',
    inputs: {
      name: RoleName,
      path: Path,
      assumeRolePolicy: AssumeRolePolicyDocument,
      description: Description,
      maxSessionDuration: MaxSessionDuration,
      permissionsBoundary: PermissionsBoundary,
      tags: Tags && Object.fromEntries((Tags as { Key: string; Value: string }[]).map(tag => [tag.Key, tag.Value])),
    },
  }),
  'iam.RolePolicyAttachment': ({ RoleName, PolicyArn }: Role) => ({ type: 'aws:iam/rolePolicyAttachment:RolePolicyAttachment', inputs: { role: RoleName, policyArn: PolicyArn } }),
  'iam.RolePolicy': ({ RoleName, PolicyName, PolicyDocument }: Role) => ({ type: 'aws:iam/rolePolicy:RolePolicy', inputs: { role: RoleName, name: PolicyName, policy: PolicyDocument } }),
  'eks.PodIdentityAssociation': ({ policy, ...request }: { policy?: object }, name) => ({
    type: 'aws:eks/podIdentityAssociation:PodIdentityAssociation', inputs: { ...request, policy, region: name.split(':')[3] },
  }),
  'ims.OIDCProvider': ({ OIDCProviderName, IssuerUrl, ClientIds }: { OIDCProviderName: string; IssuerUrl: string; ClientIds: string[] }) => ({
    type: 'alicloud:ims/oidcProvider:OidcProvider', inputs: { oidcProviderName: OIDCProviderName, issuerUrl: IssuerUrl, clientIds: ClientIds },
  }),
  'ram.Role': ({ RoleName, AssumeRolePolicyDocument, Description, MaxSessionDuration }: RamRole) => ({
    type: 'alicloud:ram/role:Role', inputs: { roleName: RoleName, assumeRolePolicyDocument: AssumeRolePolicyDocument, description: Description, maxSessionDuration: MaxSessionDuration },
  }),
  'ram.Policy': ({ PolicyName, PolicyDocument }: { PolicyName: string; PolicyDocument: object }) => ({ type: 'alicloud:ram/policy:Policy', inputs: { policyName: PolicyName, policyDocument: PolicyDocument } }),
  'ram.RolePolicyAttachment': ({ RoleName, PolicyName, PolicyType }: RamRole) => ({ type: 'alicloud:ram/rolePolicyAttachment:RolePolicyAttachment', inputs: { roleName: RoleName, policyName: PolicyName, policyType: PolicyType } }),
  'kubernetes.AuthMount': ({ type }: { type: string }, name) => ({ type: 'vault:index/authBackend:AuthBackend', inputs: { type, ...vaultPlace(name, 'path') } }),
  'kubernetes.Config': ({ kubernetes_host, kubernetes_ca_cert, disable_local_ca_jwt }: VaultRequest, name) => ({
    type: 'vault:kubernetes/authBackendConfig:AuthBackendConfig',
    inputs: { ...vaultPlace(name, 'backend'), kubernetesHost: kubernetes_host, kubernetesCaCert: kubernetes_ca_cert, disableLocalCaJwt: disable_local_ca_jwt },
  }),
  'jwt.AuthMount': ({ type, config }: { type: string; config: VaultRequest }, name) => ({
    type: 'vault:jwt/authBackend:AuthBackend',
    inputs: { type, ...vaultPlace(name, 'path'), oidcDiscoveryUrl: config.oidc_discovery_url, jwksUrl: config.jwks_url, jwtValidationPubkeys: config.jwt_validation_pubkeys, boundIssuer: config.bound_issuer, jwtSupportedAlgs: config.jwt_supported_algs },
  }),
  'kubernetes.Role': ({ bound_service_account_names, bound_service_account_namespaces, audience, alias_name_source, token_policies, token_ttl, token_max_ttl }: VaultRequest, name) => ({
    type: 'vault:kubernetes/authBackendRole:AuthBackendRole',
    inputs: {
      ...vaultPlace(name, 'backend'),
      boundServiceAccountNames: bound_service_account_names,
      boundServiceAccountNamespaces: bound_service_account_namespaces,
      audience,
      aliasNameSource: alias_name_source,
      tokenPolicies: token_policies,
      tokenTtl: token_ttl,
      tokenMaxTtl: token_max_ttl,
    },
  }),
  'jwt.Role': ({ bound_claims, ...role }: VaultRequest & { bound_claims: { iss: string; sub?: string[] } }, name) => ({
    type: 'vault:jwt/authBackendRole:AuthBackendRole',
    inputs: {
      ...vaultPlace(name, 'backend'),
      roleType: role.role_type,
      userClaim: role.user_claim,
      userClaimJsonPointer: role.user_claim_json_pointer,
      boundAudiences: role.bound_audiences,
      boundSubject: role.bound_subject,
      boundClaimsType: role.bound_claims_type,
      boundClaims: { iss: bound_claims.iss, sub: bound_claims.sub?.join(',') },
      tokenPolicies: role.token_policies,
      tokenTtl: role.token_ttl,
      tokenMaxTtl: role.token_max_ttl,
    },
  }),
  'managedidentity.UserAssignedIdentity': ({ location, tags }: { location: string; tags?: object }, name) => ({
    type: 'azure-native:managedidentity:UserAssignedIdentity',
    inputs: { resourceGroupName: piece(name, 'resourceGroups'), resourceName: piece(name, 'userAssignedIdentities'), location, tags },
  }),
  'managedidentity.FederatedIdentityCredential': ({ properties }: { properties: object }, name) => ({
    type: 'azure-native:managedidentity:FederatedIdentityCredential',
    inputs: {
      resourceGroupName: piece(name, 'resourceGroups'),
      resourceName: piece(name, 'userAssignedIdentities'),
      federatedIdentityCredentialResourceName: piece(name, 'federatedIdentityCredentials'),
      ...properties,
    },
  }),
  'containerservice.IdentityBinding': ({ properties }: { properties: object }, name) => ({
    type: 'azure-native:containerservice:IdentityBinding',
    inputs: { resourceGroupName: piece(name, 'resourceGroups'), resourceName: piece(name, 'managedClusters'), identityBindingName: piece(name, 'identityBindings'), properties },
  }),
  'graph.Application': ({ displayName }: { displayName: string }) => ({ type: 'azuread:index/application:Application', inputs: { displayName } }),
  'graph.ServicePrincipal': ({ appId }: { appId: string }) => ({ type: 'azuread:index/servicePrincipal:ServicePrincipal', inputs: { clientId: appId } }),
  'graph.FederatedIdentityCredential': ({ name: displayName, ...request }: { name: string }, name) => ({
    type: 'azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential',
    inputs: { applicationId: `/applications/${piece(name, 'applications')}`, displayName, ...request },
  }),
  'authorization.RoleAssignment': ({ properties }: { properties: object }, name) => ({
    type: 'azure-native:authorization:RoleAssignment',
    inputs: { scope: name.slice(0, name.indexOf('/providers/Microsoft.Authorization/roleAssignments/')), roleAssignmentName: piece(name, 'roleAssignments'), ...properties },
  }),
  'iam.WorkloadIdentityPool': ({ workloadIdentityPoolId }: { workloadIdentityPoolId: string }, name) => ({
    type: 'gcp:iam/workloadIdentityPool:WorkloadIdentityPool', inputs: { project: piece(name, 'projects'), workloadIdentityPoolId },
  }),
  'iam.WorkloadIdentityPoolProvider': ({ workloadIdentityPoolProviderId, workloadIdentityPoolProvider }: { workloadIdentityPoolProviderId: string; workloadIdentityPoolProvider: object }, name) => ({
    type: 'gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider',
    inputs: { project: piece(name, 'projects'), workloadIdentityPoolId: piece(name, 'workloadIdentityPools'), workloadIdentityPoolProviderId, ...workloadIdentityPoolProvider },
  }),
  'iam.ServiceAccount': ({ accountId, serviceAccount }: { accountId: string; serviceAccount: { displayName: string } }, name) => ({
    type: 'gcp:serviceaccount/account:Account', inputs: { accountId, displayName: serviceAccount.displayName, project: piece(name, 'projects') },
  }),
  'iam.ServiceAccountMember': ({ resource, role, member }: Member) => ({ type: 'gcp:serviceaccount/iAMMember:IAMMember', inputs: { serviceAccountId: resource, role, member } }),
  'cloudresourcemanager.ProjectMember': ({ resource, role, member }: Member) => ({ type: 'gcp:projects/iAMMember:IAMMember', inputs: { project: piece(resource, 'projects'), role, member } }),
  'storage.BucketMember': ({ resource, role, member }: Member) => ({ type: 'gcp:storage/bucketIAMMember:BucketIAMMember', inputs: { bucket: piece(resource, 'b'), role, member } }),
  'secretmanager.SecretMember': ({ resource, role, member }: Member) => ({
    type: 'gcp:secretmanager/secretIamMember:SecretIamMember', inputs: { project: piece(resource, 'projects'), secretId: piece(resource, 'secrets'), role, member },
  }),
  'pubsub.TopicMember': ({ resource, role, member }: Member) => ({
    type: 'gcp:pubsub/topicIAMMember:TopicIAMMember', inputs: { project: piece(resource, 'projects'), topic: piece(resource, 'topics'), role, member },
  }),
};

const KUBERNETES: { readonly [apiVersion: string]: string } = { 'v1': 'core/v1', 'rbac.authorization.k8s.io/v1': 'rbac.authorization.k8s.io/v1' };

/** Every kind of document that is known here. */
export const KINDS = Object.keys(ROWS);

export function expectedOf({ kind, name, request }: TrustDocument): Expected {
  const row = ROWS[kind];
  if (row === undefined) throw new TypeError(`no row for ${kind}`);
  return row(request as never, name);
}

/** Kinds that no cloud takes: a program shows them, and makes nothing of them. */
const SHOWN: readonly string[] = ['jwt.Verifier'];

/** The resources of both halves. */
export function expectedOfPlan(plan: Plan): readonly Expected[] {
  return [
    ...plan.trust.filter(({ kind }) => !SHOWN.includes(kind)).map(expectedOf),
    ...plan.clusters.flatMap(({ objects }) => objects.map(object => ({ type: `kubernetes:${KUBERNETES[object.apiVersion] ?? ''}:${object.kind}`, inputs: object }))),
  ];
}

/** The same, whatever the order: JSON text becomes data, keys are sorted, what is undefined is left out. */
export function canonical({ type, inputs }: Expected): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value === 'string' && value.startsWith('{"Version"')) return sorted(JSON.parse(value));
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value).filter(([, field]) => field !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(fields.map(([key, field]) => [key, sorted(field)]));
  };
  return JSON.stringify([type, sorted(inputs)]);
}
