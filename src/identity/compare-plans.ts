import type { Plan } from './plan';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, joinPath } from '../core/issues';
import { sameData } from '../core/plain';
import { isMap, readShape, type Shape } from '../core/shape';

/** Something that two plans have differently. */
export interface PlanDifference {
  readonly change: 'added' | 'removed' | 'changed';
  /**
   * - `admission`: a service account of a cluster that becomes a cloud identity
   * - `object`: an object in the cluster; `pods`: what the pods of a service account carry
   * - `trust`: a document of the cloud side
   */
  readonly part: 'admission' | 'object' | 'pods' | 'trust';
  /** The cluster that it is in; left out for documents of the cloud side. */
  readonly cluster?: string;
  /** The relying party; left out for what is in the cluster. */
  readonly provider?: string;
  /** `Role checkout`, `ServiceAccount shop/checkout`, `shop/checkout as aws of checkout`. */
  readonly name: string;
  /** For what changed: where it differs. Otherwise empty. */
  readonly fields: readonly FieldDifference[];
}

/** A value that differs. */
export interface FieldDifference {
  /** Within the thing: `request.trustPolicy.Statement[]`; `[]` is an item of a list, wherever in it. */
  readonly path: string;
  /** Left out where there was none. */
  readonly before?: unknown;
  /** Left out where there is none. */
  readonly after?: unknown;
}

const SHAPE: Shape<Plan> = { edges: 'list', clusters: 'list', trust: 'list' };

/** A thing of a plan, by what it is called. */
type Named = Omit<PlanDifference, 'change' | 'fields'>;

/** Behind the function of this name in `late.ts`, which says what it does. */
export function comparePlans(before: Plan, after: Plan): readonly PlanDifference[] {
  const findings = new Findings();
  readShape(before, SHAPE, 'before', findings.report);
  readShape(after, SHAPE, 'after', findings.report);
  if (findings.errors.length > 0) throw new InvalidDefinitionError('plans', findings.all);
  const [old, young] = [thingsOf(before), thingsOf(after)];
  const differences: PlanDifference[] = [];
  for (const [key, { named, value }] of young) {
    const previous = old.get(key);
    const fields = previous === undefined ? [] : fieldsOf(previous.value, value, '');
    if (previous === undefined) differences.push({ change: 'added', ...named, fields });
    else if (fields.length > 0) differences.push({ change: 'changed', ...named, fields });
  }
  for (const [key, { named }] of old) if (!young.has(key)) differences.push({ change: 'removed', ...named, fields: [] });
  return differences;
}

interface Thing {
  readonly named: Named;
  readonly value: unknown;
}

function thingsOf({ edges, clusters, trust }: Plan): ReadonlyMap<string, Thing> {
  const things = new Map<string, Thing>();
  const add = (named: Named, value: unknown): void => {
    things.set(JSON.stringify([named.part, named.cluster, named.provider, named.name]), { named, value });
  };
  for (const edge of edges) {
    const { cluster, provider, identity, binding, subject } = edge;
    add({ part: 'admission', cluster, provider, name: `${subject.namespace}/${subject.serviceAccount} as ${binding} of ${identity}` }, edge);
  }
  for (const { name: cluster, objects, injections } of clusters) {
    for (const object of objects) {
      const { kind, metadata: { namespace, name } } = object;
      add({ part: 'object', cluster, name: `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}` }, object);
    }
    for (const injection of injections) add({ part: 'pods', cluster, name: `${injection.namespace}/${injection.serviceAccountName} of ${injection.identity}` }, injection);
  }
  for (const document of trust) add({ part: 'trust', provider: document.provider, name: `${document.kind} ${document.name}` }, document);
  return things;
}

function fieldsOf(before: unknown, after: unknown, path: string): readonly FieldDifference[] {
  if (sameData(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return itemsOf(before, after, `${path}[]`);
  if (!isMap(before) || !isMap(after)) return [{ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap(key => fieldsOf(before[key], after[key], joinPath(path, key)));
}

/** Items of a list have no names: those that one of the lists has alone, or, where there are none, the order. */
function itemsOf(before: readonly unknown[], after: readonly unknown[], path: string): readonly FieldDifference[] {
  const gone = without(before, after).map(item => ({ path, before: item }));
  const come = without(after, before).map(item => ({ path, after: item }));
  return gone.length + come.length > 0 ? [...gone, ...come] : [{ path, before, after }];
}

/** The list without what the other has, each as often as the other has it. */
function without(list: readonly unknown[], other: readonly unknown[]): readonly unknown[] {
  const rest = [...other];
  return list.filter(item => {
    const at = rest.findIndex(each => sameData(each, item));
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}
