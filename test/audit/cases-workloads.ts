/** Accounts, labels and annotations: manifests with a fault, and others that look alike and are right. */
import type { Case } from './cases';
import { ack, automounted, aws, azure, CLIENT, fromSecret, gke, GSA, INJECT, namespace, open, ROLE, USE } from './samples';
import { account, binding, container, deployment, LEGACY, mounting, secret, tokenVolume } from './support';

export const CASES_OF_WORKLOADS: readonly Case[] = [
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
];
