import type { AzureBindingFields } from './binding';
import { hashOf } from '../../core/names';

/** More than anybody needs: two thousand credentials. */
export const MAX_SHARES = 100;

const VARIANT = /^share=(\d+)$/;

/**
 * Which of several identities a cluster gets: the number whose hash with the cluster's name is the highest. A new cluster changes
 * nothing for the others, and a new number takes its clusters from the others without moving any between these.
 */
export function shareOf({ spreadOver = 1 }: AzureBindingFields, cluster: string): string | undefined {
  if (spreadOver <= 1 || !(spreadOver <= MAX_SHARES)) return undefined;
  let [best, highest] = [1, ''];
  for (let share = 1; share <= spreadOver; share++) {
    const weight = hashOf(`${cluster}\n${share}`, 16);
    if (weight > highest) [best, highest] = [share, weight];
  }
  // The first is the identity that there is without spreading.
  return best === 1 ? undefined : `share=${best}`;
}

/** The name of the identity, or application, that a variant stands for. */
export function sharedName(name: string, variant: string): string {
  const share = VARIANT.exec(variant)?.[1];
  return share === undefined ? name : `${name}-${share}`;
}
