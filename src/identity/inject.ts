import { isProjectedTokensDefinition } from './projected-tokens';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain, show, type Issue, type Report } from '../core/issues';
import { fits } from '../core/shape';
import { dataOf, isData } from '../kubernetes/data';
import { inject as injectInto } from '../kubernetes/inject';
import type { PodParts } from '../kubernetes/injection';

/**
 * The manifest with everything in its pod template that the identity's pods carry: service account, labels, volumes,
 * mounts and environment. For manifests that no construct made: plain YAML, the output of Helm.
 *
 * Pure: the manifest that is given stays as it is. Injecting twice changes nothing more.
 *
 * @param manifest  a Pod, Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob, …; of a List, one of its items
 * @param injection  from `planWorkloadIdentities(…).clusters[…].injections`, or of `defineProjectedTokens(…)`
 * @param onWarning  told of what is no error and still most likely a mistake, such as a container that is not there. @default nobody is told
 * @throws InvalidDefinitionError when the manifest has no pods or is not of the shape that Kubernetes takes, runs as another service account
 *   or in another namespace, or uses a name of the injection for something else; or when the injection is none
 */
export function inject<T extends object>(manifest: T, injection: PodParts, onWarning?: (issue: Issue) => void): T {
  const findings = new Findings();
  if (onWarning !== undefined) fits(onWarning, 'function', 'onWarning', findings.report);
  const injected = isInjection(injection, findings.report) ? injectInto(manifest, injection, findings.report) : manifest;
  if (findings.errors.length > 0) {
    const { kind, metadata } = dataOf(manifest);
    throw new InvalidDefinitionError(kind === undefined ? 'inject' : `${String(kind)} ${show(dataOf(metadata).name ?? '')}`, findings.all);
  }
  if (onWarning !== undefined) findings.warnings.forEach(onWarning);
  return injected as T;
}

/** What a caller without types may pass for an injection. */
function isInjection(value: unknown, report: Report): value is PodParts {
  const { labels, annotations, volumes, mounts, env } = dataOf(value);
  if (isData(labels) && isData(annotations) && [volumes, mounts, env].every(Array.isArray)) return true;
  complain(report, 'inject/injection', 'injection', {
    expected: 'what pods carry: labels, annotations, volumes, mounts and env',
    got: isData(value) ? Object.keys(value) : value,
    fix: isProjectedTokensDefinition(value)
      ? 'pass the injection of the tokens: inject(manifest, tokens.injection)'
      : 'pass one of the injections of planWorkloadIdentities(…).clusters[…], or the injection of defineProjectedTokens(…)',
  });
  return false;
}
