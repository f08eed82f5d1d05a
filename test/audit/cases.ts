/** For every rule, manifests in which it finds something, and others that look alike and are right. */
import { LEGACY, account, binding, config, container, deployment, mounting, secret, tokenVolume } from './support';

export interface Case {
  readonly code: string;
  readonly found: { readonly [name: string]: readonly object[] };
  readonly near: { readonly [name: string]: readonly object[] };
}

const ROLE = 'arn:aws:iam::111122223333:role/checkout';
const CLIENT = 'c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b';
const GSA = 'checkout@shop-prod.iam.gserviceaccount.com';
const aws = (more: object = {}) => account({ annotations: { 'eks.amazonaws.com/role-arn': ROLE, ...more } });
const azure = (more: object = {}) => account({ annotations: { 'azure.workload.identity/client-id': CLIENT, ...more } });
const ack = (more: object = {}) => account({ annotations: { 'pod-identity.alibabacloud.com/role-name': 'checkout', ...more } });
const gke = account({ annotations: { 'iam.gke.io/gcp-service-account': GSA } });
const USE = { labels: { 'azure.workload.identity/use': 'true' } };
const namespace = (labels: object = {}) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } });
const open = account({}, {});
const automounted = deployment({ automountServiceAccountToken: undefined });
const WEB_IDENTITY = [{ name: 'AWS_ROLE_ARN', value: ROLE }, { name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: '/var/run/tokens/token' }];
const fromSecret = (name: string, key = 'key') => ({ name, valueFrom: { secretKeyRef: { name: 'kept', key } } });
const external = (file: string) => JSON.stringify({ type: 'external_account', audience: '//iam.googleapis.com/x', credential_source: { file } });
const withConfig = (text: string) => [config({ 'c.json': text }), deployment({
  containers: [{ name: 'app', env: [{ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/etc/gcp/c.json' }], volumeMounts: [{ name: 'gcp', mountPath: '/etc/gcp' }, { name: 'token', mountPath: '/var/run/tokens' }] }],
  volumes: [{ name: 'gcp', configMap: { name: 'settings' } }, { name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }],
})];
const INJECT = { annotations: { 'vault.hashicorp.com/agent-inject': 'true', 'vault.hashicorp.com/role': 'checkout' } };
const INJECT_BY_VOLUME = { annotations: { ...INJECT.annotations, 'vault.hashicorp.com/agent-service-account-token-volume-name': 'token' } };

export const CASES: readonly Case[] = [
  {
    code: 'audit/legacy-token',
    found: { 'of its type': [LEGACY] },
    near: { 'another Secret of the account': [secret({ type: 'Opaque' })], 'another kind': [{ ...LEGACY, apiVersion: 'example.com/v1' }] },
  },
  {
    code: 'audit/legacy-token-used',
    found: {
      'mounted': [LEGACY, deployment({ volumes: [{ name: 'old', secret: { secretName: 'kept' } }] })],
      'projected': [LEGACY, deployment({ volumes: [{ name: 'old', projected: { sources: [{ secret: { name: 'kept' } }] } }] })],
      'in a variable': [LEGACY, deployment(container({ env: [fromSecret('TOKEN', 'token')] }))],
      'in all variables, of an init container': [LEGACY, deployment({ initContainers: [{ name: 'first', envFrom: [{ secretRef: { name: 'kept' } }] }] })],
      'by the name that clusters gave it': [deployment({ volumes: [{ name: 'old', secret: { secretName: 'checkout-token-x7k2p' } }] })],
    },
    near: {
      'a Secret of another type': [secret({ type: 'Opaque' }), deployment({ volumes: [{ name: 'old', secret: { secretName: 'kept' } }] })],
      'the same name in another namespace': [{ ...LEGACY, metadata: { name: 'kept', namespace: 'other' } }, deployment({ volumes: [{ name: 'old', secret: { secretName: 'kept' } }] })],
      'a name that no cluster gave': [deployment({ volumes: [{ name: 'old', secret: { secretName: 'checkout-token-prod1' } }] })],
      'a name of that form, and another type': [secret({ metadata: { name: 'checkout-token-x7k2p', namespace: 'shop' }, type: 'Opaque' }), deployment({ volumes: [{ name: 'old', secret: { secretName: 'checkout-token-x7k2p' } }] })],
    },
  },
  {
    code: 'audit/account-secrets',
    found: {
      'by type': [LEGACY, account({}, { automountServiceAccountToken: false, secrets: [{ name: 'kept' }] })],
      'by name': [account({}, { automountServiceAccountToken: false, secrets: [{ name: 'checkout-token-x7k2p' }] })],
    },
    near: { 'another Secret': [account({}, { secrets: [{ name: 'checkout-dockercfg-x7k2p' }] })], 'pull secrets': [account({}, { imagePullSecrets: [{ name: 'checkout-token-x7k2p' }] })] },
  },
  {
    code: 'audit/automount',
    found: {
      'nobody said anything': [open, automounted],
      'the pod says true, though its account says false': [account(), deployment({ automountServiceAccountToken: true })],
      'bound is an account of that name elsewhere': [open, automounted, binding({ kind: 'ServiceAccount', name: 'checkout', namespace: 'other' })],
      'bound is another one': [open, automounted, binding({ kind: 'ServiceAccount', name: 'cart' })],
      'bound is the group of another namespace': [open, automounted, binding({ kind: 'Group', name: 'system:serviceaccounts:other' })],
      'only one of two containers has another mount there': [open, deployment({ automountServiceAccountToken: undefined, containers: [{ name: 'a', volumeMounts: [{ name: 'x', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }] }, { name: 'b' }] })],
    },
    near: {
      'the account says false': [account(), automounted],
      'the pod says false': [open, deployment()],
      'an account that is made elsewhere': [automounted],
      'bound in its namespace': [open, automounted, binding({ kind: 'ServiceAccount', name: 'checkout', namespace: 'shop' })],
      'bound, and the namespace left out': [open, automounted, binding({ kind: 'ServiceAccount', name: 'checkout' })],
      'bound from another namespace': [open, automounted, binding({ kind: 'ServiceAccount', name: 'checkout', namespace: 'shop' }, 'RoleBinding', 'other')],
      'bound in the cluster': [open, automounted, binding({ kind: 'ServiceAccount', name: 'checkout', namespace: 'shop' }, 'ClusterRoleBinding')],
      'bound as a user': [open, automounted, binding({ kind: 'User', name: 'system:serviceaccount:shop:checkout' })],
      'bound by a group': [open, automounted, binding({ kind: 'Group', name: 'system:serviceaccounts:shop' }, 'ClusterRoleBinding')],
      'something of its own is mounted there': [open, deployment({ automountServiceAccountToken: undefined, ...tokenVolume(), ...mounting({ mountPath: '/var/run/secrets/kubernetes.io/serviceaccount/' }) })],
      'the agent of Vault needs it': [open, deployment({ automountServiceAccountToken: undefined }, INJECT)],
    },
  },
  {
    code: 'audit/default-account',
    found: {
      'no account named': [deployment({ serviceAccountName: undefined, automountServiceAccountToken: undefined })],
      'an empty name': [deployment({ serviceAccountName: '', automountServiceAccountToken: undefined })],
      'named outright, with a projected token': [deployment({ serviceAccountName: 'default', ...tokenVolume(), ...mounting() })],
      'with the identity of a cloud': [account({ name: 'default', annotations: { 'eks.amazonaws.com/role-arn': ROLE } }), deployment({ serviceAccountName: undefined })],
    },
    near: {
      'without a token': [deployment({ serviceAccountName: undefined })],
      'the account says so': [account({ name: 'default' }), deployment({ serviceAccountName: undefined, automountServiceAccountToken: undefined })],
      'named in the field of before': [deployment({ serviceAccountName: undefined, serviceAccount: 'checkout', automountServiceAccountToken: undefined })],
    },
  },
  {
    code: 'audit/label-missing',
    found: {
      'Azure': [azure(), deployment()],
      'Azure, the label at the account': [account({ annotations: { 'azure.workload.identity/client-id': CLIENT }, ...USE }), deployment()],
      'Alibaba Cloud': [ack(), namespace(), deployment()],
    },
    near: {
      'labelled': [azure(), deployment({}, USE)],
      'its own token': [azure(), deployment({ ...tokenVolume(), ...mounting({}, { name: 'AZURE_FEDERATED_TOKEN_FILE', value: '/var/run/tokens/token' }) })],
      'another account': [azure(), deployment({ serviceAccountName: 'cart' })],
      'labelled for Alibaba Cloud': [ack(), namespace(), deployment({}, { labels: { 'pod-identity.alibabacloud.com/injection': 'on' } })],
      'the namespace is': [ack(), namespace({ 'pod-identity.alibabacloud.com/injection': 'on' }), deployment()],
      'the namespace is made elsewhere': [ack(), deployment()],
    },
  },
  {
    code: 'audit/misplaced',
    found: {
      'the label on the Deployment': [azure(), deployment({}, {}, USE)],
      'the label as an annotation': [azure(), deployment({}, { annotations: USE.labels })],
      'the annotation of the account on the pods': [deployment({}, { annotations: { 'eks.amazonaws.com/role-arn': ROLE } })],
      'the annotation of the account on the Deployment': [deployment({}, {}, { annotations: { 'iam.gke.io/gcp-service-account': GSA } })],
      'the injector of Vault': [deployment({}, {}, INJECT)],
    },
    near: {
      'in both places': [azure(), deployment({}, USE, USE)],
      'at a Pod, which is its own template': [azure(), { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop', ...USE }, spec: { serviceAccountName: 'checkout', automountServiceAccountToken: false, containers: [{ name: 'app' }] } }],
      'the account has it as well': [aws(), deployment({}, { annotations: { 'eks.amazonaws.com/role-arn': ROLE } })],
      'a label of nobody': [deployment({}, {}, { labels: { 'app.kubernetes.io/name': 'web' } })],
    },
  },
  {
    code: 'audit/not-text',
    found: {
      'a label': [deployment({}, { labels: { 'azure.workload.identity/use': true } })],
      'an annotation of an account': [account({ annotations: { 'eks.amazonaws.com/token-expiration': 86400 } })],
      'a label of a namespace': [namespace({ 'pod-identity.alibabacloud.com/injection': true })],
      'at the workload': [deployment({}, {}, { labels: { version: 1.2 } })],
    },
    near: { 'with quotes': [deployment({}, { labels: { version: '1.2', on: 'true' } })], 'nothing, which is an empty text': [deployment({}, { labels: { version: null } })] },
  },
  {
    code: 'audit/dead-annotation',
    found: {
      'kube2iam': [deployment({}, { annotations: { 'iam.amazonaws.com/role': ROLE } })],
      'AAD Pod Identity': [deployment({}, { labels: { aadpodidbinding: 'checkout' } })],
      'a slip': [account({ annotations: { 'eks.amazonaws.com/role-arm': ROLE } })],
      'a slip in the domain': [account({ annotations: { 'eks.amazonaw.com/role-arn': ROLE } })],
      'the label of before version 1': [account(USE), deployment({}, USE)],
      'a sidecar that false does not keep away': [deployment({}, { annotations: { 'azure.workload.identity/inject-proxy-sidecar': 'false' } })],
    },
    near: {
      'keys that are read': [aws({ 'eks.amazonaws.com/audience': 'sts.amazonaws.com' }), deployment({}, { annotations: { 'eks.amazonaws.com/skip-containers': 'app' } })],
      'another key of the domain': [deployment({}, { labels: { 'eks.amazonaws.com/fargate-profile': 'shop' } })],
      'a key of somebody else': [account({ annotations: { 'example.com/role-arn': ROLE } })],
      'the sidecar is wanted': [deployment({}, { annotations: { 'azure.workload.identity/inject-proxy-sidecar': 'true' } })],
    },
  },
  {
    code: 'audit/handle',
    found: {
      'a name for an id': [azure({ 'azure.workload.identity/client-id': 'checkout' }), deployment({}, USE)],
      'a placeholder': [aws({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::<ACCOUNT>:role/checkout' })],
      'the ARN of a user': [aws({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:user/checkout' })],
      'an ARN for a name': [ack({ 'pod-identity.alibabacloud.com/role-name': 'acs:ram::1234:role/checkout' })],
      'an id for an address': [account({ annotations: { 'iam.gke.io/gcp-service-account': 'checkout' } })],
      'yes for true': [azure(), deployment({}, { labels: { 'azure.workload.identity/use': 'yes' } })],
    },
    near: { 'all of them right': [aws(), azure(), ack(), gke, deployment({}, USE)], 'another partition': [aws({ 'eks.amazonaws.com/role-arn': 'arn:aws-us-gov:iam::111122223333:role/team/checkout' })], 'a name, of which some installations make an ARN': [aws({ 'eks.amazonaws.com/role-arn': 'checkout' })] },
  },
  {
    code: 'audit/webhook-lifetime',
    found: {
      'less than Azure takes': [azure({ 'azure.workload.identity/service-account-token-expiration': '600' }), deployment({}, USE)],
      'more than Alibaba Cloud takes': [ack({ 'pod-identity.alibabacloud.com/service-account-token-expiration': '86400' })],
      'no number': [aws({ 'eks.amazonaws.com/token-expiration': '1h' })],
      'at the pods': [aws(), deployment({}, { annotations: { 'eks.amazonaws.com/token-expiration': '300' } })],
    },
    near: {
      'the bounds': [azure({ 'azure.workload.identity/service-account-token-expiration': '3600' }), ack({ 'pod-identity.alibabacloud.com/service-account-token-expiration': '43200' }), aws({ 'eks.amazonaws.com/token-expiration': '600' }), deployment({}, USE)],
    },
  },
  {
    code: 'audit/separator',
    found: {
      'a comma for Azure': [azure(), deployment({}, { ...USE, annotations: { 'azure.workload.identity/skip-containers': 'proxy,log' } })],
      'a semicolon for AWS': [aws(), deployment({}, { annotations: { 'eks.amazonaws.com/skip-containers': 'proxy;log' } })],
    },
    near: { 'each its own': [azure(), deployment({}, { ...USE, annotations: { 'azure.workload.identity/skip-containers': 'proxy;log', 'eks.amazonaws.com/skip-containers': 'proxy,log' } })], 'one name': [deployment({}, { annotations: { 'eks.amazonaws.com/skip-containers': 'proxy' } })] },
  },
  {
    code: 'audit/token-unmounted',
    found: { 'no container': [deployment(tokenVolume())], 'a mount of another volume': [deployment({ ...tokenVolume(), ...mounting({ name: 'other' }) })] },
    near: {
      'mounted': [deployment({ ...tokenVolume(), ...mounting() })],
      'by an init container': [deployment({ ...tokenVolume(), initContainers: [{ name: 'first', volumeMounts: [{ name: 'token', mountPath: '/t' }] }] })],
      'the injector of Vault takes it': [deployment(tokenVolume(), INJECT_BY_VOLUME)],
      'no token in it': [deployment({ volumes: [{ name: 'token', projected: { sources: [{ configMap: { name: 'a' } }] } }] })],
    },
  },
  {
    code: 'audit/token-subpath',
    found: { subPath: [deployment({ ...tokenVolume(), ...mounting({ subPath: 'token' }) })], subPathExpr: [deployment({ ...tokenVolume(), ...mounting({ subPathExpr: '$(NAME)' }) })] },
    near: { 'whole': [deployment({ ...tokenVolume(), ...mounting() })], 'of another volume': [deployment({ ...tokenVolume(), containers: [{ name: 'app', volumeMounts: [{ name: 'data', mountPath: '/d', subPath: 'a' }, { name: 'token', mountPath: '/t' }] }] })] },
  },
  {
    code: 'audit/token-lifetime',
    found: { 'as tutorials have it': [deployment({ ...tokenVolume({ expirationSeconds: 300 }), ...mounting() })], 'too long': [deployment({ ...tokenVolume({ expirationSeconds: 4294967297 }), ...mounting() })], 'a text': [deployment({ ...tokenVolume({ expirationSeconds: '3600' }), ...mounting() })] },
    near: { 'the least': [deployment({ ...tokenVolume({ expirationSeconds: 600 }), ...mounting() })], 'none': [deployment({ ...tokenVolume(), ...mounting() })] },
  },
  {
    code: 'audit/token-lifetime-long',
    found: { 'two days': [deployment({ ...tokenVolume({ expirationSeconds: 172800 }), ...mounting() })] },
    near: { 'a day': [deployment({ ...tokenVolume({ expirationSeconds: 86400 }), ...mounting() })] },
  },
  {
    code: 'audit/token-year',
    found: { 'by hand': [deployment({ ...tokenVolume({ audience: undefined, expirationSeconds: 3607 }), ...mounting() })] },
    near: {
      'for somebody else': [deployment({ ...tokenVolume({ expirationSeconds: 3607 }), ...mounting() })],
      'another lifetime': [deployment({ ...tokenVolume({ audience: undefined, expirationSeconds: 3600 }), ...mounting() })],
      'put there by admission': [deployment({ containers: [{ name: 'app', volumeMounts: [{ name: 'kube-api-access-x7k2p', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }] }], volumes: [{ name: 'kube-api-access-x7k2p', projected: { sources: [{ serviceAccountToken: { path: 'token', expirationSeconds: 3607 } }] } }] })],
    },
  },
  {
    code: 'audit/token-path',
    found: { none: [deployment({ ...tokenVolume({ path: undefined }), ...mounting() })], absolute: [deployment({ ...tokenVolume({ path: '/token' }), ...mounting() })], out: [deployment({ ...tokenVolume({ path: 'a/../../token' }), ...mounting() })] },
    near: { 'in a folder': [deployment({ ...tokenVolume({ path: 'a/..b/token' }), ...mounting() })] },
  },
  {
    code: 'audit/token-collision',
    found: {
      'two tokens': [deployment({ ...tokenVolume({}, { serviceAccountToken: { path: 'token', audience: 'b' } }), ...mounting() })],
      'a key of a ConfigMap': [deployment({ ...tokenVolume({}, { configMap: { name: 'a', items: [{ key: 'k', path: 'token' }] } }), ...mounting() })],
    },
    near: { 'other paths': [deployment({ ...tokenVolume({}, { serviceAccountToken: { path: 'other', audience: 'b' } }), ...mounting() })] },
  },
  {
    code: 'audit/api-audience',
    found: {
      'no audience': [deployment({ ...tokenVolume({ audience: undefined }), ...mounting({}, ...WEB_IDENTITY) })],
      'the name of the API server': [deployment({ ...tokenVolume({ audience: 'https://kubernetes.default.svc.cluster.local' }), ...mounting({}, ...WEB_IDENTITY) })],
      'the automounted one': [deployment({ automountServiceAccountToken: true, ...container({ env: [{ name: 'AZURE_FEDERATED_TOKEN_FILE', value: '/var/run/secrets/kubernetes.io/serviceaccount/token' }] }) })],
      'by the configuration of Google\'s library': withConfig(external('/var/run/tokens/token')),
    },
    near: {
      'an audience of its own': [deployment({ ...tokenVolume({ audience: 'sts.amazonaws.com' }), ...mounting({}, ...WEB_IDENTITY) })],
      'for the API alone': [deployment({ ...tokenVolume({ audience: undefined }), ...mounting() })],
    },
  },
  {
    code: 'audit/api-audience-agent',
    found: { 'the agent of Vault': [open, deployment({ automountServiceAccountToken: undefined }, INJECT)] },
    near: { 'with a volume': [deployment({ automountServiceAccountToken: true, ...tokenVolume() }, INJECT_BY_VOLUME)], 'not injected': [open, deployment({ automountServiceAccountToken: undefined }, { annotations: { 'vault.hashicorp.com/role': 'checkout' } })] },
  },
  {
    code: 'audit/api-audience-spelled',
    found: { spelled: [deployment({ ...tokenVolume({ audience: 'https://kubernetes.default.svc' }), ...mounting() })] },
    near: { 'left out': [deployment({ ...tokenVolume({ audience: undefined }), ...mounting() })], 'somebody with a like name': [deployment({ ...tokenVolume({ audience: 'https://kubernetes.default.example.com' }), ...mounting() })] },
  },
  {
    code: 'audit/token-file-missing',
    found: {
      'nothing mounted': [deployment(container({ env: WEB_IDENTITY }))],
      'another file': [deployment({ ...tokenVolume({ path: 'aws-token' }), ...mounting({}, ...WEB_IDENTITY) })],
      'automount is off': [deployment(container({ env: [{ name: 'VAULT_JWT_FILE', value: '/var/run/secrets/kubernetes.io/serviceaccount/token' }] }))],
      'mounted in another container': [deployment({ ...tokenVolume(), containers: [{ name: 'app', env: WEB_IDENTITY }, { name: 'side', volumeMounts: [{ name: 'token', mountPath: '/var/run/tokens' }] }] })],
    },
    near: {
      'it is there': [deployment({ ...tokenVolume(), ...mounting({}, ...WEB_IDENTITY) })],
      'a webhook mounts it': [aws(), deployment(container({ env: [{ name: 'AWS_WEB_IDENTITY_TOKEN_FILE', value: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token' }] }))],
      'a volume that something else fills': [deployment({ ...mounting({}, ...WEB_IDENTITY), volumes: [{ name: 'token', csi: { driver: 'x' } }] })],
      'a value from elsewhere': [deployment(container({ env: [fromSecret('AWS_WEB_IDENTITY_TOKEN_FILE')] }))],
      'on Windows': [deployment({ ...container({ env: WEB_IDENTITY }), nodeSelector: { 'kubernetes.io/os': 'windows' } })],
    },
  },
  {
    code: 'audit/static-key-wins',
    found: {
      'AWS': [aws(), deployment(container({ env: [fromSecret('AWS_ACCESS_KEY_ID'), fromSecret('AWS_SECRET_ACCESS_KEY')] }))],
      'Azure': [azure(), deployment(container({ env: [fromSecret('AZURE_CLIENT_SECRET')] }), USE)],
      'Alibaba Cloud, by a Secret among the manifests': [ack(), secret({ stringData: { ALIBABA_CLOUD_ACCESS_KEY_ID: 'x' } }), deployment(container({ envFrom: [{ secretRef: { name: 'kept' } }] }))],
      'Google Cloud, by a file of a Secret': [gke, deployment({ ...container({ env: [{ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/etc/key/key.json' }], volumeMounts: [{ name: 'key', mountPath: '/etc/key' }] }), volumes: [{ name: 'key', secret: { secretName: 'key' } }] })],
      'Vault': [deployment(container({ env: [fromSecret('VAULT_TOKEN')] }), INJECT_BY_VOLUME)],
    },
    near: { 'the key of another cloud': [aws(), deployment(container({ env: [fromSecret('AZURE_CLIENT_SECRET')] }))], 'an identity alone': [aws(), deployment()], 'other Secrets': [aws(), secret({ data: { PASSWORD: 'x' } }), deployment(container({ envFrom: [{ secretRef: { name: 'kept' } }] }))] },
  },
  {
    code: 'audit/static-key',
    found: {
      'by a variable': [deployment(container({ env: [{ name: 'AWS_SECRET_ACCESS_KEY', value: 'x' }] }))],
      'with a prefix': [secret({ data: { ACCESS_KEY_ID: 'x' } }), deployment(container({ envFrom: [{ prefix: 'AWS_', secretRef: { name: 'kept' } }] }))],
      'a key file in a ConfigMap': withConfig(JSON.stringify({ type: 'service_account', private_key: 'x' })),
    },
    near: { 'beside an identity, which is worse': [aws(), deployment(container({ env: [fromSecret('AWS_ACCESS_KEY_ID')] }))], 'a configuration without a key': withConfig(external('/var/run/tokens/token')), 'no key': [deployment(container({ env: [{ name: 'AWS_REGION', value: 'eu-west-1' }] }))] },
  },
  {
    code: 'audit/host-network',
    found: { 'GKE': [gke, deployment({ hostNetwork: true })], 'the proxy of Azure': [azure(), deployment({ hostNetwork: true }, { ...USE, annotations: { 'azure.workload.identity/inject-proxy-sidecar': 'true' } })] },
    near: { 'its own network': [gke, deployment()], 'a token of its own': [gke, deployment({ hostNetwork: true, ...container({ env: [{ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/etc/gcp/c.json' }] }) })], 'no identity': [account(), deployment({ hostNetwork: true })], 'AWS, whose token is a file': [aws(), deployment({ hostNetwork: true })] },
  },
  {
    code: 'audit/dead-flag',
    found: {
      'a gate that never was': [deployment(container({ command: ['kube-apiserver', '--feature-gates=ImplicitServiceAccountToken=true'] }))],
      'oauth2-proxy': [deployment(container({ image: 'quay.io/oauth2-proxy/oauth2-proxy:v7', args: ['--token-path=/var/run/tokens/token'] }))],
    },
    near: { 'a flag of another program': [deployment(container({ args: ['--token-path=/x'] }))], 'flags that are': [deployment(container({ image: 'oauth2-proxy', args: ['--skip-jwt-bearer-tokens'] }))] },
  },
];
