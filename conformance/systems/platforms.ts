import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startApiServer } from './api-server';
import type { ApiServerFacts } from './facts';
import type { Running, System } from './system';

/** A cluster of every kind, as far as clouds can see it: who signs its tokens. Two of GKE's are in one project. */
const ISSUERS: { readonly [platform: string]: string } = {
  'eks': 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  'aks': 'https://westeurope.oic.prod-aks.azure.com/9b1c2d3e-4f50-4a61-8b72-93c4d5e6f708/0a1b2c3d-4e5f-4061-a273-8495a6b7c8d9/',
  'gke': 'https://container.googleapis.com/v1/projects/demo-project/locations/us-central1/clusters/blue',
  'gke-twin': 'https://container.googleapis.com/v1/projects/demo-project/locations/us-central1/clusters/green',
  'ack': 'https://oidc-ack-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/c0123456789abcdef0123456789abcdef',
  'self-managed': 'https://oidc.edge.example.com',
};

/**
 * An API server for each of them. They are always our own, since nobody's cluster has all these issuers. What clouds
 * would read at the issuer's address, they read at the server's.
 */
export const platforms: System<'platforms'> = {
  name: 'platforms',
  start: async ({ folder, part }) => {
    const started = new Map<string, Running<ApiServerFacts>>();
    const stop = async (): Promise<void> => {
      await Promise.all([...started.values()].map(each => each.stop()));
    };
    const outcomes = await Promise.allSettled(Object.entries(ISSUERS).map(async ([platform, issuer]) => {
      const own = join(folder, platform);
      mkdirSync(own);
      started.set(platform, await startApiServer({ folder: own, part }, { issuer }));
    }));
    const failed = outcomes.find(outcome => outcome.status === 'rejected');
    if (failed !== undefined) {
      await stop();
      throw failed.reason;
    }
    return { facts: Object.fromEntries([...started].map(([platform, { facts }]) => [platform, facts])), stop };
  },
};
