/** Stacks as Pulumi prints them. */
import { ANCHOR, CLIENT, CLUSTER, ISSUER, ROLE, SUBJECT, account, pod, tell, trustPolicy, verdict } from './support/manifests';

const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
const SECRET = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', 'ciphertext': 'v1:abc' };
const urn = (type: string, name: string): string => `urn:pulumi:prod::shop::${type}::${name}`;

function resource(type: string, inputs: object, outputs: object = {}, more: object = {}): object {
  return { urn: urn(type, 'it'), custom: true, id: 'some-id', type, inputs, outputs: { ...inputs, ...outputs }, ...more };
}

const stack = (...resources: object[]): object => ({ version: 3, deployment: { manifest: { time: '2026-11-24T12:00:00Z', magic: 'm', version: 'v3.200.0' }, resources, metadata: {} } });
const preview = (...steps: object[]): object => ({ config: {}, steps, duration: 1, changeSummary: { create: steps.length } });
const step = (op: string, newState: object): object => ({ op, urn: (newState as { urn: string }).urn, provider: '', newState });

const role = (change: object = {}, more: object = {}): object => resource('aws:iam/role:Role', { name: 'checkout', path: '/', assumeRolePolicy: trustPolicy(), ...change }, { arn: ROLE }, more);
const anchor = resource('aws:iam/openIdConnectProvider:OpenIdConnectProvider', { url: ISSUER, clientIdLists: ['sts.amazonaws.com'] }, { arn: ANCHOR, url: ISSUER.slice(8) });
const onEks = [account({ 'eks.amazonaws.com/role-arn': ROLE }), pod()];

