import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain, type Complaint } from '../core/issues';
import { isChosen, readChoice, type WorkloadChoice } from '../identity/workload-choice';
import { WORKLOAD_KINDS, templatePathOf } from '../kubernetes/workload';

/**
 * The object with pods that a construct stands for: the object itself, the one that it wraps, or the only one inside.
 * Of several inside, as in a Helm chart, none is chosen that is not named: a pod that needs no identity must not get one by accident.
 */
export function workloadOf(construct: IConstruct, choice?: WorkloadChoice): ApiObject {
  refuseOthers(construct, 'workload');
  const objects = objectsOf(construct);
  const workloads = objects.filter(hasPods);
  const selector = choice === undefined ? undefined : readChoice(choice);
  const chosen = selector === undefined ? workloads : workloads.filter(object => isChosen(selector, featuresOf(object)));
  const [workload] = chosen;
  if (workload !== undefined && chosen.length === 1) return workload;

  const findings = new Findings();
  complain(findings.report, 'workload/kind', construct.node.path, complaint(objects, workloads, chosen, choice));
  throw new InvalidDefinitionError('attachTo', findings.all);
}

/** Every object with pods in a construct, and itself. */
export function workloadsIn(construct: IConstruct): readonly ApiObject[] {
  return objectsOf(construct).filter(hasPods);
}

/** Whom the pods of an object say that they run as; undefined where they leave it out. */
export function accountNamedBy(object: ApiObject): string | undefined {
  const rendered = object.toJson() as unknown;
  const { spec } = (templatePathOf(object.kind) ?? []).reduce(fieldOf, rendered) as { readonly spec?: unknown };
  const name = fieldOf(spec, 'serviceAccountName') ?? fieldOf(spec, 'serviceAccount');
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/**
 * What was handed in for a construct, and is none.
 *
 * @param path  what the argument is called
 */
export function refuseOthers(construct: unknown, path: string): void {
  if (typeof (construct as Partial<IConstruct> | undefined | null)?.node?.findAll === 'function') return;
  const findings = new Findings();
  complain(findings.report, 'structure/type', path, { expected: 'a construct', got: construct, fix: 'for a manifest that no construct made use inject, or make an ApiObject of it' });
  throw new InvalidDefinitionError('attachTo', findings.all);
}

function fieldOf(value: unknown, key: string): unknown {
  return (value as { readonly [key: string]: unknown } | undefined | null)?.[key];
}

type Objects = readonly ApiObject[];

function complaint(objects: Objects, workloads: Objects, chosen: Objects, choice: WorkloadChoice | undefined): Complaint {
  const list = workloads.map(object => `${object.kind}/${object.name} (${object.node.path})`);
  if (workloads.length === 0) {
    return { expected: `an object with pods: ${WORKLOAD_KINDS.join(', ')}`, got: objects.map(object => object.kind), fix: 'attach the identity to the object that makes the pods' };
  }
  if (choice === undefined) return { expected: 'one object with pods', got: list, fix: 'say which one, { workload: "<kind>/<name>" }, or attach the identity to each that needs it' };
  return chosen.length === 0
    ? { expected: `one of ${list.join(', ')}`, got: choice, fix: 'name one of these' }
    : { expected: 'one object with pods', got: chosen.map(object => object.node.path), fix: 'say more of it: kind, name, namespace, labels' };
}

function objectsOf(construct: IConstruct): readonly ApiObject[] {
  const wrapped = wrappedBy(construct);
  return wrapped === undefined ? construct.node.findAll().filter(isApiObject) : [wrapped];
}

function hasPods(object: ApiObject): boolean {
  return templatePathOf(object.kind) !== undefined;
}

function featuresOf({ kind, name, metadata }: ApiObject): Parameters<typeof isChosen>[1] {
  const { labels = {} } = metadata.toJson() as { readonly labels?: { readonly [key: string]: unknown } };
  return { kind, name, namespace: metadata.namespace, labels };
}

function wrappedBy(construct: IConstruct): ApiObject | undefined {
  if (isApiObject(construct)) return construct;
  const child = construct.node.defaultChild;
  return child === undefined ? undefined : wrappedBy(child);
}

/** By cdk8s' own mark, which its copies share. */
export function isApiObject(construct: IConstruct): construct is ApiObject {
  return ApiObject.isApiObject(construct);
}
