/** States and plans as Terraform and OpenTofu print them. */
import { ANCHOR, CLIENT, CLUSTER, ISSUER, ROLE, SUBJECT, account, pod, tell, trustPolicy, verdict } from './support/manifests';
import { GRANTS } from '../../src/graph/grants';
import type { TrustArtifact } from '../../src/proof/artifacts';

interface Resource {
  readonly type: string;
  readonly address: string;
  readonly values: object;
  readonly mode?: string;
  readonly unknown?: object;
  readonly more?: object;
}

const resource = (type: string, values: object, unknown: object = {}, more: object = {}): Resource => ({ type, address: `${type}.it`, values, unknown, more });
const printed = ({ type, address, values, mode = 'managed', more }: Resource): object => ({ address, mode, type, name: 'it', provider_name: 'registry.terraform.io/hashicorp/x', schema_version: 0, values, sensitive_values: {}, ...more });
const state = (...resources: Resource[]): object => ({ format_version: '1.0', terraform_version: '1.14.0', values: { root_module: { resources: resources.map(printed) } } });
const plan = (...resources: Resource[]): object => ({
  format_version: '1.2',
  terraform_version: '1.14.0',
  planned_values: { root_module: { resources: resources.map(printed) } },
  resource_changes: resources.map(({ address, unknown }) => ({ address, mode: 'managed', change: { actions: ['create'], after_unknown: unknown } })),
  configuration: {},
});

const role = (change: object = {}): Resource => resource('aws_iam_role', { arn: ROLE, name: 'checkout', path: '/', assume_role_policy: trustPolicy(), description: '', permissions_boundary: null, ...change });
const anchor = resource('aws_iam_openid_connect_provider', { arn: ANCHOR, url: ISSUER.slice(8), client_id_list: ['sts.amazonaws.com'] });
const onEks = [account({ 'eks.amazonaws.com/role-arn': ROLE }), pod()];

