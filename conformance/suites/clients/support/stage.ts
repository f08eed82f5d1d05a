import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Asked } from './ask';
import { runClient, type Answered, type Tamper } from './client';
import { MADE_BY_AZURE, closeClusters, type PlatformCluster } from './platforms';
import { closeWebhooks } from './webhooks';
import { readKubeconfig } from '../../../kube/config';
import { startClouds, type Clouds } from '../../../systems/token-services/clouds';
import type { MadeIdentity } from '../../../systems/token-services/entra';
import type { StoredPod } from '../../api-server/support/kubelet';
import { count } from '../../support/report';
import { system } from '../../support/systems';
import type { TrustDocument } from 'symbolon';

/** The clouds of a test file, and what pods and clouds have to do with each other. */
export class Stage {
  private constructor(private readonly clouds: Clouds) {}

  static async open(): Promise<Stage> {
    const folder = mkdtempSync(join(system('sdkClients').scratch, 'clouds-'));
    const publishers = Object.values(system('platforms')).map(({ issuer, kubeconfig }) => {
      const { server, ca = '' } = readKubeconfig(kubeconfig);
      return [issuer, { server, ca }] as const;
    });
    const reviewers = Object.values(system('platforms')).map(({ kubeconfig }) => readKubeconfig(kubeconfig));
    return new Stage(await startClouds(folder, new Map(publishers), reviewers));
  }

  async close(): Promise<void> {
    closeClusters();
    closeWebhooks();
    await this.clouds.stop();
  }

  /** The clouds have carried the documents out: what they knew before is gone. */
  carryOut(trust: readonly TrustDocument[], cloud: MadeIdentity['cloud'] = 'public'): void {
    const identities = trust.flatMap(({ kind, name }) => {
      if (kind === 'managedidentity.UserAssignedIdentity') return [{ id: name, ...MADE_BY_AZURE, cloud }];
      // Entra calls an application by an id, and not by the name that it is asked for.
      return kind === 'graph.Application' ? [{ ...MADE_BY_AZURE, id: MADE_BY_AZURE.applicationId, cloud }] : [];
    });
    this.clouds.tell({ trust, identities });
  }

  /** The pod's container gets in, as that identity. */
  async expectAdmission(provider: Asked, handle: string, pod: StoredPod, cluster: PlatformCluster, container?: string): Promise<void> {
    const { outcome, decisions } = await this.ask(provider, pod, cluster, undefined, container);
    expect(outcome).toEqual({ got: expect.stringContaining(handle) as string });
    expect(decisions).toEqual([{ service: provider, becomes: handle }]);
    count('clients', 'workloads let in', 1);
  }

  /** The pod does not get in: it asks the token service, which takes exception to that, and the SDK has nothing. */
  async expectRefusal(what: string, because: string, provider: Asked, pod: StoredPod, cluster: PlatformCluster, tamper?: Tamper): Promise<void> {
    const { outcome, decisions } = await this.ask(provider, pod, cluster, tamper);
    const reasons = [...new Set(decisions.map(({ becomes, refusedFor }) => refusedFor ?? `becomes ${becomes ?? ''}`))];
    expect({ what, outcome, reasons }).toEqual({ what, outcome: { error: expect.any(String) as string }, reasons: [because] });
    count('clients', 'neighbours kept out', 1);
  }

  /** The container has what it has, and no token service hears of it. */
  async expectNobodyAsked(provider: Asked, has: string, pod: StoredPod, cluster: PlatformCluster): Promise<void> {
    const { outcome, decisions } = await this.ask(provider, pod, cluster);
    expect({ outcome, decisions }).toEqual({ outcome: { got: has }, decisions: [] });
    count('clients', 'containers with keys of their own, which asked nobody', 1);
  }

  private ask(provider: Asked, pod: StoredPod, cluster: PlatformCluster, tamper?: Tamper, container?: string): Promise<Answered> {
    const sdk = system('sdkClients')[provider];
    if (sdk === undefined) throw new Error(`the SDK of ${provider} could not be had`);
    return runClient({ provider, sdk, cluster, clouds: this.clouds, ...(container !== undefined && { container }) }, pod, tamper);
  }
}