describe('a stack as it is', () => {
  test('lets in whom its roles let in', () => {
    const told = tell([stack(role(), anchor), ...onEks]);
    expect(told.gaps).toEqual([]);
    expect(verdict(told)).toMatchObject({ admitted: true, by: ROLE, reason: 'issuer, subject and audience are those of one statement of its trust policy' });
    expect(told.proof).toMatchObject({ holds: true, strangers: [] });
    expect(told.trustNamed(ROLE)).toEqual({ file: '0.json', document: 0, path: 'deployment.resources[0]' });
  });

  test('refuses with the first difference', () => {
    const told = tell([stack(role({ assumeRolePolicy: trustPolicy(`${SUBJECT}-api`) })), ...onEks]);
    expect(verdict(told)).toMatchObject({ admitted: false, decided: true, reason: `the trust wants the subject "${SUBJECT}-api", the token has "${SUBJECT}"` });
    expect(told.proof.strangers.map(({ who }) => who).join()).toContain(`${SUBJECT}-api`);
  });

  test.each([['delete', true], ['pendingReplacement', true]])('a resource with %s is not there any more', (field, value) => {
    expect(verdict(tell([stack(role({}, { [field]: value })), ...onEks]))).toMatchObject({ decided: false, reason: `the trust policy of ${ROLE} is not among the documents` });
  });

  test('what it looked up counts as what it is', () => {
    expect(verdict(tell([stack(role({}, { external: true })), ...onEks]))).toMatchObject({ admitted: true });
  });

  test('a secret is never shown, and decides nothing', () => {
    const told = tell([stack(role({ assumeRolePolicy: SECRET })), ...onEks]);
    expect(verdict(told)).toMatchObject({ admitted: false, decided: false, reason: `assume_role_policy of ${ROLE} cannot be read` });
    expect(told.said).toEqual([expect.stringContaining(`it does not say assume_role_policy of ${urn('aws:iam/role:Role', 'it')}`)]);
    expect(JSON.stringify([told.gaps, told.proof, told.trust])).not.toContain('v1:abc');
    const shown = tell([stack(role({ assumeRolePolicy: { ...SECRET, ciphertext: undefined, plaintext: JSON.stringify(trustPolicy()) } })), ...onEks]);
    expect(verdict(shown)).toMatchObject({ admitted: false, decided: false });
  });

  test('a policy that is no JSON is told, and throws nothing', () => {
    const told = tell([stack(role({ assumeRolePolicy: '{' })), ...onEks]);
    expect(verdict(told)).toMatchObject({ decided: false });
    expect(told.said.join()).toContain('correct its assume_role_policy');
  });

  test('an identity of Azure is known by what shows it, whatever the case of its id and the version of the API', () => {
    const id = '/subscriptions/s/resourceGroups/shop/providers/Microsoft.ManagedIdentity/userAssignedIdentities/checkout';
    const credential = (type: string) => resource(type, {
      resourceGroupName: 'shop', resourceName: 'checkout', federatedIdentityCredentialResourceName: 'blue', issuer: ISSUER, subject: SUBJECT, audiences: ['api://AzureADTokenExchange'],
    }, {}, { id: `${id.toLowerCase()}/federatedIdentityCredentials/blue` });
    const identity = resource('azure-native:managedidentity/v20230131:UserAssignedIdentity', { resourceGroupName: 'shop' }, { clientId: CLIENT }, { id });
    const manifests = [account({ 'azure.workload.identity/client-id': CLIENT, 'azure.workload.identity/tenant-id': 't' }), pod({}, { labels: { 'azure.workload.identity/use': 'true' } })];
    expect(verdict(tell([stack(identity, credential('azure-native:managedidentity/v20241130:FederatedIdentityCredential')), ...manifests]))).toMatchObject({ admitted: true });
    const alone = tell([stack(credential('azure-native:managedidentity:FederatedIdentityCredential')), ...manifests]);
    expect(verdict(alone)).toMatchObject({ decided: false });
    expect(alone.said.join()).toContain('it does not say the client id of /subscriptions/s/');
  });

  test('which Vault a role is of stands with its provider', () => {
    const vault = { urn: urn('pulumi:providers:vault', 'v'), custom: true, id: 'v-id', type: 'pulumi:providers:vault', inputs: { address: 'https://vault.example.com', token: SECRET }, outputs: {} };
    const roleOf = (backend: object) => resource('vault:kubernetes/authBackendRole:AuthBackendRole', {
      backend: 'kubernetes', roleName: 'checkout', boundServiceAccountNames: ['checkout'], boundServiceAccountNamespaces: ['shop'], audience: 'vault', ...backend,
    }, {}, { provider: `${urn('pulumi:providers:vault', 'v')}::v-id` });
    const env = Object.entries({ VAULT_ADDR: 'https://vault.example.com', VAULT_AUTH_PATH: 'auth/kubernetes', VAULT_ROLE: 'checkout', VAULT_JWT_FILE: '/vault/token' }).map(([name, value]) => ({ name, value }));
    const web = pod({
      containers: [{ name: 'app', image: 'app:1', env, volumeMounts: [{ name: 'vault', mountPath: '/vault' }] }],
      volumes: [{ name: 'vault', projected: { sources: [{ serviceAccountToken: { path: 'token', audience: 'vault', expirationSeconds: 3600 } }] } }],
    });
    expect(verdict(tell([stack(vault, roleOf({})), web]))).toMatchObject({ admitted: true, becomes: 'vault.example.com/auth/kubernetes/role/checkout' });
    expect(verdict(tell([stack(vault, roleOf({ boundServiceAccountNames: ['other'] })), web]))).toMatchObject({ admitted: false, decided: true });
    expect(verdict(tell([stack(vault, roleOf({ audience: SECRET })), web]))).toMatchObject({ admitted: false, decided: false });
    const nameless = tell([stack(roleOf({})), web]);
    expect(nameless.said).toEqual([expect.stringContaining('at which address the Vault')]);
    expect(verdict(tell([[stack(roleOf({})), 'https://vault.example.com'], web]))).toMatchObject({ admitted: true });
  });
});