describe('a state', () => {
  test('lets in whom its roles let in, in whichever module they are', () => {
    const nested = { format_version: '1.0', values: { root_module: { child_modules: [{ address: 'module.a', child_modules: [{ address: 'module.a.module.b', resources: [printed(role()), printed(anchor)] }] }] } } };
    const told = tell([nested, ...onEks]);
    expect(told.gaps).toEqual([]);
    expect(verdict(told)).toMatchObject({ admitted: true, by: ROLE, reason: 'issuer, subject and audience are those of one statement of its trust policy' });
    expect(told.trustNamed(ROLE)).toEqual({ file: '0.json', document: 0, path: 'values.root_module.child_modules[0].child_modules[0].resources[0]' });
  });

  test('refuses with the first difference', () => {
    expect(verdict(tell([state(role({ assume_role_policy: trustPolicy(`${SUBJECT}-api`) })), ...onEks]))).toMatchObject({ admitted: false, decided: true, reason: expect.stringContaining(`the trust wants the subject "${SUBJECT}-api"`) as string });
    expect(verdict(tell([state(role(), { ...anchor, values: { ...anchor.values, client_id_list: ['other'] } }), ...onEks]))).toMatchObject({ admitted: false, decided: true, by: ANCHOR });
  });

  test('what is deposed is not there any more, and what was looked up is', () => {
    expect(verdict(tell([state({ ...role(), more: { deposed_key: 'abcd' } }), ...onEks]))).toMatchObject({ decided: false });
    expect(verdict(tell([state({ ...role(), mode: 'data' }), ...onEks]))).toMatchObject({ admitted: true });
  });

  test('what is sensitive is never shown, and decides nothing', () => {
    const told = tell([state({ ...role(), more: { sensitive_values: { assume_role_policy: true } } }), ...onEks]);
    expect(verdict(told)).toMatchObject({ admitted: false, decided: false });
    expect(JSON.stringify([told.trust, told.gaps])).not.toContain('StringEquals');
  });

  test.each([
    ['of azurerm 4', { parent_id: '/subscriptions/s/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/checkout' }],
    ['of azurerm 5', { user_assigned_identity_id: '/subscriptions/s/resourcegroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/Checkout' }],
  ])('a federated credential %s belongs to its identity', (_which, parent) => {
    const identity = resource('azurerm_user_assigned_identity', { id: '/subscriptions/s/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/checkout', client_id: CLIENT, name: 'checkout', resource_group_name: 'shop' });
    const credential = (subject: string) => resource('azurerm_federated_identity_credential', { id: 'x/federatedIdentityCredentials/blue', name: 'blue', audience: ['api://AzureADTokenExchange'], issuer: ISSUER, subject, ...parent });
    const manifests = [account({ 'azure.workload.identity/client-id': CLIENT, 'azure.workload.identity/tenant-id': 't' }), pod({}, { labels: { 'azure.workload.identity/use': 'true' } })];
    expect(verdict(tell([state(identity, credential(SUBJECT)), ...manifests]))).toMatchObject({ admitted: true });
    expect(verdict(tell([state(identity, credential('system:serviceaccount:shop:Checkout')), ...manifests]))).toMatchObject({ admitted: false, decided: true, reason: expect.stringContaining('they differ in upper and lower case') as string });
  });

  test('an identity lies in its tenant, and a role assignment is of the identity whose principal it names', () => {
    const ID = '/subscriptions/s/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/checkout';
    const TENANT = '9b1c2d3e-4f50-4a61-8b72-93c4d5e6f708';
    const identity = resource('azurerm_user_assigned_identity', { id: ID, client_id: CLIENT, principal_id: 'P-1', tenant_id: TENANT, name: 'checkout', resource_group_name: 'shop' });
    const credential = resource('azurerm_federated_identity_credential', { id: `${ID}/federatedIdentityCredentials/blue`, name: 'blue', parent_id: ID, audience: ['api://AzureADTokenExchange'], issuer: ISSUER, subject: SUBJECT });
    const assignment = resource('azurerm_role_assignment', { scope: '/subscriptions/s', name: 'a-1', role_definition_name: 'Reader', principal_id: 'p-1' });
    const manifests = (tenant: string): object[] => [account({ 'azure.workload.identity/client-id': CLIENT, 'azure.workload.identity/tenant-id': tenant }), pod({}, { labels: { 'azure.workload.identity/use': 'true' } })];
    const told = tell([state(identity, credential, assignment), ...manifests(TENANT)]);
    expect(told).toMatchObject({ gaps: [], proof: { holds: true } });
    const granted = told.trust.find(({ kind }) => kind === 'authorization.RoleAssignment');
    expect(granted).toEqual({ provider: 'azure', kind: 'authorization.RoleAssignment', name: '/subscriptions/s/providers/Microsoft.Authorization/roleAssignments/a-1', request: { properties: { roleDefinitionId: 'Reader', principalId: 'p-1' }, clientId: CLIENT } });
    expect(GRANTS.azure?.(granted as TrustArtifact, { identities: new Set([CLIENT]), ending: () => [], beside: () => [] })).toEqual([{ becomes: CLIENT, label: 'role Reader on /subscriptions/s' }]);
    expect(verdict(tell([state(identity, credential), ...manifests('11111111-2222-4333-8444-555555555555')]))).toMatchObject({ admitted: false, decided: true, reason: expect.stringContaining(`the identity lies in ${TENANT}`) as string });
    // Whose principal nobody tells is nobody's that is known, and what is not made yet says nothing.
    expect(tell([state(assignment), ...onEks]).trust).toEqual([{ ...granted, request: { properties: { roleDefinitionId: 'Reader', principalId: 'p-1' } } }]);
    expect(tell([plan(resource('azurerm_role_assignment', { scope: '/subscriptions/s', role_definition_name: 'Reader' }, { principal_id: true })), ...onEks])).toMatchObject({ trust: [], gaps: [] });
  });

  test('a state as Terraform keeps it is told from one that it shows', () => {
    const { gaps } = tell([{ version: 4, terraform_version: '1.14.0', serial: 3, lineage: '0a1b2c3d-4e5f-4061-a273-8495a6b7c8d9', outputs: {}, resources: [] }]);
    expect(gaps).toMatchObject([{ code: 'evidence/unsaid', message: expect.stringContaining('it is a state as Terraform keeps it for itself') as string, fix: 'give what terraform show -json (tofu show -json) prints' }]);
  });

  test('whom an expression of Entra matches is not read', () => {
    const application = resource('azuread_application_registration', { id: '/applications/o1', client_id: CLIENT });
    const flexible = resource('azuread_application_flexible_federated_identity_credential', { application_id: '/applications/o1', display_name: 'any', audience: 'api://AzureADTokenExchange', issuer: ISSUER, claims_matching_expression: 'claims[\'sub\'] matches \'*\'' });
    const manifests = [account({ 'azure.workload.identity/client-id': CLIENT, 'azure.workload.identity/tenant-id': 't' }), pod({}, { labels: { 'azure.workload.identity/use': 'true' } })];
    expect(verdict(tell([state(application, flexible), ...manifests]))).toMatchObject({ admitted: false, decided: false });
  });

  test('an association of Pod Identity is of the cluster that its ARN is beside', () => {
    const association = resource('aws_eks_pod_identity_association', {
      association_arn: 'arn:aws:eks:us-west-2:111122223333:podidentityassociation/prod/a-1', cluster_name: 'prod', namespace: 'shop', service_account: 'checkout', role_arn: ROLE, target_role_arn: '', disable_session_tags: false,
    });
    const policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'] }] });
    const on = (clusterArn: string) => tell([state(role({ assume_role_policy: policy }), association), account(), pod()], [{ ...CLUSTER, clusterArn }]);
    expect(verdict(on('arn:aws:eks:us-west-2:111122223333:cluster/prod'))).toMatchObject({ admitted: true, becomes: ROLE });
    expect(on('arn:aws:eks:us-west-2:444455556666:cluster/prod').proof.verdicts).toEqual([]);
  });

  test('a role of Vault, with the blanks that the provider keeps, is the same by its claims', () => {
    const jwtRole = (claims: object) => resource('vault_jwt_auth_backend_role', {
      backend: 'jwt', role_name: 'checkout', role_type: 'jwt', user_claim: 'sub', bound_audiences: ['vault'], bound_subject: '', bound_claims_type: 'string', namespace: null, bound_claims: claims,
    });
    const env = Object.entries({ VAULT_AUTH_PATH: 'auth/jwt', VAULT_ROLE: 'checkout', VAULT_JWT_FILE: '/vault/token' }).map(([name, value]) => ({ name, value }));
    const web = pod({
      containers: [{ name: 'app', image: 'app:1', env, volumeMounts: [{ name: 'vault', mountPath: '/vault' }] }],
      volumes: [{ name: 'vault', projected: { sources: [{ serviceAccountToken: { path: 'token', audience: 'vault', expirationSeconds: 3600 } }] } }],
    });
    expect(verdict(tell([state(jwtRole({ iss: ISSUER, sub: `${SUBJECT}-2, ${SUBJECT}` })), web]))).toMatchObject({ admitted: true });
    expect(verdict(tell([state(jwtRole({ iss: ISSUER, sub: `${SUBJECT}-2` })), web]))).toMatchObject({ admitted: false, decided: true });
    const signing = (...jwt_supported_algs: readonly string[]) => verdict(tell([state(jwtRole({ iss: ISSUER, sub: SUBJECT }), resource('vault_jwt_auth_backend', { path: 'jwt', type: 'jwt', oidc_discovery_url: ISSUER, jwt_supported_algs })), web], [{ ...CLUSTER, signingAlgorithms: ['ES512'] }]));
    expect(signing('ES512')).toMatchObject({ admitted: true });
    expect(signing('RS256')).toMatchObject({ admitted: false, decided: true });
  });

  test('a role of RAM and its provider', () => {
    const arn = 'acs:ram::1234567890123456:role/checkout';
    const through = 'acs:ram::1234567890123456:oidc-provider/prod';
    const policy = JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Federated: [through] }, Condition: { StringEquals: { 'oidc:aud': 'sts.aliyuncs.com', 'oidc:iss': ISSUER, 'oidc:sub': SUBJECT } } }] });
    const provider = resource('alicloud_ims_oidc_provider', { arn: through, oidc_provider_name: 'prod', issuer_url: ISSUER, client_ids: ['sts.aliyuncs.com'] });
    const manifests = [account({ 'pod-identity.alibabacloud.com/role-name': 'checkout' }), pod({}, { labels: { 'pod-identity.alibabacloud.com/injection': 'on' } })];
    for (const field of ['assume_role_policy_document', 'document']) {
      const made = resource('alicloud_ram_role', { arn, name: 'checkout', [field]: policy });
      expect(verdict(tell([state(made, provider), ...manifests], [{ ...CLUSTER, ramProvider: through }]))).toMatchObject({ admitted: true, becomes: arn });
    }
    const attached = { provider: 'alibaba', kind: 'ram.RolePolicyAttachment', name: 'checkout System AliyunOSSReadOnlyAccess', request: { RoleName: 'checkout', PolicyName: 'AliyunOSSReadOnlyAccess', PolicyType: 'System' } };
    for (const more of [{}, { role_name: undefined }]) {
      const attachment = resource('alicloud_ram_role_policy_attachment', { role_name: 'checkout', policy_name: 'AliyunOSSReadOnlyAccess', policy_type: 'System', ...more });
      expect(tell([state(attachment), ...manifests], [{ ...CLUSTER, ramProvider: through }]).trust).toEqual('role_name' in more ? [] : [attached]);
    }
  });
});

