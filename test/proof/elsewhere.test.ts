/** Variables whose value is in another object: nobody here can read it, so that nobody here can say who the pod becomes. */
import { AKS_ISSUER, CLIENT, EKS_ISSUER, ROLE, account, credential, member, only, pod, role, statement } from './support';
import type { KubernetesObject } from '../../src/kubernetes/manifest';
import type { Artifacts, TrustArtifact } from '../../src/proof/artifacts';
import { prove } from '../../src/proof/prove';

const SUBJECT = 'system:serviceaccount:shop:checkout';
const PODS = 'pods.eks.amazonaws.com';
const ARN = 'arn:aws:eks:us-west-2:111122223333:cluster/blue';
const ack = 'acs:ram::1234567890123456';
const vaultRole = 'vault.example.com/org/auth/kubernetes/role/checkout';
const provider = 'projects/1/locations/global/workloadIdentityPools/p/providers/k';
const AUDIENCE = `https://iam.googleapis.com/${provider}`;
const email = 'app@demo.iam.gserviceaccount.com';

interface Case {
  readonly cluster: Omit<Artifacts['clusters'][number], 'objects' | 'name'>;
  readonly trust: readonly TrustArtifact[];
  readonly audience: string;
  /** All that the SDK reads. */
  readonly env: { readonly [name: string]: string };
  /** Those by which it says whom it becomes, and with what. */
  readonly decides: readonly string[];
  readonly beside?: readonly KubernetesObject[];
  readonly volumes?: readonly object[];
}

