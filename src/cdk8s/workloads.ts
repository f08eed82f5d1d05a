import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain, type Complaint } from '../core/issues';
import { isChosen, readChoice, type WorkloadChoice, type WorkloadFeatures } from '../identity/workload-choice';
import { WORKLOAD_KINDS, templatePathOf } from '../kubernetes/workload';

/**
 * The object with pods that a construct stands for: the object itself, the one that it wraps, or the only one inside.
 * Of several inside, as in a Helm chart, none is chosen that is not named: a pod that needs no identity must not get one by accident.
 */
export function workloadOf(construct: IConstruct, choice?: WorkloadChoice): ApiObject {
  checkConstruct(construct, 'attachTo');
  const objects = objectsOf(construct);
  const workloads = objects.filter(hasPods);
  const selector = choice === undefined ? undefined : readChoice(choice);
  refuseLists(objects, 'attachTo', item => selector === undefined || isChosen(selector, item));
  const chosen = selector === undefined ? workloads : workloads.filter(object => isChosen(selector, featuresOf(object)));
  const [workload] = chosen;
  if (workload !== undefined && chosen.length === 1) return workload;

  const findings = new Findings();
  complain(findings.report, 'workload/kind', construct.node.path, complaint(objects, workloads, chosen, choice));
  throw new InvalidDefinitionError('attachTo', findings.all);
}

/**
 * Every object with pods in a construct, and itself.
 *
 * @throws InvalidDefinitionError when it is no construct
 */
export function workloadsIn(construct: IConstruct): readonly ApiObject[] {
  checkConstruct(construct, 'attachToAll');
  return objectsOf(construct).filter(hasPods);
}

/**
 * The same, at least one: for what goes to each of them.
 *
 * @throws InvalidDefinitionError when there is none, or when one is an item of a List
 */
export function everyWorkloadIn(construct: IConstruct): readonly ApiObject[] {
  const workloads = workloadsIn(construct);
  const objects = objectsOf(construct);
  refuseLists(objects, 'attachToAll', () => true);
  if (workloads.length > 0) return workloads;
  const findings = new Findings();
  complain(findings.report, 'workload/kind', construct.node.path, complaint(objects, workloads, workloads, undefined));
  throw new InvalidDefinitionError('attachToAll', findings.all);
}

/** What is known of an item of a List that has pods. */
interface Listed extends WorkloadFeatures {
  /** Whom its pods say that they run as. */
  readonly account: string | undefined;
}

/**
 * A List, as `kubectl get -o yaml` writes one, is one object to cdk8s, whose items are no constructs.
 *
 * @throws InvalidDefinitionError when one of its items is meant
 */
export function refuseLists(objects: readonly IConstruct[], call: string, isMeant: (item: Listed) => boolean): void {
  const findings = new Findings();
  for (const object of objects) {
    if (!isApiObject(object) || object.kind !== 'List') continue;
    const items = fieldOf(object.toJson(), 'items');
    const inside = (Array.isArray(items) ? items as readonly unknown[] : []).map(listed);
    const meant = inside.filter(item => templatePathOf(item.kind) !== undefined && isMeant(item));
    if (meant.length === 0) continue;
    complain(findings.report, 'workload/list', object.node.path, {
      expected: 'workloads that are objects of their own', got: meant.map(({ kind, name }) => `List with ${kind}/${name ?? ''}`), fix: 'write the items of the List as documents of their own, parted by ---',
    });
  }
  if (findings.errors.length > 0) throw new InvalidDefinitionError(call, findings.all);
}

function listed(item: unknown): Listed {
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const metadata = fieldOf(item, 'metadata');
  const kind = text(fieldOf(item, 'kind')) ?? '';
  return {
    kind,
    name: text(fieldOf(metadata, 'name')),
    namespace: text(fieldOf(metadata, 'namespace')),
    labels: (fieldOf(metadata, 'labels') ?? {}) as WorkloadFeatures['labels'],
    account: accountIn(kind, item),
  };
}

/** What a caller without types may pass. */
function checkConstruct(value: unknown, call: string): void {
  if (Construct.isConstruct(value)) return;
  const findings = new Findings();
  complain(findings.report, 'workload/kind', call, {
    expected: 'a construct: a workload of cdk8s-plus, an ApiObject, an Include, a Helm chart', got: value, fix: 'pass what "new" returned; for a manifest that is plain data use inject() of the package itself',
  });
  throw new InvalidDefinitionError(call, findings.all);
}

/** Whom the pods of an object say that they run as; undefined where they leave it out. */
export function accountNamedBy(object: ApiObject): string | undefined {
  return accountIn(object.kind, object.toJson());
}

function accountIn(kind: string, manifest: unknown): string | undefined {
  const spec = fieldOf((templatePathOf(kind) ?? []).reduce(fieldOf, manifest), 'spec');
  const name = fieldOf(spec, 'serviceAccountName') ?? fieldOf(spec, 'serviceAccount');
  return typeof name === 'string' && name !== '' ? name : undefined;
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

function featuresOf({ kind, name, metadata }: ApiObject): WorkloadFeatures {
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