describe('members of Google\'s resources', () => {
  const EMAIL = 'checkout@shop-prod.iam.gserviceaccount.com';
  const member = 'serviceAccount:shop-prod.svc.id.goog[shop/checkout]';
  const on = { service_account_id: `projects/shop-prod/serviceAccounts/${EMAIL}`, role: 'roles/iam.workloadIdentityUser' };
  const gke = { name: 'prod', issuer: 'https://container.googleapis.com/v1/projects/shop-prod/locations/europe-west4/clusters/prod' };
  const ask = (document: object) => verdict(tell([document, account({ 'iam.gke.io/gcp-service-account': EMAIL }), pod()], [gke]));

  test('are let in, but for those on a condition', () => {
    expect(ask(state(resource('google_service_account_iam_member', { ...on, member, condition: [] })))).toMatchObject({ admitted: true });
    expect(ask(state(resource('google_service_account_iam_binding', { ...on, members: [member], condition: [] })))).toMatchObject({ admitted: true });
    expect(ask(state(resource('google_service_account_iam_binding', { ...on, members: ['user:jo@example.com'], condition: [] })))).toMatchObject({ admitted: false, decided: true });
    const conditional = resource('google_service_account_iam_member', { ...on, member, condition: [{ title: 'x', description: '', expression: 'request.time < timestamp("2020-01-01T00:00:00Z")' }] });
    expect(ask(state(conditional))).toMatchObject({ admitted: false, decided: false, reason: expect.stringContaining('whether the condition request.time < ') as string });
  });

  test('of a plan that does not know them decide nothing', () => {
    expect(ask(plan(resource('google_service_account_iam_binding', on, { members: true })))).toMatchObject({ admitted: false, decided: false });
    expect(ask(plan(resource('google_service_account_iam_member', { ...on, member }, { condition: true })))).toMatchObject({ admitted: false, decided: false });
    expect(ask(plan(resource('google_service_account_iam_member', { ...on, member }, { condition: [{ expression: true }] })))).toMatchObject({ admitted: false, decided: false });
    // What only the cloud gives says nothing about who is let in.
    expect(ask(plan(resource('google_service_account_iam_member', { ...on, member }, { etag: true, id: true, condition: [] })))).toMatchObject({ admitted: true });
  });

  test('by a provider of a pool, as it maps them', () => {
    const pool = 'projects/123456789012/locations/global/workloadIdentityPools/clusters';
    const principal = `principal://iam.googleapis.com/${pool}/subject/${SUBJECT}`;
    const provider = (change: object, unknown: object = {}) => resource('google_iam_workload_identity_pool_provider', {
      name: `${pool}/providers/prod`,
      workload_identity_pool_id: 'clusters',
      workload_identity_pool_provider_id: 'prod',
      attribute_mapping: { 'google.subject': 'assertion.sub' },
      attribute_condition: '',
      disabled: false,
      state: 'ACTIVE',
      oidc: [{ issuer_uri: ISSUER, allowed_audiences: ['gcp'], jwks_json: '' }],
      aws: [],
      saml: [],
      ...change,
    }, unknown);
    const manifests = [account({ 'cloud.google.com/workload-identity-provider': `${pool}/providers/prod`, 'cloud.google.com/service-account-email': EMAIL, 'cloud.google.com/audience': 'gcp' }), pod()];
    const grant = resource('google_service_account_iam_member', { ...on, member: principal, condition: [] });
    const asked = (document: object) => verdict(tell([document, ...manifests]));
    expect(asked(state(provider({}), grant))).toMatchObject({ admitted: true });
    expect(asked(state(provider({ attribute_condition: 'assertion.sub == "x"' }), grant))).toMatchObject({ admitted: false, decided: true });
    const off = tell([state(provider({ disabled: true, state: 'DELETED' }))]).trust;
    expect(off).toMatchObject([{ request: { workloadIdentityPoolProvider: { disabled: true, state: 'DELETED' } } }]);
    expect(asked(plan(provider({ attribute_condition: undefined }, { attribute_condition: true }), grant))).toMatchObject({ admitted: false, decided: false });
    expect(asked(plan(provider({}, { oidc: [{ issuer_uri: true }] }), grant))).toMatchObject({ admitted: false, decided: false });
  });
});