describe('manifests in a stack', () => {
  const object = (manifest: object, cluster = 'prod', more: object = {}): object => {
    const { apiVersion, kind } = manifest as { apiVersion: string; kind: string };
    const type = `kubernetes:${apiVersion === 'v1' ? 'core/v1' : apiVersion}:${kind}`;
    return resource(type, { ...manifest, __fieldManager: 'x' }, { __initialApiVersion: 'v1', status: {} }, { provider: `${urn('pulumi:providers:kubernetes', cluster)}::id`, urn: urn(type, `${cluster}-${kind}`), ...more });
  };

  test('are those of the one cluster, without what Pulumi adds', () => {
    const told = tell([stack(role(), ...onEks.map(manifest => object(manifest, 'whatever')))]);
    expect(verdict(told)).toMatchObject({ admitted: true, cluster: 'prod' });
    expect(JSON.stringify(told.clusters)).not.toContain('__');
  });

  test('for several clusters go to those that are called as their providers', () => {
    const other = { name: 'other', issuer: 'https://other.example.com' };
    const told = tell([stack(role(), ...onEks.flatMap(manifest => [object(manifest, 'prod'), object(manifest, 'other')]))], [CLUSTER, other]);
    expect(told.proof.verdicts.map(({ cluster, admitted }) => [cluster, admitted])).toEqual([['prod', true], ['other', false]]);
  });

  test('for several clusters, of which one is known, are not taken for its own', () => {
    const told = tell([stack(role(), ...onEks.flatMap(manifest => [object(manifest, 'blue'), object(manifest, 'green')]))]);
    expect(told.proof.verdicts).toEqual([]);
    expect(told.said).toEqual(['it has manifests for blue, green; known are prod: call the clusters as it does']);
  });

  test('a chart that Helm installs by itself is named as not read', () => {
    const release = object({ apiVersion: 'helm.sh/v3', kind: 'Release', metadata: { name: 'web' } });
    expect(tell([stack(release)]).said).toEqual([expect.stringMatching(/in a form that is read here what .*Release.*; give what comes of it as well/)]);
  });

  test('a patch is read where it says what became of the whole', () => {
    const patch = resource('kubernetes:core/v1:ServiceAccountPatch', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'checkout', namespace: 'shop' } }, {
      metadata: { name: 'checkout', namespace: 'shop', uid: 'u', annotations: { 'eks.amazonaws.com/role-arn': ROLE } },
    });
    expect(verdict(tell([stack(role(), patch), pod()]))).toMatchObject({ admitted: true });
    const planned = tell([preview(step('create', resource('kubernetes:core/v1:ServiceAccountPatch', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'checkout' } })))]);
    expect(planned.said.join()).toContain('ServiceAccountPatch');
  });
});

