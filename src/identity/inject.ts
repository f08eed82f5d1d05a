import { InvalidDefinitionError } from '../core/errors';
import { Findings, joinPath, type Issue, type Report } from '../core/issues';
import { fits, readShape, type Shape } from '../core/shape';
import { inject as injectInto } from '../kubernetes/inject';
import type { PodParts } from '../kubernetes/injection';

/**
 * The manifest with everything in its pod template that the identity's pods carry: service account, labels, volumes,
 * mounts and environment. For manifests that no construct made: plain YAML, the output of Helm.
 *
 * Pure: the manifest that is given stays as it is. Injecting twice changes nothing more.
 *
 * @param manifest  a Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob, …
 * @param injection  from `planWorkloadIdentities(…).clusters[…].injections`, or of `defineProjectedTokens(…)`
 * @param onWarning  told of what is no error and still most likely a mistake, such as a container that is not there. @default nobody is told
 * @throws InvalidDefinitionError when one of the arguments is none, when the manifest has no pods, runs as another service account or in another
 *   namespace, or uses a name of the injection for something else
 */
export function inject<T extends object>(manifest: T, injection: PodParts, onWarning?: (issue: Issue) => void): T {
  const findings = new Findings();
  checkArguments(manifest, injection, onWarning, findings.report);
  if (findings.errors.length > 0) throw new InvalidDefinitionError('inject', findings.all);
  const injected = injectInto(manifest, injection, findings.report);
  if (findings.errors.length > 0) {
    const { kind, metadata } = manifest as { kind?: unknown; metadata?: { name?: unknown } };
    throw new InvalidDefinitionError(`${String(kind)} ${JSON.stringify(metadata?.name ?? '')}`, findings.all);
  }
  if (onWarning !== undefined) findings.warnings.forEach(onWarning);
  return injected as T;
}

const SHAPE: Shape<PodParts & { readonly identity?: string }> = {
  identity: 'text?',
  namespace: 'text?',
  serviceAccountName: 'text?',
  labels: 'map',
  annotations: 'map',
  volumes: 'list',
  mounts: 'list',
  env: 'list',
  rules: 'list?',
  fsGroup: 'number?',
};

/** Arguments that are none at all. What is in a manifest is looked at part by part. */
function checkArguments(manifest: unknown, injection: unknown, onWarning: unknown, report: Report): void {
  fits(manifest, 'map', 'manifest', report);
  for (const [field, part] of Object.entries(readShape(injection, SHAPE, 'injection', report))) {
    if (Array.isArray(part)) part.forEach((item, i) => fits(item, 'map', joinPath(joinPath('injection', field), i), report));
  }
  if (onWarning !== undefined) fits(onWarning, 'function', 'onWarning', report);
}
