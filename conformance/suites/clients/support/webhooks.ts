import { Cluster } from '../../api-server/support/cluster';
import { associate } from '../../support/associations';
import { systemIfHad } from '../../support/systems';
import type { KubernetesObject } from 'symbolon';

/** How the pod side comes about, as far as webhooks tell it apart. */
export interface PodSide {
  readonly provider: string;
  readonly platform: string;
  readonly injection: string;
  readonly mechanism?: string;
  /** The cloud of Azure that the webhook was told. @default 'public' */
  readonly cloud?: string;
}

/** What a namespace is labelled with so that its pods pass the webhook; undefined where it could not be had. */
function labelsFor({ provider, platform, cloud = 'public' }: PodSide): { readonly [label: string]: string } | undefined {
  // The add-on of ACK is not published, and the agent of Vault would need a pod of its own.
  if (provider === 'gcp' || provider === 'alibaba' || provider === 'vault' || provider === 'jwt') return undefined;
  if (provider === 'azure') return systemIfHad('azureWebhook')?.namespaceLabels[cloud];
  return systemIfHad('eksWebhook')?.namespaceLabels[platform === 'eks' ? 'us-west-2' : 'none'];
}

/** Webhooks that change pods; clusters of Google's answer them instead. */
function changesPods({ provider, platform, injection }: PodSide): boolean {
  return injection === 'webhook' && !(provider === 'gcp' && platform === 'gke');
}

/** What it cannot be run without, and is not here. */
export function missingFor(side: PodSide): string | undefined {
  return changesPods(side) && labelsFor(side) === undefined ? `the webhook of ${side.provider}` : undefined;
}

let server: Cluster | undefined;

export function closeWebhooks(): void {
  server?.close();
}

/**
 * The pod as the real webhook leaves it. The webhooks serve one API server alone, so the pod is shown to that one, in a
 * dry run: nothing that they add depends on who signs the tokens.
 */
export async function mutated(side: PodSide, objects: readonly KubernetesObject[], pod: KubernetesObject): Promise<KubernetesObject> {
  if (!changesPods(side)) return pod;
  const labels = labelsFor(side);
  if (labels === undefined) throw new Error(`nothing changes the pods of ${side.provider}`);
  server ??= new Cluster();
  await server.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: pod.metadata.namespace as string, labels } });
  for (const object of objects) await server.apply(object);
  // EKS tells its webhook whom the associations name; here it is told of everybody who runs, so that the agent has to refuse the others.
  if (side.mechanism === 'pod-identity') {
    const { serviceAccountName } = pod.spec as { readonly serviceAccountName: string };
    await associate(server, [{ namespace: pod.metadata.namespace as string, serviceAccount: serviceAccountName }]);
  }
  const { status, body } = await server.apply(pod, { dryRun: true });
  if (status >= 300) throw new Error(`${pod.metadata.name} is refused: ${body.message}`);
  const { metadata: { annotations = {}, labels: all = {} }, spec } = body as unknown as KubernetesObject;
  return { ...pod, metadata: { ...pod.metadata, annotations, labels: all }, spec };
}
