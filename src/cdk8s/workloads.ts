import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain } from '../core/issues';
import { WORKLOAD_KINDS, templatePathOf } from '../kubernetes/workload';

/**
 * The object with pods that a construct stands for: the object itself, the one that it wraps, or the only one inside.
 * Of several inside, as in a Helm chart, none is chosen: a pod that needs no identity must not get one by accident.
 */
export function workloadOf(construct: IConstruct): ApiObject {
  const wrapped = wrappedBy(construct);
  const candidates = wrapped === undefined ? construct.node.findAll().filter(isApiObject) : [wrapped];
  const workloads = candidates.filter(object => templatePathOf(object.kind) !== undefined);
  const [workload] = workloads;
  if (workload !== undefined && workloads.length === 1) return workload;

  const findings = new Findings();
  complain(findings.report, 'workload/kind', construct.node.path, workloads.length === 0
    ? { expected: `an object with pods: ${WORKLOAD_KINDS.join(', ')}`, got: candidates.map(object => object.kind), fix: 'attach the identity to the object that makes the pods' }
    : { expected: 'one object with pods', got: workloads.map(object => object.node.path), fix: 'attach the identity to each of them that needs it (an Include lists them in apiObjects)' });
  throw new InvalidDefinitionError('attachTo', findings.all);
}

function wrappedBy(construct: IConstruct): ApiObject | undefined {
  if (isApiObject(construct)) return construct;
  const child = construct.node.defaultChild;
  return child === undefined ? undefined : wrappedBy(child);
}

/** By cdk8s' own mark, which its copies share. */
function isApiObject(construct: IConstruct): construct is ApiObject {
  return ApiObject.isApiObject(construct);
}
