import type { Plan } from './plan';
import { nameOf } from './workloads';
import { inject } from '../kubernetes/inject';
import type { PodInjection, Reach } from '../kubernetes/injection';
import type { KubernetesObject } from '../kubernetes/manifest';
import { tokenVolume } from '../kubernetes/projected-token';

/**
 * A pod with nothing but what its identity gives it, to be proved in place of pods that are made elsewhere.
 *
 * @param held  audiences of tokens that the application finds by itself, where nothing is injected for it
 */
export function specimenOf(injection: PodInjection, held: readonly string[]): KubernetesObject {
  const parts: readonly Reach[] = [...injection.mounts, ...injection.env];
  const named = new Set(parts.flatMap(part => part.containers ?? []));
  // Webhooks read in an annotation whom they skip; each has a separator of its own.
  const skipped = [...parts.flatMap(part => part.skipContainers ?? []), ...Object.values(injection.annotations).flatMap(text => text.split(/[;,]/))];
  // Where all that are named are skipped by something, one more is not.
  const open = ['app', ...skipped.map(name => `${name}-not`)].find(name => !skipped.includes(name)) ?? 'app';
  const names = [...named, ...([...named].every(name => skipped.includes(name)) ? [open] : [])];
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${injection.serviceAccountName}-specimen`, namespace: injection.namespace },
    spec: {
      serviceAccountName: injection.serviceAccountName,
      containers: names.map(name => ({
        name,
        ...(held.length > 0 && { volumeMounts: held.map((_, i) => ({ name: `held-${i}`, mountPath: `/var/run/secrets/held/${i}`, readOnly: true })) }),
      })),
      ...(held.length > 0 && { volumes: held.map((audience, i) => tokenVolume(`held-${i}`, { audience, expirationSeconds: 3600, path: 'token' })) }),
    },
  };
  // Nothing in such a pod can be in the way of an injection.
  return inject(pod, injection, () => undefined) as KubernetesObject;
}

/** The audiences of tokens that applications find by themselves, by cluster and service account: `prod-blue shop/checkout`. */
export function audiencesByHand(plan: Plan): ReadonlyMap<string, readonly string[]> {
  const audiences = new Map<string, string[]>();
  for (const { injection, cluster, subject, claims } of plan.edges) {
    if (injection !== 'none') continue;
    const key = `${cluster} ${nameOf(subject)}`;
    audiences.set(key, [...audiences.get(key) ?? [], claims.audience]);
  }
  return audiences;
}