const CASES: { readonly [name: string]: Case } = {
  'AWS, by web identity': {
    cluster: { issuer: EKS_ISSUER },
    trust: [role(statement())],
    audience: 'sts.amazonaws.com',
    env: { AWS_ROLE_ARN: ROLE, AWS_WEB_IDENTITY_TOKEN_FILE: '/t/token' },
    decides: ['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE'],
  },
  'AWS, by Pod Identity': {
    cluster: { issuer: EKS_ISSUER, clusterArn: ARN },
    audience: PODS,
    trust: [
      role({ Effect: 'Allow', Principal: { Service: PODS }, Action: ['sts:AssumeRole', 'sts:TagSession'], Condition: { StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'shop', 'aws:RequestTag/kubernetes-service-account': 'checkout', 'aws:RequestTag/eks-cluster-arn': ARN } } }),
      { provider: 'aws', kind: 'eks.PodIdentityAssociation', name: 'arn:aws:eks:us-west-2:111122223333:podidentityassociation/blue/a', request: { clusterName: 'blue', namespace: 'shop', serviceAccount: 'checkout', roleArn: ROLE } },
    ],
    env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials', AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/t/token' },
    decides: ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'],
  },
  'Azure': {
    cluster: { issuer: AKS_ISSUER },
    trust: [credential()],
    audience: 'api://AzureADTokenExchange',
    env: { AZURE_CLIENT_ID: CLIENT, AZURE_TENANT_ID: 'tenant', AZURE_FEDERATED_TOKEN_FILE: '/t/token' },
    decides: ['AZURE_CLIENT_ID', 'AZURE_FEDERATED_TOKEN_FILE'],
  },
  'Google Cloud': {
    cluster: { issuer: EKS_ISSUER },
    audience: AUDIENCE,
    trust: [
      member({ member: `principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/${SUBJECT}` }),
      { provider: 'gcp', kind: 'iam.WorkloadIdentityPoolProvider', name: provider, cluster: 'blue', request: { workloadIdentityPoolProvider: { attributeMapping: { 'google.subject': 'assertion.sub' }, oidc: { issuerUri: EKS_ISSUER, allowedAudiences: [AUDIENCE] } } } },
    ],
    env: { GOOGLE_APPLICATION_CREDENTIALS: '/config/adc.json' },
    decides: ['GOOGLE_APPLICATION_CREDENTIALS'],
    volumes: [{ name: 'config', configMap: { name: 'adc' } }],
    beside: [{
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'adc', namespace: 'shop' },
      data: {
        'adc.json': JSON.stringify({
          type: 'external_account',
          audience: `//iam.googleapis.com/${provider}`,
          credential_source: { file: '/t/token' },
          service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email}:generateAccessToken`,
        }),
      },
    }],
  },
  'Alibaba Cloud': {
    cluster: { issuer: EKS_ISSUER },
    audience: 'sts.aliyuncs.com',
    trust: [{
      provider: 'alibaba',
      kind: 'ram.Role',
      name: `${ack}:role/checkout`,
      becomes: `${ack}:role/checkout`,
      request: {
        AssumeRolePolicyDocument: JSON.stringify({
          Statement: [{
            Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Federated: [`${ack}:oidc-provider/k`] }, Condition: { StringEquals: { 'oidc:iss': EKS_ISSUER, 'oidc:sub': SUBJECT, 'oidc:aud': 'sts.aliyuncs.com' } },
          }],
        }),
      },
    }],
    env: { ALIBABA_CLOUD_ROLE_ARN: `${ack}:role/checkout`, ALIBABA_CLOUD_OIDC_PROVIDER_ARN: `${ack}:oidc-provider/k`, ALIBABA_CLOUD_OIDC_TOKEN_FILE: '/t/token' },
    decides: ['ALIBABA_CLOUD_ROLE_ARN', 'ALIBABA_CLOUD_OIDC_PROVIDER_ARN', 'ALIBABA_CLOUD_OIDC_TOKEN_FILE'],
  },
  'Vault': {
    cluster: { issuer: EKS_ISSUER },
    audience: 'vault',
    trust: [{ provider: 'vault', kind: 'kubernetes.Role', name: vaultRole, becomes: vaultRole, request: { bound_service_account_names: ['checkout'], bound_service_account_namespaces: ['shop'], audience: 'vault' } }],
    env: { VAULT_ADDR: 'https://vault.example.com', VAULT_NAMESPACE: 'org', VAULT_AUTH_PATH: 'auth/kubernetes', VAULT_ROLE: 'checkout', VAULT_JWT_FILE: '/t/token' },
    decides: ['VAULT_ADDR', 'VAULT_NAMESPACE', 'VAULT_AUTH_PATH', 'VAULT_ROLE', 'VAULT_JWT_FILE'],
  },
};

/** The pod with other variables in the place of those that are named. */
function proofOf(of: Case, instead: { readonly [name: string]: object } = {}, container: object = {}, more: readonly KubernetesObject[] = []) {
  const { cluster, trust, audience, env, volumes = [], beside = [] } = of;
  const workload = pod({
    containers: [{
      name: 'app',
      env: Object.entries(env).map(([name, value]) => ({ name, ...(instead[name] ?? { value }) })),
      volumeMounts: [{ name: 't', mountPath: '/t' }, ...volumes.map(() => ({ name: 'config', mountPath: '/config' }))],
      ...container,
    }],
    volumes: [{ name: 't', projected: { sources: [{ serviceAccountToken: { path: 'token', audience } }] } }, ...volumes],
  });
  return prove({ clusters: [{ name: 'blue', ...cluster, objects: [account(), workload, ...beside, ...more] }], trust });
}

const SOURCES: { readonly [kind: string]: object } = {
  'a Secret': { valueFrom: { secretKeyRef: { name: 'keys', key: 'k' } } },
  'a ConfigMap that is not here': { valueFrom: { configMapKeyRef: { name: 'keys', key: 'k' } } },
  'a field of the pod': { valueFrom: { fieldRef: { fieldPath: 'metadata.annotations[\'handle\']' } } },
};

describe.each(Object.entries(CASES))('%s', (_name, each) => {
  test('with everything said, the pod is admitted, and nobody else', () => {
    const proof = proofOf(each);
    expect(only(proof.verdicts)).toMatchObject({ admitted: true });
    expect(proof).toMatchObject({ holds: true, strangers: [] });
  });

  test.each(each.decides.flatMap(variable => Object.entries(SOURCES).map(([kind, source]) => [variable, kind, source] as const)))('%s from %s is not decided', (variable, _kind, source) => {
    const proof = proofOf(each, { [variable]: source });
    expect(only(proof.verdicts)).toMatchObject({ admitted: false, decided: false, reason: `${variable} of the container app comes from elsewhere` });
    // It may well be the right one: nobody is told that the trust lets in a stranger.
    expect(proof).toMatchObject({ holds: true, strangers: [] });
  });

  test('all of them from elsewhere are not decided either', () => {
    const proof = proofOf(each, Object.fromEntries(each.decides.map(variable => [variable, SOURCES['a Secret'] as object])));
    expect(only(proof.verdicts)).toMatchObject({ admitted: false, decided: false });
    expect(proof).toMatchObject({ holds: true, strangers: [] });
  });

  test.each(each.decides)('%s from a ConfigMap that is here is read', variable => {
    const config = (value: string): KubernetesObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'keys', namespace: 'shop' }, data: { k: value } });
    const source = SOURCES['a ConfigMap that is not here'] as object;
    expect(only(proofOf(each, { [variable]: source }, {}, [config(each.env[variable] ?? '')]).verdicts)).toMatchObject({ admitted: true });
    expect(proofOf(each, { [variable]: source }, {}, [config('wrong')]).verdicts.filter(({ admitted }) => admitted)).toEqual([]);
  });
});

test.each([
  ['AWS, by web identity', /keys or another identity/], ['Azure', /a secret of the identity's/], ['Alibaba Cloud', /keys/], ['Vault', /VAULT_TOKEN/],
])('%s: a Secret whose keys are all variables may hold what comes first', (name, what) => {
  const proof = proofOf(CASES[name] as Case, {}, { envFrom: [{ secretRef: { name: 'settings' } }] });
  expect(only(proof.verdicts)).toMatchObject({ admitted: false, decided: false, reason: expect.stringMatching(what) });
  expect(proof.verdicts[0]?.reason).toContain('Secret settings');
  expect(proof).toMatchObject({ holds: true, strangers: [] });
});

describe('on GKE', () => {
  const gke = (container: object, spec: object = {}) => prove({
    clusters: [{ name: 'gke', workloadPool: 'demo.svc.id.goog', objects: [account({ 'iam.gke.io/gcp-service-account': email }), pod({ containers: [{ name: 'app', ...container }], ...spec })] }],
    trust: [member()],
  });

  test.each<[string, object, RegExp]>([
    ['a configuration from elsewhere', { env: [{ name: 'GOOGLE_APPLICATION_CREDENTIALS', ...SOURCES['a Secret'] }] }, /^GOOGLE_APPLICATION_CREDENTIALS of the container app comes from elsewhere$/],
    ['a Secret that may hold one', { envFrom: [{ secretRef: { name: 'settings' } }] }, /Secret settings, which may hold GOOGLE_APPLICATION_CREDENTIALS/],
  ])('%s may come before the metadata server', (_what, container, reason) => {
    expect(only(gke({}).verdicts)).toMatchObject({ admitted: true });
    const proof = gke(container);
    expect(only(proof.verdicts)).toMatchObject({ admitted: false, decided: false, reason: expect.stringMatching(reason) });
    expect(proof).toMatchObject({ holds: true, strangers: [] });
  });

  test('the metadata server of the node refuses whatever a Secret may hold', () => {
    expect(only(gke({ envFrom: [{ secretRef: { name: 'settings' } }] }, { hostNetwork: true }).verdicts)).toMatchObject({ admitted: false, decided: true });
  });
});

describe('Azure, by webhook', () => {
  const labels = { 'azure.workload.identity/use': 'true' };
  const azure = (container: object, annotations: { readonly [key: string]: string } = { 'azure.workload.identity/client-id': CLIENT, 'azure.workload.identity/tenant-id': 'tenant' }) =>
    prove({ clusters: [{ name: 'aks', issuer: AKS_ISSUER, objects: [account(annotations), pod({ containers: [{ name: 'app', ...container }] }, { labels })] }], trust: [credential()] });

  test.each(['AZURE_CLIENT_ID', 'AZURE_FEDERATED_TOKEN_FILE'])('%s from elsewhere stays as it is, and is not decided', name => {
    const proof = azure({ env: [{ name, ...SOURCES['a Secret'] }] });
    expect(only(proof.verdicts)).toMatchObject({ admitted: false, decided: false, reason: `${name} of the container app comes from elsewhere` });
    expect(proof).toMatchObject({ holds: true, strangers: [] });
  });

  test('without an annotation, a Secret may hold the client id', () => {
    expect(only(azure({ envFrom: [{ secretRef: { name: 'settings' } }] }, {}).verdicts)).toMatchObject({ admitted: false, decided: false, reason: expect.stringContaining('may hold AZURE_CLIENT_ID') });
  });
});

describe('a token of Vault\'s in the environment', () => {
  const vault = CASES.Vault as Case;
  const token = (variable: object) => ({ env: [...Object.entries(vault.env).map(([name, value]) => ({ name, value })), { name: 'VAULT_TOKEN', ...variable }] });

  test.each<[string, object]>([['as text', { value: 'hvs.x' }], ['from a Secret', SOURCES['a Secret'] as object], ['of OpenBao', { name: 'BAO_TOKEN', value: 's.x' }]])('%s comes before every login', (_how, variable) => {
    const proof = proofOf(vault, {}, token(variable));
    expect(only(proof.verdicts)).toMatchObject({ admitted: false, decided: true, becomes: vaultRole, reason: expect.stringMatching(/VAULT_TOKEN, which Vault's clients use|BAO_TOKEN, which OpenBao's clients use/) });
    expect(proof).toMatchObject({ holds: false, strangers: [] });
  });

  test('an empty one counts for none', () => {
    expect(only(proofOf(vault, {}, token({ value: '' })).verdicts)).toMatchObject({ admitted: true });
  });
});
