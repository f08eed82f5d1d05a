/** Tokens, audiences and keys: manifests with a fault, and others that look alike and are right. */
import type { Case } from './cases';
import { ack, aws, azure, external, fromSecret, gke, INJECT, INJECT_BY_VOLUME, open, USE, WEB_IDENTITY, withConfig } from './samples';
import { account, container, deployment, mounting, secret, tokenVolume } from './support';

export const CASES_OF_TOKENS: readonly Case[] = [
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
    near: { 'with a volume': [deployment({ automountServiceAccountToken: true, ...tokenVolume() }, INJECT_BY_VOLUME)], 'no token for the API': [open, deployment({}, INJECT)], 'not injected': [open, deployment({ automountServiceAccountToken: undefined }, { annotations: { 'vault.hashicorp.com/role': 'checkout' } })] },
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
      'OpenBao': [deployment(container({ env: [fromSecret('BAO_TOKEN')] }), INJECT_BY_VOLUME)],
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
