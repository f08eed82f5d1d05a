import type { Cluster } from '../../api-server/support/cluster';
import { system } from '../../support/systems';
import type { AzureCloud, ClusterInput } from 'symbolon';

/** Labels of a namespace whose pods both webhooks see, as they run in such a cluster. */
export function seenIn({ eks }: Pick<ClusterInput, 'eks'>, cloud: AzureCloud = 'public'): object {
  return { ...system('eksWebhook').namespaceLabels[eks?.region ?? 'none'], ...system('azureWebhook').namespaceLabels[cloud] };
}

/** New namespaces for one run of one definition: the same one for the same name. */
export function newNamespaces(cluster: Cluster, labels: object = {}): { of(namespace: string): string; make(): Promise<void> } {
  const [run, names] = [cluster.fresh('hook'), new Map<string, string>()];
  return {
    of: namespace => {
      const known = [...names].find(([from, to]) => from === namespace || to === namespace)?.[1] ?? `${run}-${names.size}`;
      return names.set(namespace, known).get(namespace) as string;
    },
    make: async () => {
      for (const name of new Set(names.values())) await cluster.client.post('/api/v1/namespaces', { metadata: { name, labels } });
    },
  };
}