describe('a preview', () => {
  test('is read as what it would make, and what it deletes is gone', () => {
    expect(verdict(tell([preview(step('update', role())), ...onEks]))).toMatchObject({ admitted: true });
    for (const op of ['delete', 'delete-replaced', 'discard', 'remove-pending-replace']) {
      expect(verdict(tell([preview(step(op, role())), ...onEks]))).toMatchObject({ decided: false });
    }
  });

  test('of a replacement, what comes of it counts', () => {
    const old = role({ assumeRolePolicy: trustPolicy('system:serviceaccount:shop:old') });
    const steps = [step('create-replacement', role()), step('replace', role()), { op: 'delete-replaced', urn: urn('aws:iam/role:Role', 'it'), oldState: old, newState: old }];
    expect(verdict(tell([preview(...steps), ...onEks]))).toMatchObject({ admitted: true });
  });

  test('of an update, what is wanted counts, and not what was', () => {
    const changed = { ...role(), outputs: { arn: ROLE, assumeRolePolicy: trustPolicy('system:serviceaccount:shop:old') } };
    expect(verdict(tell([preview(step('update', changed)), ...onEks]))).toMatchObject({ admitted: true });
  });

  test.each([['not known', UNKNOWN], ['secret', '[secret]']])('a value that is %s decides nothing', (_how, value) => {
    expect(verdict(tell([preview(step('update', role({ assumeRolePolicy: value }))), ...onEks]))).toMatchObject({ admitted: false, decided: false });
    const audiences = resource('aws:iam/openIdConnectProvider:OpenIdConnectProvider', { url: ISSUER, clientIdLists: value }, { arn: ANCHOR });
    expect(verdict(tell([preview(step('update', role()), step('update', audiences)), ...onEks]))).toMatchObject({ admitted: false, decided: false });
  });

  test('a role that is not made yet has an ARN once the account is said', () => {
    const planned = { urn: urn('aws:iam/role:Role', 'it'), custom: true, type: 'aws:iam/role:Role', inputs: { name: 'checkout', path: '/', assumeRolePolicy: trustPolicy() }, outputs: { arn: UNKNOWN } };
    const without = tell([preview(step('create', planned)), ...onEks]);
    expect(verdict(without)).toMatchObject({ decided: false });
    expect(without.said).toEqual([expect.stringMatching(/the ARN of .*, which AWS gives it; say so in the evidence file: of: 111122223333$/)]);
    expect(verdict(tell([[preview(step('create', planned)), '111122223333'], ...onEks]))).toMatchObject({ admitted: true });
    expect(verdict(tell([[preview(step('create', planned)), '444455556666'], ...onEks]))).toMatchObject({ decided: false });
  });

  test('a pod with a value that is not known is neither let in nor refused', () => {
    const annotated = resource('kubernetes:core/v1:ServiceAccount', account({ 'eks.amazonaws.com/role-arn': UNKNOWN }));
    const told = tell([preview(step('create', role()), step('create', annotated)), pod()]);
    expect(verdict(told)).toMatchObject({ admitted: false, decided: false });
    expect(told.said).toEqual([expect.stringContaining('it does not say metadata.annotations.eks.amazonaws.com/role-arn of ')]);
    expect(JSON.stringify(told)).not.toContain(UNKNOWN);
    const audience = resource('kubernetes:core/v1:ServiceAccount', account({ 'eks.amazonaws.com/role-arn': ROLE, 'eks.amazonaws.com/audience': UNKNOWN }));
    expect(verdict(tell([preview(step('create', role()), step('create', audience)), pod()]))).toMatchObject({ admitted: false, decided: false });
  });
});

describe('a manifest that a preview does not know whole', () => {
  const planned = (spec: object, metadata: object = {}, annotations: object = {}) => tell([preview(
    step('update', role()),
    step('create', resource('kubernetes:core/v1:ServiceAccount', account({ 'eks.amazonaws.com/role-arn': ROLE, ...annotations }))),
    step('create', { ...resource('kubernetes:apps/v1:Deployment', pod(spec, metadata)), urn: urn('kubernetes:apps/v1:Deployment', 'web') }),
  )]);
  const container = (fields: object) => ({ containers: [{ name: 'app', image: 'app:1', ...fields }] });

  test.each<[string, object, object?, object?]>([
    ['an image', container({ image: UNKNOWN })],
    ['a command', container({ command: [UNKNOWN] })],
    ['a label that switches nothing', {}, { labels: { 'app.kubernetes.io/version': UNKNOWN } }],
  ])('is the same pod whatever it has for %s', (_what, spec, metadata = {}) => {
    expect(verdict(planned(spec, metadata))).toMatchObject({ admitted: true });
  });

  test.each<[string, object, object?]>([
    ['its service account', { serviceAccountName: UNKNOWN }],
    ['a role of its own', container({ env: [{ name: 'AWS_ROLE_ARN', value: UNKNOWN }, { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: '/token' }] })],
  ])('is neither let in nor refused without %s', (_what, spec, metadata = {}) => {
    const { verdicts } = planned(spec, metadata).proof;
    for (const { admitted, decided } of verdicts) expect({ admitted, decided }).toEqual({ admitted: false, decided: false });
  });

  test.each<[string, object, object?]>([
    ['whether it is on the host\'s network', { hostNetwork: UNKNOWN }],
    ['the name of a variable', container({ env: [{ name: UNKNOWN, value: 'x' }] })],
    ['all of its variables', container({ env: UNKNOWN })],
    ['where something is mounted', container({ volumeMounts: [{ name: 'a', mountPath: UNKNOWN }] })],
    ['as whom it runs', container({ securityContext: { runAsUser: UNKNOWN } })],
    ['which node it is for', { nodeSelector: { 'eks.amazonaws.com/compute-type': UNKNOWN } }],
    ['a label that switches a webhook', {}, { labels: { 'eks.amazonaws.com/skip-pod-identity-webhook': UNKNOWN } }],
    ['an annotation that switches a webhook', {}, { annotations: { 'eks.amazonaws.com/skip-containers': UNKNOWN } }],
  ])('is no pod without %s', (_what, spec, metadata = {}) => {
    const told = planned(spec, metadata);
    expect(told.proof.verdicts).toEqual([]);
    expect(told.said).toEqual([expect.stringMatching(/^it does not say spec\.template\..* of urn:pulumi:.*; it is secret, or not known before it is made/)]);
  });
});