describe('a plan', () => {
  test('is read as what it would make', () => {
    expect(verdict(tell([plan(role(), anchor), ...onEks]))).toMatchObject({ admitted: true });
  });

  test('what it does not know is not taken for what is not there', () => {
    const { assume_role_policy: _policy, ...rest } = role().values as { assume_role_policy: string };
    const told = tell([plan({ ...role(), values: rest, unknown: { assume_role_policy: true } }), ...onEks]);
    expect(verdict(told)).toMatchObject({ admitted: false, decided: false });
    expect(told.said).toEqual(['it does not say assume_role_policy of aws_iam_role.it; it is secret, or not known before it is made, and what depends on it cannot be decided']);
    const audiences = { ...anchor, values: { arn: ANCHOR, url: ISSUER }, unknown: { client_id_list: [true] } };
    expect(verdict(tell([plan(role(), audiences), ...onEks]))).toMatchObject({ admitted: false, decided: false });
  });

  test('a claim that is not known binds all the same', () => {
    const jwtRole = (unknown: object, claims: object = {}) => plan(resource('vault_jwt_auth_backend_role', { backend: 'jwt', role_name: 'checkout', role_type: 'jwt', bound_audiences: ['vault'], ...claims }, unknown));
    const env = Object.entries({ VAULT_AUTH_PATH: 'auth/jwt', VAULT_ROLE: 'checkout', VAULT_JWT_FILE: '/vault/token' }).map(([name, value]) => ({ name, value }));
    const web = pod({
      containers: [{ name: 'app', image: 'app:1', env, volumeMounts: [{ name: 'vault', mountPath: '/vault' }] }],
      volumes: [{ name: 'vault', projected: { sources: [{ serviceAccountToken: { path: 'token', audience: 'vault', expirationSeconds: 3600 } }] } }],
    });
    expect(verdict(tell([jwtRole({}), web]))).toMatchObject({ admitted: true });
    for (const unknown of [{ bound_claims: true }, { bound_subject: true }, { bound_claims: { iss: true } }]) {
      expect(verdict(tell([jwtRole(unknown), web]))).toMatchObject({ admitted: false, decided: false });
    }
  });

  test('a role that is not made yet has an ARN once the account is said', () => {
    const { arn: _arn, ...rest } = role().values as { arn: string };
    const planned = plan({ ...role(), values: rest, unknown: { arn: true, id: true } });
    expect(verdict(tell([planned, ...onEks]))).toMatchObject({ decided: false });
    expect(verdict(tell([[planned, '111122223333'], ...onEks]))).toMatchObject({ admitted: true });
    expect(verdict(tell([[planned, 'arn:aws-cn:iam::111122223333:root'], ...onEks]))).toMatchObject({ decided: false });
  });

  test('what it has looked up stands with what was there before', () => {
    const looked = { ...plan(), prior_state: { values: { root_module: { resources: [printed({ ...role(), mode: 'data' }), printed(role({ arn: `${ROLE}-gone` }))] } } } };
    const told = tell([looked, ...onEks]);
    expect(verdict(told)).toMatchObject({ admitted: true });
    expect(told.trust).toHaveLength(1);
  });
});

