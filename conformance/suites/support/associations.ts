import { readFileSync, writeFileSync } from 'node:fs';
import { system } from './systems';
import type { Cluster } from '../api-server/support/cluster';
import type { Subject } from 'symbolon';

interface Associations {
  readonly identities: readonly Subject[];
}

/**
 * Tells the webhooks of EKS that these service accounts have associations, as EKS does, and waits until the one that serves the
 * namespace has heard of it. Namespaces and service accounts are there already.
 */
export async function associate(cluster: Cluster, subjects: readonly Subject[]): Promise<void> {
  if (subjects.length === 0) return;
  const file = system('eksWebhook').associationsFile;
  const { identities } = JSON.parse(readFileSync(file, 'utf8')) as Associations;
  writeFileSync(file, JSON.stringify({ identities: [...identities, ...subjects.map(({ namespace, serviceAccount }) => ({ namespace, serviceAccount }))] }));
  for (const subject of subjects) await heardOf(cluster, subject);
}

async function heardOf(cluster: Cluster, { namespace, serviceAccount }: Subject): Promise<void> {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'association-probe', namespace }, spec: { serviceAccountName: serviceAccount, containers: [{ name: 'app', image: 'app:1' }] } };
  for (let tries = 0; tries < 200; tries++) {
    const { body } = await cluster.apply(pod, { dryRun: true });
    if (JSON.stringify(body).includes('"eks.amazonaws.com/pod-identity":"enabled"')) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`the webhook has not heard of the association of ${namespace}/${serviceAccount}`);
}
