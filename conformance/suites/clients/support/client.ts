import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, type Asked, type Outcome } from './ask';
import { layOut } from './files';
import { metadataContextOf } from './metadata';
import { clusterArnOf, type PlatformCluster } from './platforms';
import { AGENT_SWITCH, METADATA_SWITCH } from './switches';
import type { Clouds } from '../../../systems/token-services/clouds';
import type { Decision } from '../../../systems/token-services/service';
import type { StoredPod } from '../../api-server/support/kubelet';
import { system } from '../../support/systems';

/** A container of a pod: where it runs, and the SDK that is in its image. */
export interface Client {
  readonly provider: Asked;
  /** The folder of the SDK. */
  readonly sdk: string;
  readonly cluster: PlatformCluster;
  readonly clouds: Clouds;
  /** @default 'app' */
  readonly container?: string;
}

export interface Answered {
  readonly outcome: Outcome;
  /** What the token services decided meanwhile. */
  readonly decisions: readonly Decision[];
}

/** What stands between a pod's tokens and the pod: usually nothing. */
export type Tamper = (token: string) => Promise<string>;
const HONEST: Tamper = token => Promise.resolve(token);

/** Runs the SDK as a container of that pod. */
export async function runClient({ provider, sdk, cluster, clouds, container = 'app' }: Client, pod: StoredPod, tamper = HONEST): Promise<Answered> {
  const folder = mkdtempSync(join(system('sdkClients').scratch, 'pod-'));
  try {
    const { env, tokens } = await layOut(pod, container, cluster, folder);
    for (const [path, token] of tokens) writeFileSync(join(folder, path), await tamper(token));
    const asking = (more = {}): Promise<Answered> => answered(() => ask(provider, sdk, { ...env, ...more }, clouds, folder), clouds);
    if (env[AGENT_SWITCH.name] === AGENT_SWITCH.from) return await withAgent(cluster, clouds, url => asking({ [AGENT_SWITCH.name]: url }));
    if (provider !== 'gcp') return await asking();
    return await withMetadataServer(pod, cluster, clouds, tamper, host => asking({ [METADATA_SWITCH.name]: host }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every node of EKS has one, at an address that is no machine's. */
async function withAgent<T>({ platform, issuer }: PlatformCluster, clouds: Clouds, use: (url: string) => Promise<T>): Promise<T> {
  const { url, stop } = await clouds.podIdentityAgent({ clusterArn: clusterArnOf(platform), issuer });
  try {
    return await use(url);
  } finally {
    await stop();
  }
}

/** Every node of GKE has one, which pods with a credential file ask for the project alone. */
async function withMetadataServer<T>(pod: StoredPod, cluster: PlatformCluster, clouds: Clouds, tamper: Tamper, use: (host: string) => Promise<T>): Promise<T> {
  const context = await metadataContextOf(pod, cluster);
  const { host, stop } = await clouds.metadataServer({ ...context, token: async audience => tamper(await context.token(audience)) });
  try {
    return await use(host);
  } finally {
    await stop();
  }
}

async function answered(asking: () => Promise<Outcome>, clouds: Clouds): Promise<Answered> {
  clouds.decisions();
  const outcome = await asking();
  return { outcome, decisions: clouds.decisions() };
}
