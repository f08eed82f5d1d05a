import { InvalidDefinitionError } from '../core/errors';
import { Findings } from '../core/issues';
import { inject as injectInto } from '../kubernetes/inject';
import type { PodInjection } from '../kubernetes/injection';

/**
 * The manifest with everything in its pod template that the identity's pods carry: service account, labels, volumes,
 * mounts and environment. For manifests that no construct made: plain YAML, the output of Helm.
 *
 * Pure: the manifest that is given stays as it is. Injecting twice changes nothing more.
 *
 * @param manifest  a Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob, …
 * @param injection  from `planWorkloadIdentities(…).clusters[…].injections`
 * @throws InvalidDefinitionError when the manifest has no pods, runs as another service account or in another
 *   namespace, or uses a name of the injection for something else
 */
export function inject<T extends object>(manifest: T, injection: PodInjection): T {
  const findings = new Findings();
  const injected = injectInto(manifest, injection, findings.report);
  if (findings.errors.length > 0) {
    const { kind, metadata } = manifest as { kind?: unknown; metadata?: { name?: unknown } };
    throw new InvalidDefinitionError(`${String(kind)} ${JSON.stringify(metadata?.name ?? '')}`, findings.all);
  }
  return injected as T;
}
