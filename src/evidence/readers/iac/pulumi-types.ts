import { isData } from '../../../kubernetes/data';

/** Pulumi's providers are mostly Terraform's in other words. By module and name, without the file between them, and without a version of the API. */
const TYPES: { readonly [type: string]: string } = {
  'aws:iam:Role': 'aws_iam_role',
  'aws:iam:OpenIdConnectProvider': 'aws_iam_openid_connect_provider',
  'aws:iam:RolePolicyAttachment': 'aws_iam_role_policy_attachment',
  'aws:iam:RolePolicy': 'aws_iam_role_policy',
  'aws:eks:PodIdentityAssociation': 'aws_eks_pod_identity_association',
  'azure-native:managedidentity:FederatedIdentityCredential': 'azurerm_federated_identity_credential',
  'azure-native:managedidentity:UserAssignedIdentity': 'azurerm_user_assigned_identity',
  'azure-native:containerservice:IdentityBinding': 'azurerm_kubernetes_identity_binding',
  'azure-native:authorization:RoleAssignment': 'azurerm_role_assignment',
  'azure:authorization:Assignment': 'azurerm_role_assignment',
  'azure:armmsi:FederatedIdentityCredential': 'azurerm_federated_identity_credential',
  'azure:authorization:UserAssignedIdentity': 'azurerm_user_assigned_identity',
  'azuread:index:Application': 'azuread_application',
  'azuread:index:ApplicationRegistration': 'azuread_application',
  'azuread:index:ApplicationFederatedIdentityCredential': 'azuread_application_federated_identity_credential',
  'azuread:index:ApplicationFlexibleFederatedIdentityCredential': 'azuread_application_flexible_federated_identity_credential',
  'gcp:serviceaccount:Account': 'google_service_account',
  'gcp:iam:WorkloadIdentityPool': 'google_iam_workload_identity_pool',
  'gcp:iam:WorkloadIdentityPoolProvider': 'google_iam_workload_identity_pool_provider',
  'alicloud:ims:OidcProvider': 'alicloud_ims_oidc_provider',
  'alicloud:ram:Role': 'alicloud_ram_role',
  'alicloud:ram:RolePolicyAttachment': 'alicloud_ram_role_policy_attachment',
  'vault:index:AuthBackend': 'vault_auth_backend',
  'vault:kubernetes:AuthBackendConfig': 'vault_kubernetes_auth_backend_config',
  'vault:kubernetes:AuthBackendRole': 'vault_kubernetes_auth_backend_role',
  'vault:jwt:AuthBackend': 'vault_jwt_auth_backend',
  'vault:jwt:AuthBackendRole': 'vault_jwt_auth_backend_role',
  'vault:generic:Endpoint': 'vault_generic_endpoint',
  'aws-native:iam:Role': 'awscc_iam_role',
  'aws-native:iam:OidcProvider': 'awscc_iam_oidc_provider',
  'aws-native:eks:PodIdentityAssociation': 'awscc_eks_pod_identity_association',
};

/** Resources of Google's that have a policy, where Terraform calls them otherwise. */
const WITH_POLICY: { readonly [of: string]: string } = {
  'serviceaccount:': 'service_account', 'projects:': 'project', 'storage:Bucket': 'storage_bucket', 'secretmanager:Secret': 'secret_manager_secret', 'pubsub:Topic': 'pubsub_topic',
};

/** Terraform's name of the type; of what is in clusters, and of what is not known here, Pulumi's own. */
export function terraformType(token: string): string {
  const [pkg = '', module = '', name = ''] = token.split(':');
  if (pkg === 'kubernetes') return token;
  const short = `${pkg}:${module.replace(/\/.*$/, '')}:${name}`;
  if (Object.hasOwn(TYPES, short)) return TYPES[short] as string;
  const [, of = '', how = ''] = (pkg === 'gcp' ? /^(\w*?)I(?:AM|am)(Member|Binding|Policy)$/.exec(name) : null) ?? [];
  if (how === '') return token;
  const on = `${module.replace(/\/.*$/, '')}:${of}`;
  return `google_${Object.hasOwn(WITH_POLICY, on) ? WITH_POLICY[on] ?? '' : snake(on.replace(/:/, '_'))}_iam_${how.toLowerCase()}`;
}

/** Maps whose keys are the user's. */
const USERS = new Set(['attribute_mapping', 'bound_claims', 'tags', 'labels', 'annotations']);
/** Fields that Pulumi calls otherwise: it knows a list by its plural. */
const FIELDS: { readonly [field: string]: string } = { client_id_lists: 'client_id_list' };

/** Pulumi's fields in Terraform's spelling. */
export function spelling(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spelling);
  if (!isData(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => {
    const name = snake(key);
    return [FIELDS[name] ?? name, USERS.has(name) ? item : spelling(item)];
  }));
}

function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
