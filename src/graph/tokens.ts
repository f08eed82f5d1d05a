import type { ClusterArtifact } from '../proof/artifacts';
import { podsIn } from '../proof/pods';
import { asMade, tokensIn } from '../proof/run';

/** Finds what the manifests say of a workload's tokens. */
export type Lifetimes = (cluster: string, workload: string, audience: string) => readonly string[];

/** The lifetimes of the tokens that pods mount. Those of tokens that only a webhook brings are not in the manifests. */
export function lifetimesIn(clusters: readonly ClusterArtifact[]): Lifetimes {
  const found = new Map<string, string[]>();
  for (const pod of podsIn(clusters)) {
    for (const { token: { audience = '', expirationSeconds } } of tokensIn(asMade(pod))) {
      const key = keyOf(pod.cluster.name, pod.workload, audience);
      const said = `lives ${spoken(expirationSeconds)}`;
      const before = found.get(key) ?? [];
      if (!before.includes(said)) found.set(key, [...before, said]);
    }
  }
  return (cluster, workload, audience) => found.get(keyOf(cluster, workload, audience)) ?? [];
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

const UNITS = [['day', 86400], ['hour', 3600], ['minute', 60]] as const;

/** `1 hour`, `15 minutes`, `3607 seconds`. */
export function spoken(seconds: number): string {
  const [unit, size] = UNITS.find(([, each]) => seconds >= each && seconds % each === 0) ?? ['second', 1];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
