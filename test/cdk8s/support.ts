import { ApiObject, type Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { defineCluster, defineWorkloadIdentity, type KubernetesObject } from 'symbolon';

export const blue = defineCluster({
  name: 'prod-blue',
  issuer: 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod-blue' },
});

export const west = defineCluster({
  name: 'prod-west',
  issuer: 'https://westeurope.oic.prod-aks.azure.com/9a5f2f7c-2f6e-4a6e-8f4e-0a3a1b1c2d3e/5b9b1c2d-3e4f-4a5b-8c6d-7e8f9a0b1c2d/',
  aks: { tenantId: '9a5f2f7c-2f6e-4a6e-8f4e-0a3a1b1c2d3e' },
});

/** Explicit on EKS, so that the pod carries all of it: AWS's token, one of our own, and the API server's. */
export const checkout = defineWorkloadIdentity({
  name: 'checkout',
  namespace: 'shop',
  clusters: [blue],
  trustedBy: { aws: { injection: 'explicit' } },
  tokens: { payments: { audience: 'https://payments.example.com', expirationSeconds: 900 } },
  rbac: [{ verbs: ['get', 'list'], resources: ['pods'] }],
});

/** Three service accounts in two namespaces, on two clusters of two clouds. */
export const everywhere = defineWorkloadIdentity({
  name: 'reports',
  runsAs: [{ namespace: 'shop', serviceAccount: 'reports' }, { namespace: 'back', serviceAccount: 'worker' }, { namespace: 'back', serviceAccount: 'sweeper', create: false }],
  clusters: [blue, west],
  trustedBy: {
    aws: { accountId: '111122223333' },
    azure: { resourceGroup: 'shop', location: 'westeurope', subscriptionId: '0f1e2d3c-4b5a-4978-8899-aabbccddeeff', clusters: ['prod-west'], clientId: '6c1f2d3e-4a5b-4c6d-8e7f-0a1b2c3d4e5f' },
  },
  rbac: [{ verbs: ['get'], resources: ['pods'] }, { verbs: ['list'], resources: ['nodes'], clusterWide: true }],
  labels: { team: 'shop' },
});

/** A Deployment by hand: one container, and nothing that has to do with identity. */
export function deployment(scope: Construct, id: string, namespace?: string): ApiObject {
  return new ApiObject(scope, id, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: id, ...(namespace !== undefined && { namespace }) },
    spec: { template: { spec: { containers: [{ name: 'app', image: 'shop/checkout:1.4' }] } } },
  });
}

export interface Container {
  readonly name: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}

interface Source {
  readonly serviceAccountToken?: { readonly audience?: string; readonly expirationSeconds: number; readonly path: string };
  readonly configMap?: { readonly name: string; readonly items: readonly { readonly path: string }[] };
  readonly downwardAPI?: { readonly items: readonly { readonly path: string }[] };
}

export interface PodTemplate {
  readonly metadata?: { readonly labels?: { readonly [key: string]: string } };
  readonly spec: {
    readonly serviceAccountName?: string;
    readonly automountServiceAccountToken?: boolean;
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly volumes?: readonly { readonly name: string; readonly projected?: { readonly sources: readonly Source[] } }[];
  };
}

export type Manifest = KubernetesObject & { readonly spec?: unknown };

/** What `kubectl apply` would be given, in its order. */
export function render(chart: Chart): readonly Manifest[] {
  return chart.toJson() as Manifest[];
}

export function podOf(manifest: object): PodTemplate {
  const { spec } = manifest as { spec: { template?: PodTemplate; jobTemplate?: { spec: { template: PodTemplate } } } };
  return spec.template ?? spec.jobTemplate?.spec.template ?? manifest as PodTemplate;
}

export function workloadIn(chart: Chart, kind: string): PodTemplate {
  const found = render(chart).filter(manifest => manifest.kind === kind);
  expect(found).toHaveLength(1);
  return podOf(found[0] ?? {});
}

export function containersOf({ spec }: PodTemplate): readonly Container[] {
  return [...spec.initContainers ?? [], ...spec.containers];
}

/** A token as a container finds it. */
interface FoundToken {
  readonly audience: string | undefined;
  readonly seconds: number;
  readonly readOnly: boolean;
}

/** Follows a file path through the container's innermost mount and the pod's volumes to the token that the kubelet writes there. */
export function tokenAt(pod: PodTemplate, container: Container, file = ''): FoundToken | undefined {
  const mounts = container.volumeMounts?.filter(({ mountPath }) => file.startsWith(`${mountPath}/`)) ?? [];
  const [mount] = [...mounts].sort((a, b) => b.mountPath.length - a.mountPath.length);
  const volume = pod.spec.volumes?.find(({ name }) => name === mount?.name);
  const token = volume?.projected?.sources.find(source => `${mount?.mountPath ?? ''}/${source.serviceAccountToken?.path ?? ''}` === file)?.serviceAccountToken;
  return token === undefined ? undefined : { audience: token.audience, seconds: token.expirationSeconds, readOnly: mount?.readOnly ?? false };
}

export function envOf(container: Container, name: string): string | undefined {
  return container.env?.find(variable => variable.name === name)?.value;
}

/** What stands in the directory where in-cluster clients look, by file. */
function filesAt(pod: PodTemplate, { volumeMounts = [] }: Container, directory: string): readonly string[] {
  const mount = volumeMounts.find(({ mountPath, readOnly }) => mountPath === directory && readOnly === true);
  const sources = pod.spec.volumes?.find(({ name }) => name === mount?.name)?.projected?.sources ?? [];
  return sources.flatMap(source => source.serviceAccountToken?.path ?? (source.configMap ?? source.downwardAPI)?.items.map(({ path }) => path) ?? []);
}

/** Asserts that every container of the pod has everything that the identity `checkout` stands for. */
export function expectCheckout(pod: PodTemplate, containers: readonly string[]): void {
  expect(containersOf(pod).map(({ name }) => name).sort()).toEqual([...containers].sort());
  expect(pod.spec.serviceAccountName).toBe('checkout');
  for (const container of containersOf(pod)) {
    expect(envOf(container, 'AWS_ROLE_ARN')).toBe('arn:aws:iam::111122223333:role/checkout');
    expect(tokenAt(pod, container, envOf(container, 'AWS_WEB_IDENTITY_TOKEN_FILE'))).toEqual({ audience: 'sts.amazonaws.com', seconds: 86400, readOnly: true });
    expect(tokenAt(pod, container, envOf(container, 'PAYMENTS_TOKEN_FILE'))).toEqual({ audience: 'https://payments.example.com', seconds: 900, readOnly: true });
    expect(tokenAt(pod, container, '/var/run/secrets/kubernetes.io/serviceaccount/token')).toEqual({ audience: undefined, seconds: 3600, readOnly: true });
    // All that a client in the cluster needs; the automounted token is never there beside it.
    expect(filesAt(pod, container, '/var/run/secrets/kubernetes.io/serviceaccount')).toEqual(['token', 'ca.crt', 'namespace']);
    expect(pod.spec.automountServiceAccountToken).not.toBe(true);
  }
}
