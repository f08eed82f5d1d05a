/** Whatever a document of an infrastructure tool holds: nothing is thrown, and what nobody can read lets nobody in. */
import fc from 'fast-check';
import { ISSUER, ROLE, SUBJECT, account, pod, tell, trustPolicy } from './support/manifests';

const TYPES = [
  'aws_iam_role', 'aws_iam_openid_connect_provider', 'aws_eks_pod_identity_association', 'aws_iam_role_policy', 'azurerm_user_assigned_identity', 'azurerm_federated_identity_credential',
  'azuread_application', 'azuread_application_federated_identity_credential', 'google_service_account_iam_member', 'google_service_account_iam_binding', 'google_service_account_iam_policy',
  'google_iam_workload_identity_pool', 'google_iam_workload_identity_pool_provider', 'google_project_iam_member', 'google_kms_key_ring_iam_binding', 'alicloud_ram_role', 'alicloud_ims_oidc_provider',
  'vault_auth_backend', 'vault_kubernetes_auth_backend_role', 'vault_kubernetes_auth_backend_config', 'vault_jwt_auth_backend', 'vault_jwt_auth_backend_role',
  'kubernetes_manifest', 'kubernetes_service_account_v1', 'kubernetes_deployment', 'kubernetes_cluster_role', 'toString', '__proto__',
];
const TOKENS = [
  'aws:iam/role:Role', 'aws:eks/podIdentityAssociation:PodIdentityAssociation', 'azure-native:managedidentity/v1:FederatedIdentityCredential', 'azure-native:containerservice:IdentityBinding',
  'gcp:serviceaccount/iAMPolicy:IAMPolicy', 'gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider', 'alicloud:ram/role:Role', 'vault:jwt/authBackendRole:AuthBackendRole',
  'kubernetes:core/v1:ServiceAccount', 'kubernetes:apps/v1:Deployment', 'kubernetes:core/v1:ServiceAccountPatch', 'kubernetes:helm.sh/v3:Release', 'pulumi:providers:vault', 'x', '',
];
const FIELDS = [
  'arn', 'id', 'name', 'path', 'url', 'assume_role_policy', 'assumeRolePolicy', 'client_id_list', 'role', 'member', 'members', 'condition', 'policy_data', 'policyData', 'service_account_id',
  'serviceAccountId', 'project', 'oidc', 'attribute_mapping', 'bound_claims', 'boundClaims', 'role_name', 'backend', 'parent_id', 'issuer', 'subject', 'audience', 'metadata', 'spec', 'manifest',
  'document', 'cluster_name', 'association_arn', 'data', 'rule', 'disabled', 'state', '__proto__', 'constructor',
];

const leafArb = fc.oneof(
  fc.constantFrom<unknown>('', '{', '[]', 'null', '{"Statement":[null,1,{"Effect":"Allow","Condition":1}]}', '{"bindings":[{"members":1},null]}', trustPolicy(), ROLE, ISSUER, SUBJECT, '04da6b54-80e4-46f7-96ec-b56ff0331ba9', '[secret]', 'projects/1/serviceAccounts/a@b'),
  fc.jsonValue({ maxDepth: 2 }),
);
const blockArb = fc.dictionary(fc.constantFrom(...FIELDS, 'template', 'container'), leafArb, { maxKeys: 4 });
const valueArb = fc.oneof(leafArb, fc.array(leafArb, { maxLength: 2 }), fc.array(blockArb, { maxLength: 2 }));
const valuesArb = fc.dictionary(fc.constantFrom(...FIELDS), valueArb, { maxKeys: 10 });
function oddArb<T>(arb: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.oneof<fc.WeightedArbitrary<unknown>[]>({ weight: 9, arbitrary: arb }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) });
}

const terraformArb = fc.record({
  resources: oddArb(fc.array(oddArb(fc.record({ type: fc.constantFrom(...TYPES), address: fc.constantFrom('a', 'b'), mode: fc.constantFrom('managed', 'data'), values: oddArb(valuesArb), sensitive_values: leafArb })), { maxLength: 4 })),
  unknown: oddArb(valuesArb),
  planned: fc.boolean(),
}).map(({ resources, unknown, planned }) => ({
  format_version: '1.2',
  [planned ? 'planned_values' : 'values']: { root_module: { resources, child_modules: [resources, { resources }] } },
  resource_changes: [{ address: 'a', change: { after_unknown: unknown } }, null],
  configuration: unknown,
}));

const stateArb = oddArb(fc.record({ type: fc.constantFrom(...TOKENS), urn: fc.constantFrom('urn:pulumi:a::b::c::d', 'urn:pulumi:a::b::c::e'), custom: fc.constant(true), id: leafArb, inputs: oddArb(valuesArb), outputs: oddArb(valuesArb), provider: leafArb }));
const pulumiArb = fc.oneof(
  fc.array(stateArb, { maxLength: 5 }).map(resources => ({ version: 3, deployment: { manifest: {}, resources } })),
  fc.array(fc.record({ op: fc.constantFrom<unknown>('create', 'same', 'delete', 1), urn: fc.constantFrom('urn:pulumi:a::b::c::d', 'x'), newState: stateArb }), { maxLength: 5 }).map(steps => ({ changeSummary: {}, steps })),
);

const manifests = [account({ 'eks.amazonaws.com/role-arn': ROLE }), pod()];

test.each([['Terraform', terraformArb], ['Pulumi', pulumiArb]] as const)('a document of %s', (_tool, documentArb) => {
  fc.assert(fc.property(documentArb as fc.Arbitrary<object>, fc.boolean(), (document, printed) => {
    // As it would come out of a file, but for keys that JSON cannot give back.
    const value = (printed ? JSON.parse(JSON.stringify(document)) : document) as object;
    const { proof, gaps } = tell([value, ...manifests]);
    expect(gaps.every(({ message }) => message.length > 0)).toBe(true);
    for (const { admitted, by, becomes } of proof.verdicts.filter(({ workload }) => workload === 'Deployment shop/web')) {
      // Nobody is let in but by a whole policy.
      if (admitted) expect([by, becomes]).toEqual([ROLE, ROLE]);
    }
  }), { numRuns: 1500 });
});
