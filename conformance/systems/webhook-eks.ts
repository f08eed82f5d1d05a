import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startGuarded, type Guarded } from './guard';
import type { System } from './system';
import { makeAuthority } from './tls';
import { freePort, until } from './wait';
import { labelOf, ownServer, register } from './webhook';
import { answers } from './webhook-ready';
import { PARTS } from '../parts';

const NAME = 'eks-webhook';
/** In a cluster of EKS it is told the region. Where people run it themselves, often not. */
const REGIONS = ['us-west-2', 'eu-west-1', 'us-gov-west-1', 'cn-north-1', 'none'] as const;

/** The webhook of EKS, once for each region in which the suites have clusters. */
export const eksWebhook: System<'eksWebhook'> = {
  name: 'eksWebhook',
  after: ['apiServer'],
  start: async ({ folder, systems, part }) => {
    const server = ownServer(systems.apiServer);
    const path = await part(PARTS.eksWebhook);
    const authority = await makeAuthority(folder);
    const { certFile, keyFile } = await authority.issue('tls', ['127.0.0.1']);
    const started: Guarded[] = [];
    const stop = async (): Promise<void> => {
      for (const program of started) await program.stop();
    };
    try {
      // What EKS keeps up to date with the associations of the cluster.
      const associationsFile = join(folder, 'associations.json');
      writeFileSync(associationsFile, JSON.stringify({ identities: [] }));
      const namespaceLabels: { [region: string]: { readonly [label: string]: string } } = {};
      for (const region of REGIONS) {
        const [port, metrics] = [await freePort(), await freePort()];
        const program = startGuarded(path, [
          '--in-cluster=false', `--kubeconfig=${server.kubeconfig}`, `--port=${port}`, `--metrics-port=${metrics}`,
          `--tls-cert=${certFile}`, `--tls-key=${keyFile}`, ...(region === 'none' ? [] : [`--aws-default-region=${region}`]),
          `--watch-container-credentials-config=${associationsFile}`,
          // As EKS has it, whatever service accounts say.
          '--sts-regional-endpoint=true',
          // The tests make a pod at once after its service account.
          '--service-account-lookup-grace-period=10s',
        ], { log: join(folder, `${region}.log`) });
        started.push(program);
        await until(`${NAME} of ${region}`, program, () => answers(`https://127.0.0.1:${port}/healthz`, authority.caPem));
        await register(server, {
          name: NAME,
          value: region,
          url: `https://127.0.0.1:${port}/mutate`,
          caFile: authority.caFile,
          reviewVersion: 'v1beta1',
          objectSelector: { matchExpressions: [{ key: 'eks.amazonaws.com/skip-pod-identity-webhook', operator: 'DoesNotExist' }] },
        });
        namespaceLabels[region] = labelOf({ name: NAME, value: region });
      }
      return { facts: { namespaceLabels, associationsFile }, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  },
};
