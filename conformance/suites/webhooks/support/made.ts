import { inSetting } from './modes';
import { newNamespaces } from './namespaces';
import type { Cluster } from '../../api-server/support/cluster';
import type { Kubelet, StoredPod } from '../../api-server/support/kubelet';
import { relocated } from '../../api-server/support/relocated';
import { makeOf } from '../../api-server/support/workloads';
import { defineWorkloadIdentity, inject, planWorkloadIdentities, type AzureCloud, type AzureLayout, type ClusterInput, type Facts, type InjectionMode, type KubernetesObject, type Plan, type PlannedCluster, type WorkloadIdentityInput } from 'symbolon';

/** The half of one cluster, as it was applied, and what the server made of its pods. */
export interface Made {
  /** The cluster's name. */
  readonly at: string;
  readonly plan: Plan;
  /** Everything but the pods. */
  readonly objects: readonly KubernetesObject[];
  readonly pods: readonly MadePod[];
}

export interface MadePod {
  /** As it was sent. */
  readonly manifest: KubernetesObject;
  readonly stored: StoredPod;
}

export interface MakeOptions {
  readonly mode: InjectionMode;
  /** @default public */
  readonly cloud?: AzureCloud;
  /** @default what the definition says */
  readonly layout?: AzureLayout;
  readonly facts?: Facts;
  /** Labels of the namespaces: they say which webhooks see the pods. @default none */
  readonly labels?: object;
  /** Changes what is applied on its way. */
  readonly change?: (object: KubernetesObject) => KubernetesObject;
}

/** Makes the identities' half of one cluster in namespaces of their own, with a pod for each service account. */
export async function make(cluster: Cluster, kubelet: Kubelet, inputs: readonly WorkloadIdentityInput[], at: ClusterInput, { mode, cloud = 'public', layout, facts = {}, labels, change = one => one }: MakeOptions): Promise<Made> {
  const namespaces = newNamespaces(cluster, labels);
  const setting = { mode, cloud, ...(layout !== undefined && { layout }) };
  const plan = planWorkloadIdentities(inputs.map(input => defineWorkloadIdentity(inSetting(setting, relocated(input, namespaces.of)))), facts);
  const { objects: own = [], expected = [], injections = [] } = plan.clusters.find(({ name }) => name === at.name) ?? {} as Partial<PlannedCluster>;
  await namespaces.make();
  const objects = [...own, ...expected].filter(({ kind }) => kind === 'ServiceAccount' || kind === 'ConfigMap').map(change);
  for (const object of objects) {
    const { status, body } = await cluster.apply(object);
    if (status >= 300) throw new Error(body.message);
  }
  const pods: MadePod[] = [];
  for (const injection of injections) {
    // The same name in every mode: a webhook may make names of it.
    const manifest = change(inject(makeOf('Pod', `pod-${pods.length}`), injection));
    pods.push({ manifest, stored: await kubelet.run(manifest) });
  }
  return { at: at.name, plan, objects, pods };
}

/** All clusters of the identities. */
export function clustersOf(inputs: readonly WorkloadIdentityInput[]): readonly ClusterInput[] {
  return [...new Map(inputs.flatMap(({ clusters }) => clusters).map(each => [each.name, each])).values()];
}