describe('members of Google\'s resources', () => {
  const EMAIL = 'checkout@shop-prod.iam.gserviceaccount.com';
  const gke = { name: 'prod', issuer: 'https://container.googleapis.com/v1/projects/shop-prod/locations/europe-west4/clusters/prod' };
  const member = 'serviceAccount:shop-prod.svc.id.goog[shop/checkout]';
  const serviceAccountId = `projects/shop-prod/serviceAccounts/${EMAIL}`;
  const manifests = [account({ 'iam.gke.io/gcp-service-account': EMAIL }), pod()];
  const told = (type: string, fields: object) => tell([stack(resource(type, { serviceAccountId, role: 'roles/iam.workloadIdentityUser', ...fields })), ...manifests], [gke]);

  test.each([
    ['gcp:serviceaccount/iAMMember:IAMMember', { member }],
    ['gcp:serviceaccount/iAMBinding:IAMBinding', { members: [member, 'user:jo@example.com'] }],
    ['gcp:serviceaccount/iAMPolicy:IAMPolicy', { role: undefined, policyData: JSON.stringify({ bindings: [{ role: 'roles/iam.workloadIdentityUser', members: [member] }] }) }],
  ])('%s lets in whom it lists', (type, fields) => {
    expect(verdict(told(type, fields))).toMatchObject({ admitted: true });
  });

  test.each([
    ['gcp:serviceaccount/iAMMember:IAMMember', { member, condition: { title: 'by day', expression: 'request.time.getHours() < 18' } }],
    ['gcp:serviceaccount/iAMMember:IAMMember', { member, condition: UNKNOWN }],
    ['gcp:serviceaccount/iAMPolicy:IAMPolicy', { policyData: JSON.stringify({ bindings: [{ role: 'roles/iam.workloadIdentityUser', members: [member], condition: { expression: 'false' } }] }) }],
  ])('a condition lets nobody in for certain: %s', (type, fields) => {
    const answer = told(type, fields);
    expect(verdict(answer)).toMatchObject({ admitted: false, decided: false });
    expect(answer.proof.strangers).toEqual([]);
  });

  test.each([
    ['gcp:serviceaccount/iAMMember:IAMMember', { member: UNKNOWN }],
    ['gcp:serviceaccount/iAMMember:IAMMember', { member, role: UNKNOWN }],
    ['gcp:serviceaccount/iAMBinding:IAMBinding', { members: UNKNOWN }],
    ['gcp:serviceaccount/iAMPolicy:IAMPolicy', { policyData: SECRET }],
  ])('of a list that nobody can read it cannot be told: %s', (type, fields) => {
    expect(verdict(told(type, fields))).toMatchObject({ admitted: false, decided: false });
  });
});
