/**
 * What the clouds' own command lines would print of requests: written from their documentation, apart from the readers, so that a
 * mistake of one cannot hide in the other.
 */
import { createHash } from 'node:crypto';
import type { EvidenceDocument } from '../../src/evidence';
import type { ClusterArtifact, TrustArtifact } from '../../src/proof/artifacts';

type Printed = Pick<EvidenceDocument, 'value' | 'of' | 'cluster'>;
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Fields = { readonly [field: string]: any };

const guid = (text: string): string => createHash('sha256').update(text).digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
const DATE = '2026-03-01T09:30:00+00:00';

/** All requests, in the order of the plan, but for policies, which print what they belong to as one. */
export function printTrust(trust: readonly TrustArtifact[]): readonly Printed[] {
  const alone = trust.flatMap((document, i) => ONE[document.kind]?.(document, document.request as Fields, trust, i) ?? []);
  return [...alone, ...policies(trust), ...registrations(trust)];
}

type Printer = (document: TrustArtifact, request: Fields, trust: readonly TrustArtifact[], i: number) => Printed | readonly Printed[];

const ONE: { readonly [kind: string]: Printer } = {
  'iam.Role': ({ name }, { RoleName, Path, AssumeRolePolicyDocument: policy }, _trust, i) => {
    const role = { Path, RoleName, RoleId: 'AROAEXAMPLE', Arn: name, CreateDate: DATE, AssumeRolePolicyDocument: i % 2 === 0 ? policy : encodeURIComponent(JSON.stringify(policy)), MaxSessionDuration: 3600 };
    const details = { ...role, InstanceProfileList: [], RolePolicyList: [], AttachedManagedPolicies: [] };
    const commands = [{ Role: { ...role, RoleLastUsed: {} } }, { Roles: [role] }, { RoleDetailList: [details], UserDetailList: [] }];
    return { value: commands[i % 3] };
  },
  'iam.OpenIDConnectProvider': ({ name }, { Url, ClientIDList }, trust) => {
    const path = Url.slice('https://'.length);
    const arns = new Set(JSON.stringify(trust.filter(({ kind }) => kind === 'iam.Role')).match(/arn:[^"]*:oidc-provider\/[^"]*/g)?.filter(arn => arn.endsWith(`:oidc-provider/${path}`)));
    return { value: { Url: path, ClientIDList, ThumbprintList: ['9e99a48a9960b14926bb7f3b02e22da2b0ab7280'], CreateDate: DATE, Tags: [] }, ...(!(arns.size === 1 && arns.has(name)) && { of: name }) };
  },
  'eks.PodIdentityAssociation': ({ name }, request) => {
    const [, home, cluster] = /^(arn:[^ ]*):cluster\/(\S+) /.exec(name) ?? [];
    const id = `a-${guid(name).slice(0, 12)}`;
    return { value: { association: { ...request, associationArn: `${home}:podidentityassociation/${cluster}/${id}`, associationId: id, createdAt: DATE, modifiedAt: DATE, disableSessionTags: request.disableSessionTags === true } } };
  },
  'managedidentity.FederatedIdentityCredential': ({ name, becomes }, { properties }) => {
    const id = whole(name);
    const identity = id.split('/federatedIdentityCredentials/')[0] as string;
    return [
      { value: { id: identity.replace('/resourceGroups/', '/resourcegroups/'), clientId: becomes, principalId: guid(identity), tenantId: null, location: 'westeurope', name: identity.split('/').pop(), resourceGroup: 'shop', tags: {}, type: 'Microsoft.ManagedIdentity/userAssignedIdentities' } },
      { value: { ...properties, id, name: id.split('/').pop(), resourceGroup: 'shop', systemData: null, type: 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials' } },
    ];
  },
  'containerservice.IdentityBinding': ({ name, becomes }, { properties: { managedIdentity } }) => ({
    value: { id: name, name: name.split('/').pop(), type: 'Microsoft.ContainerService/managedClusters/identityBindings', properties: { managedIdentity: { ...managedIdentity, clientId: becomes, objectId: guid(name), tenantId: guid('tenant') }, oidcIssuer: { oidcIssuerUrl: 'https://ib.oic.prod-aks.azure.com/0/1' }, provisioningState: 'Succeeded' } },
  }),
  'graph.FederatedIdentityCredential': ({ name }, request, _trust, i) => {
    const holder = name.split('/')[2] as string;
    const value = { audiences: request.audiences, description: null, id: guid(name), issuer: request.issuer, name: request.name, subject: request.subject };
    return i % 2 === 0 ? { value, of: holder } : { value: { '@odata.context': `https://graph.microsoft.com/v1.0/$metadata#applications('${holder}')/federatedIdentityCredentials/$entity`, ...value } };
  },
  'iam.WorkloadIdentityPool': ({ name }) => ({ value: { name, displayName: '', state: 'ACTIVE' } }),
  'iam.WorkloadIdentityPoolProvider': ({ name }, { workloadIdentityPoolProvider: provider }) => {
    const { allowedAudiences, ...oidc } = provider.oidc;
    return { value: { name, ...provider, oidc: { ...oidc, ...(allowedAudiences.length > 0 && { allowedAudiences }) }, state: 'ACTIVE' } };
  },
  'iam.ServiceAccount': ({ name }, { serviceAccount }) => ({ value: { name, email: name.split('/').pop(), projectId: name.split('/')[1], displayName: serviceAccount.displayName, uniqueId: '104872345678901234567', oauth2ClientId: '104872345678901234567', etag: 'MDEwMjE5MjA=' } }),
  'ram.Role': ({ name }, { RoleName, AssumeRolePolicyDocument: policy }) => ({ value: { RequestId: guid(name), Role: { Arn: name, RoleName, RoleId: '300000000000000000', CreateDate: DATE, UpdateDate: DATE, MaxSessionDuration: 3600, AssumeRolePolicyDocument: JSON.stringify(policy, null, '\t') } } }),
  'ims.OIDCProvider': ({ name }, { OIDCProviderName, IssuerUrl, ClientIds }, _trust, i) => {
    const one = { Arn: name, OIDCProviderName, IssuerUrl, ClientIds: ClientIds.join(','), Fingerprints: '902ef2deeb3c5b13ea4c3d5193629309e231ae55', IssuanceLimitTime: 12, GmtCreate: 1636613763000, Description: '' };
    const RequestId = guid(name);
    return { value: i % 2 === 0 ? { RequestId, OIDCProvider: one } : { RequestId, IsTruncated: false, OIDCProviders: { OIDCProvider: [one] } } };
  },
  'kubernetes.Role': ({ name }, request) => read({ bound_service_account_namespace_selector: '', token_bound_cidrs: [], token_explicit_max_ttl: 0, token_max_ttl: 0, token_period: 0, token_policies: [], token_ttl: 0, token_type: 'default', ...request }, name),
  'jwt.Role': ({ name }, request) => read({
    allowed_redirect_uris: null,
    bound_claims: null,
    bound_subject: '',
    claim_mappings: null,
    clock_skew_leeway: 0,
    expiration_leeway: 0,
    groups_claim: '',
    not_before_leeway: 0,
    oidc_scopes: null,
    user_claim_json_pointer: false,
    verbose_oidc_logging: false,
    max_age: 0,
    token_policies: [],
    token_ttl: 0,
    ...request,
  }, `https://${name.replace('/', '/v1/')}`),
  'kubernetes.Config': ({ name, cluster }, request) => ({ ...read({ disable_iss_validation: true, issuer: '', kubernetes_ca_cert: '', pem_keys: [], token_reviewer_jwt_set: true, ...request }, name), ...(cluster !== undefined && { cluster }) }),
  'kubernetes.AuthMount': ({ name }) => {
    const [server, path] = name.split('/auth/');
    return { value: { [`${path}/`]: { accessor: 'auth_kubernetes_1a2b3c', type: 'kubernetes', description: '', local: false, config: { default_lease_ttl: 0 } }, 'token/': { accessor: 'auth_token_4d5e6f', type: 'token' } }, of: server as string };
  },
  'jwt.AuthMount': ({ name }, { config }) => read({ bound_issuer: '', default_role: '', jwks_ca_pem: '', jwks_url: '', jwt_supported_algs: [], jwt_validation_pubkeys: [], oidc_client_id: '', oidc_discovery_ca_pem: '', oidc_discovery_url: '', provider_config: {}, ...config }, `${name}/config`),
  'jwt.Verifier': document => ({ value: { documents: [document] } }),
};

function read(data: Fields, of: string): Printed {
  return { value: { request_id: guid(of), lease_id: '', lease_duration: 0, renewable: false, data, warnings: null, mount_type: 'kubernetes' }, of };
}

/** Symbolon leaves out the subscription where nobody says it; Azure does not. */
function whole(id: string): string {
  return id.startsWith('/subscriptions/') ? id : `/subscriptions/${guid('subscription')}/${id}`;
}

/** All that is granted on one resource is one policy; a role has its members together. */
function policies(trust: readonly TrustArtifact[]): readonly Printed[] {
  const resources = new Map<string, Map<string, string[]>>();
  for (const { kind, request } of trust) {
    if (!/^(iam\.ServiceAccount|cloudresourcemanager\.Project|storage\.Bucket|secretmanager\.Secret|pubsub\.Topic)Member$/.test(kind)) continue;
    const { resource, role, member } = request as Fields;
    const roles = resources.get(resource) ?? new Map<string, string[]>();
    resources.set(resource, roles.set(role, [...roles.get(role) ?? [], member]));
  }
  return [...resources].map(([resource, roles]) => ({
    value: { bindings: [...roles].map(([role, members]) => ({ members, role })), etag: 'BwXhqDvPZw0=', version: 1 },
    of: resource.replace(/^b\//, 'gs://'),
  }));
}

/** An application is printed once, whatever the number of its credentials. */
function registrations(trust: readonly TrustArtifact[]): readonly Printed[] {
  const clients = new Map(trust.filter(({ kind }) => kind === 'graph.FederatedIdentityCredential').map(({ name, becomes }) => [name.split('/')[2] as string, becomes]));
  return [...clients].map(([id, appId]) => ({ value: { appId, id, displayName: 'shop', identifierUris: [], signInAudience: 'AzureADMyOrg' } }));
}

/** A cluster, as its cloud describes it, or as it describes itself. */
export function printCluster({ name: cluster, issuer, clusterArn, resourceId, workloadPool, ramProvider }: ClusterArtifact): readonly Printed[] {
  if (clusterArn !== undefined) return [{ value: { cluster: { name: clusterArn.split('/').pop(), arn: clusterArn, version: '1.34', identity: { oidc: { issuer } }, status: 'ACTIVE' } }, cluster }];
  if (resourceId !== undefined) return [{ value: { id: resourceId, name: resourceId.split('/').pop(), location: 'westeurope', oidcIssuerProfile: { enabled: true, issuerUrl: issuer } }, cluster }];
  if (ramProvider !== undefined) return [{ value: { cluster_id: 'c1', name: 'ack', region_id: 'cn-hangzhou', rrsa_config: { enabled: true, issuer: `${issuer},https://kubernetes.default.svc`, oidc_arn: ramProvider, oidc_name: ramProvider.split('/').pop() } }, cluster }];
  const [, project, location, name] = /^https:\/\/container\.googleapis\.com\/v1\/projects\/(.*)\/locations\/(.*)\/clusters\/(.*)$/.exec(issuer ?? '') ?? [];
  if (workloadPool !== undefined && name !== undefined) return [{ value: { name, location, selfLink: `https://container.googleapis.com/v1/projects/${project}/zones/${location}/clusters/${name}`, workloadIdentityConfig: { workloadPool } }, cluster }];
  return issuer === undefined ? [] : [{ value: { issuer, jwks_uri: 'https://10.0.0.1:6443/openid/v1/jwks', response_types_supported: ['id_token'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'] }, cluster }];
}
