import type { ClusterInput, DefinitionFile, WorkloadIdentityInput } from 'symbolon';

/** One identity and its workload, again and again under other names: what the source documents show, an AWS role, an API of one's own and a rule in the Kubernetes API. */
export const cluster: ClusterInput = {
  name: 'prod-blue',
  issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod-blue' },
};

export function identity(i: number): Omit<WorkloadIdentityInput, 'clusters'> {
  return {
    name: `app-${i}`,
    namespace: 'shop',
    trustedBy: { aws: { managedPolicies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'] } },
    tokens: { payments: { audience: 'https://payments.example.com', expirationSeconds: 900 } },
    rbac: [{ verbs: ['get', 'list'], resources: ['pods'] }],
  };
}

/** The workload as its author writes it, without a word about identity but, perhaps, which one it is. */
export function deployment(i: number, named = false): Manifest {
  return workload(i, {}, named ? { serviceAccountName: `app-${i}` } : {});
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly annotations?: { readonly [key: string]: string } };
  readonly [field: string]: unknown;
}

/** The same identity written by hand: what all of this is compared with. */
export function byHand(i: number): readonly Manifest[] {
  const name = `app-${i}`;
  const metadata = { name, namespace: 'shop' };
  const group = 'rbac.authorization.k8s.io';
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { ...metadata, annotations: { 'eks.amazonaws.com/role-arn': `arn:aws:iam::111122223333:role/${name}`, 'eks.amazonaws.com/sts-regional-endpoints': 'true' } },
      automountServiceAccountToken: false,
    },
    { apiVersion: `${group}/v1`, kind: 'Role', metadata, rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }] },
    { apiVersion: `${group}/v1`, kind: 'RoleBinding', metadata, roleRef: { apiGroup: group, kind: 'Role', name }, subjects: [{ kind: 'ServiceAccount', name, namespace: 'shop' }] },
    workload(i, {
      env: [{ name: 'PAYMENTS_TOKEN_FILE', value: '/var/run/secrets/symbolon/payments/token' }],
      volumeMounts: [
        { name: 'token-payments', mountPath: '/var/run/secrets/symbolon/payments', readOnly: true },
        { name: 'kubernetes-api', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
      ],
    }, {
      serviceAccountName: name,
      volumes: [
        { name: 'token-payments', projected: { sources: [{ serviceAccountToken: { audience: 'https://payments.example.com', expirationSeconds: 900, path: 'token' } }] } },
        {
          name: 'kubernetes-api',
          projected: {
            sources: [
              { serviceAccountToken: { expirationSeconds: 3600, path: 'token' } },
              { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
              { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
            ],
          },
        },
      ],
    }),
  ];
}

function workload(i: number, container: object, spec: object): Manifest {
  const labels = (): object => ({ app: `app-${i}` });
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `app-${i}`, namespace: 'shop' },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels() },
      template: { metadata: { labels: labels() }, spec: { containers: [{ name: 'app', image: 'shop/app:1.4', ports: [{ containerPort: 8080 }], ...container }], ...spec } },
    },
  };
}

/** Both halves of n identities, and their workloads, as the command line takes them. */
export function definitionFile(n: number): DefinitionFile {
  const numbers = Array.from({ length: n }, (_, i) => i);
  const identities = numbers.map(i => ({ ...identity(i), clusters: [cluster.name] }));
  return { version: 1, clusters: [cluster], identities, workloads: numbers.map(i => deployment(i, true)) };
}
