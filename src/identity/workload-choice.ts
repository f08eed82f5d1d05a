import { nameOf } from './workloads';
import type { Subject } from '../core/claims';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain } from '../core/issues';
import { nearest } from '../core/nearest';
import { readShape, type Shape } from '../core/shape';
import { WORKLOAD_KINDS } from '../kubernetes/workload';

/** Which workload is meant, of several: all that is given has to be so. */
export interface WorkloadSelector {
  /** `Deployment`, `CronJob`, … */
  readonly kind?: string;
  /** Its `metadata.name`, exactly. */
  readonly name?: string;
  /** Its `metadata.namespace`. */
  readonly namespace?: string;
  /** Labels of the workload itself, not those of its pods. */
  readonly labels?: { readonly [key: string]: string };
}

/** A workload by kind and name, `Deployment/web`, or by more than that. */
export type WorkloadChoice = string | WorkloadSelector;

/** What is known of a workload that could be the one. */
export interface WorkloadFeatures {
  readonly kind: string;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly labels: { readonly [key: string]: unknown };
}

const SELECTOR: Shape<WorkloadSelector> = { kind: 'text?', name: 'text?', namespace: 'text?', labels: 'map?' };

/**
 * The choice, read.
 *
 * @throws InvalidDefinitionError when it is of no kind that has pods, or names nothing
 */
export function readChoice(choice: WorkloadChoice): WorkloadSelector {
  const findings = new Findings();
  const [kind, name, ...more] = typeof choice === 'string' ? choice.split('/') : [];
  const selector = typeof choice === 'string' ? { kind: kind ?? '', name: name ?? '' } : readShape<WorkloadSelector>(choice, SELECTOR, 'workload', findings.report);
  if (findings.errors.length > 0) throw new InvalidDefinitionError('workload', findings.all);
  const empty = Object.values(selector).every(value => value === undefined) || selector.name === '';
  if (more.length > 0 || empty) {
    complain(findings.report, 'workload/selector', 'workload', { expected: '"<kind>/<name>", or an object with kind, name, namespace or labels', got: choice, fix: 'name the workload, such as "Deployment/web"' });
  } else if (selector.kind !== undefined && !WORKLOAD_KINDS.includes(selector.kind)) {
    const close = nearest(selector.kind, WORKLOAD_KINDS);
    complain(findings.report, 'workload/selector', 'workload', { expected: `a kind with pods: ${WORKLOAD_KINDS.join(', ')}`, got: choice, fix: close === undefined ? 'name the object that makes the pods' : `did you mean ${close}?` });
  }
  if (findings.errors.length > 0) throw new InvalidDefinitionError('workload', findings.all);
  return selector;
}

/** Whether everything that the selector names is so. */
export function isChosen({ kind, name, namespace, labels = {} }: WorkloadSelector, features: WorkloadFeatures): boolean {
  return (kind === undefined || kind === features.kind)
    && (name === undefined || name === features.name)
    && (namespace === undefined || namespace === features.namespace)
    && Object.entries(labels).every(([key, value]) => features.labels[key] === value);
}

/**
 * Says that no workload runs as one of the service accounts.
 *
 * @throws InvalidDefinitionError always
 */
export function complainNoneRunsAs(where: string, accounts: readonly Subject[], workloads: readonly string[]): never {
  const findings = new Findings();
  complain(findings.report, 'workload/nobody', where, {
    expected: `a workload that runs as ${accounts.map(nameOf).join(' or ')}`, got: workloads, fix: 'set the service account of its pods, or name the workload that is to get it: attachTo(…, { workload: "<kind>/<name>" })',
  });
  throw new InvalidDefinitionError('attachToAll', findings.all);
}