describe('manifests of the provider of Kubernetes', () => {
  const metadata = (annotations: object = {}) => [{ name: 'checkout', namespace: 'shop', annotations, labels: null, generate_name: '', uid: 'u', resource_version: '1', generation: 0 }];
  const block = { secret: [], config_map: [], downward_api: [] };
  const container = {
    name: 'app',
    image: 'app:1',
    command: [],
    env_from: [],
    port: [],
    working_dir: '',
    security_context: [{ run_as_user: '1000', run_as_group: '', run_as_non_root: true }],
    env: [{ name: 'AWS_ROLE_ARN', value: ROLE, value_from: [] }, { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: '/aws/token', value_from: [] }],
    volume_mount: [{ name: 'aws', mount_path: '/aws', sub_path: '', read_only: true, mount_propagation: 'None' }],
  };
  const podSpec = (change: object = {}) => [{
    service_account_name: 'checkout',
    host_network: false,
    host_pid: false,
    node_selector: null,
    init_container: [],
    container: [container],
    security_context: [{ fs_group: '2000', run_as_user: '', supplemental_groups: [], windows_options: [] }],
    volume: [{ name: 'aws', config_map: [], secret: [], projected: [{ default_mode: '0644', sources: [{ ...block, service_account_token: [{ audience: 'sts.amazonaws.com', expiration_seconds: 3600, path: 'token' }] }] }] }],
    ...change,
  }];
  const deployment = (spec: object = podSpec()) => resource('kubernetes_deployment_v1', {
    id: 'shop/web',
    timeouts: null,
    wait_for_rollout: true,
    metadata: [{ name: 'web', namespace: 'shop', annotations: null, labels: {} }],
    spec: [{ replicas: '1', selector: [{ match_labels: { app: 'web' }, match_expressions: [] }], template: [{ metadata: [{ labels: { app: 'web' }, annotations: {} }], spec }] }],
  });

  test('a service account in blocks', () => {
    const made = resource('kubernetes_service_account_v1', { id: 'shop/checkout', automount_service_account_token: true, image_pull_secret: [], secret: [], metadata: metadata({ 'eks.amazonaws.com/role-arn': ROLE }) });
    expect(verdict(tell([state(role(), made), pod()]))).toMatchObject({ admitted: true });
    expect(verdict(tell([state(role(), { ...made, type: 'kubernetes_service_account' }), pod()]))).toMatchObject({ admitted: true });
  });

  test('a deployment in blocks, with a token of its own', () => {
    const told = tell([state(role(), deployment())]);
    expect(told.gaps).toEqual([]);
    expect(verdict(told)).toMatchObject({ admitted: true, workload: 'Deployment shop/web' });
    const [made] = told.clusters[0]?.objects ?? [];
    const pods = {
      securityContext: { fsGroup: 2000 }, containers: [{ securityContext: { runAsUser: 1000 } }], volumes: [{ projected: { defaultMode: 0o644 } }],
    };
    expect(made).toMatchObject({ spec: { template: { spec: pods } } });
    const fsGroup = deployment(podSpec({ security_context: [], volume: [{ name: 'aws', projected: [{ default_mode: '0400', sources: [{ service_account_token: [{ audience: 'sts.amazonaws.com', expiration_seconds: 3600, path: 'token' }] }] }] }], init_container: [{ ...container, name: 'other', security_context: [] }] }));
    expect(tell([state(role(), fsGroup)]).proof.verdicts.some(({ reason }) => reason.includes('with the mode 0400'))).toBe(true);
  });

  test('a cron job', () => {
    const { values } = deployment() as { values: { spec: readonly { template: unknown }[] } };
    const job = resource('kubernetes_cron_job_v1', { metadata: [{ name: 'report', namespace: 'shop' }], spec: [{ schedule: '@daily', job_template: [{ metadata: [{}], spec: [{ template: values.spec[0]?.template }] }] }] });
    expect(verdict(tell([state(role(), job)]))).toMatchObject({ admitted: true, workload: 'CronJob shop/report' });
  });

  test('a manifest as it is', () => {
    const told = tell([state(role(), ...onEks.map((manifest, i): Resource => ({ ...resource('kubernetes_manifest', { manifest, object: manifest }), address: `kubernetes_manifest.it[${i}]` })))]);
    expect(verdict(told)).toMatchObject({ admitted: true });
  });

  test('what is not known of them decides nothing', () => {
    const made = resource('kubernetes_service_account_v1', { metadata: metadata({ 'eks.amazonaws.com/role-arn': undefined }) }, { id: true, metadata: [{ annotations: { 'eks.amazonaws.com/role-arn': true }, uid: true, resource_version: true }] });
    const told = tell([plan(role(), made), pod()]);
    expect(verdict(told)).toMatchObject({ admitted: false, decided: false });
    expect(told.said).toEqual([expect.stringContaining('it does not say metadata.annotations.eks.amazonaws.com/role-arn of kubernetes_service_account_v1.it')]);
    // Without its volumes it would be another pod.
    const whole = tell([plan(role(), { ...deployment(), unknown: { spec: [{ template: [{ spec: [{ volume: true }] }] }] } })]);
    expect(whole.proof.verdicts).toEqual([]);
    expect(whole.said).toEqual([expect.stringContaining('it does not say spec.template.spec.volumes of kubernetes_deployment_v1.it')]);
  });

  test('what is not read is named', () => {
    const unread = ['helm_release', 'kubectl_manifest', 'kubernetes_annotations', 'kubernetes_env', 'kubernetes_custom_thing', 'awscc_iam_role'].map(type => resource(type, {}));
    const told = tell([state(...unread, resource('kubernetes_service', {}), resource('aws_s3_bucket', {}))]);
    expect(told.said).toEqual(unread.map(({ address }) => expect.stringContaining(`in a form that is read here what ${address} makes`) as string));
  });
});
