import { join } from 'node:path';
import { startGuarded, type Guarded } from './guard';
import type { System } from './system';
import { makeAuthority } from './tls';
import { freePort, until } from './wait';
import { labelOf, ownServer, register } from './webhook';
import { answers } from './webhook-ready';
import { PARTS } from '../parts';

const NAME = 'azure-webhook';
/** By the cloud's name in definitions: the name by which the webhook is told. */
const ENVIRONMENTS = { 'public': 'AzurePublicCloud', 'us-government': 'AzureUSGovernmentCloud', 'china': 'AzureChinaCloud' } as const;
/** The tenant of the cluster: that of every service account that names none. */
const TENANT = '00000000-0000-4000-8000-00000000da7a';

/** The webhook of AKS, once for each of the clouds. */
export const azureWebhook: System<'azureWebhook'> = {
  name: 'azureWebhook',
  after: ['apiServer'],
  start: async ({ folder, systems, part }) => {
    const server = ownServer(systems.apiServer);
    const path = await part(PARTS.azureWebhook);
    const authority = await makeAuthority(folder);
    await authority.issue('tls', ['127.0.0.1']);
    const started: Guarded[] = [];
    const stop = async (): Promise<void> => {
      for (const program of started) await program.stop();
    };
    try {
      const namespaceLabels: { [cloud: string]: { readonly [label: string]: string } } = {};
      for (const [cloud, environment] of Object.entries(ENVIRONMENTS)) {
        const [port, health] = [await freePort(), await freePort()];
        const program = startGuarded(path, [
          `--webhook-cert-dir=${folder}`, '--disable-cert-rotation', `--webhook-port=${port}`, `--health-addr=127.0.0.1:${health}`, '--metrics-addr=0',
        ], { log: join(folder, `${cloud}.log`), env: { ...process.env, KUBECONFIG: server.kubeconfig, AZURE_TENANT_ID: TENANT, AZURE_ENVIRONMENT: environment } });
        started.push(program);
        await until(`${NAME} of ${cloud}`, program, async () => (await fetch(`http://127.0.0.1:${health}/readyz`)).ok && answers(`https://127.0.0.1:${port}/mutate-v1-pod`, authority.caPem));
        await register(server, {
          name: NAME,
          value: cloud,
          url: `https://127.0.0.1:${port}/mutate-v1-pod`,
          caFile: authority.caFile,
          reviewVersion: 'v1',
          objectSelector: { matchLabels: { 'azure.workload.identity/use': 'true' } },
        });
        namespaceLabels[cloud] = labelOf({ name: NAME, value: cloud });
      }
      return { facts: { namespaceLabels, tenantId: TENANT }, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  },
};
