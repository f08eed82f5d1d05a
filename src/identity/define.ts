import { readCluster } from './define-cluster';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain, joinPath, show, type Issue, type Report } from '../core/issues';
import { checkPlain, over } from '../core/plain';
import { RBAC_KEYS, rbacFormOf } from '../kubernetes/rbac-forms';
import type { ClusterDefinition } from '../platforms/cluster';
import { PROVIDER_IDS, isBuilt } from '../providers';
import { checkDefinition, checkLayout } from './check';
import { brand, isClusterDefinition, isWorkloadIdentityDefinition, type WorkloadIdentityDefinition } from './definition';
import type { WorkloadIdentityInput } from './input';
import { layoutOf, type Layout } from './layout';
import { normalise } from './normalise';
import { checkStructure, type StructureName } from './structure';

/** What was learnt while a definition was checked, so that no door has to do it again. */
const known = new WeakMap<WorkloadIdentityDefinition, { readonly layout: Layout; readonly warnings: readonly Issue[] }>();

/** Behind the function of this name in `late.ts`, which says what it does. */
export function defineWorkloadIdentity(input: WorkloadIdentityInput): WorkloadIdentityDefinition {
  if (isWorkloadIdentityDefinition(input)) return input;
  const findings = new Findings();
  const definition = read(input, findings);
  if (definition === undefined || findings.errors.length > 0) {
    throw new InvalidDefinitionError(`workload identity ${show((input as { name?: unknown } | undefined)?.name)}`, findings.all);
  }
  return definition;
}

/** Behind the function of this name in `late.ts`, which says what it does. */
export function checkWorkloadIdentity(input: WorkloadIdentityInput): readonly Issue[] {
  const before = known.get(input as WorkloadIdentityDefinition);
  // What another copy of the package defined is plain data to this one.
  if (before !== undefined) return before.warnings;
  const findings = new Findings();
  read(input, findings);
  return findings.all;
}

/** The layout of a definition with no facts but its own. */
export function knownLayoutOf(definition: WorkloadIdentityDefinition): Layout {
  return known.get(definition)?.layout ?? layoutOf(definition, {});
}

/** Checks a definition; undefined where its structure leaves nothing to work with. Paths are those inside the definition. */
export function readIdentity(input: unknown, report: Report): WorkloadIdentityDefinition | undefined {
  const findings = new Findings();
  const definition = read(input, findings);
  findings.all.forEach(report);
  return definition;
}

function read(input: unknown, findings: Findings): WorkloadIdentityDefinition | undefined {
  const definition = parse(input, findings.report);
  if (definition !== undefined) {
    const layout = layoutOf(withoutTwins(definition), {});
    checkLayout(layout, findings.report);
    if (findings.errors.length === 0) known.set(definition, { layout, warnings: findings.warnings });
  }
  return definition;
}

/** The definition with what is in it twice, and has been complained of, once: the two would seem to contradict each other. */
function withoutTwins(definition: WorkloadIdentityDefinition): WorkloadIdentityDefinition {
  const clusters = onceEach(definition.clusters, ({ name }) => name);
  const runsAs = onceEach(definition.runsAs, ({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`);
  return clusters === definition.clusters && runsAs === definition.runsAs ? definition : over(definition, { clusters, runsAs });
}

function onceEach<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  if (items.length < 2) return items;
  const first = new Map<string, T>();
  for (const item of items) if (!first.has(keyOf(item))) first.set(keyOf(item), item);
  return first.size === items.length ? items : [...first.values()];
}

/** As much of a definition as its structure allows: a part that is broken is reported and left out, and the rest is checked all the same. */
function parse(input: unknown, report: Report): WorkloadIdentityDefinition | undefined {
  // Clusters that were defined already are not read again.
  if (!checkPlain(input, '', report, isClusterDefinition)) return undefined;
  const fields = wholePartOf(input, report);
  if (fields === undefined) return undefined;

  if (fields.runsAs !== undefined) {
    for (const field of ['namespace', 'serviceAccount'] as const) {
      if (fields[field] !== undefined) complain(report, 'identity/runs-as', field, { expected: `no ${field} beside runsAs`, got: fields[field], fix: 'it is short for runsAs with one service account: move it there' });
    }
  }
  const clusters = fields.clusters.map((cluster, i) => (isClusterDefinition(cluster) ? cluster : readCluster(cluster, `${joinPath('clusters', i)}.`, report)));
  if (clusters.includes(undefined)) return undefined;
  const definition = brand('identity', normalise(fields, Object.freeze(clusters as readonly ClusterDefinition[])));
  checkDefinition(definition, report, fields.runsAs === undefined);
  return definition;
}

/** The fields without those bindings, tokens and volumes whose structure is broken; undefined where anything else is. */
function wholePartOf(input: unknown, report: Report): WorkloadIdentityInput | undefined {
  const findings = new Findings();
  checkStructure('WorkloadIdentityInput', input, '', findings.report);
  const { trustedBy, tokens, volumes, rbac } = (input ?? {}) as Partial<WorkloadIdentityInput>;
  if (typeof trustedBy === 'object' && trustedBy !== null) {
    for (const key of Object.keys(trustedBy)) if (trustedBy[key] !== undefined) checkBinding(key, trustedBy[key], findings.report);
  }
  if (Array.isArray(rbac)) for (let i = 0; i < rbac.length; i++) checkEntry(rbac[i], joinPath('rbac', i), findings.report);
  if (findings.all.length === 0) return input as WorkloadIdentityInput;
  findings.all.forEach(report);
  const broken = findings.errors.filter(issue => issue.code !== 'structure/unknown-key').map(issue => issue.path);
  if (broken.length === 0) return input as WorkloadIdentityInput;
  if (broken.some(at => !/^(trustedBy|tokens|volumes)[.[]/.test(at))) return undefined;
  const whole = <T>(map: { readonly [key: string]: T } = {}, path: string): { [key: string]: T } =>
    Object.fromEntries(Object.entries(map).filter(([key]) => !broken.some(at => isWithin(at, joinPath(path, key)))));
  return { ...input as WorkloadIdentityInput, trustedBy: whole(trustedBy, 'trustedBy'), tokens: whole(tokens, 'tokens'), ...(volumes !== undefined && { volumes: whole(volumes, 'volumes') }) };
}

function checkBinding(key: string, binding: unknown, report: Report): void {
  const path = joinPath('trustedBy', key);
  const provider = (binding as { provider?: unknown } | null)?.provider ?? key;
  if (typeof provider !== 'string' || !isBuilt(provider)) {
    complain(report, 'binding/provider', `${path}.provider`, { expected: `one of ${PROVIDER_IDS.join(', ')}`, got: provider, fix: 'name the provider, or use its name as the key' });
    return;
  }
  checkStructure(provider, binding, path, report);
  if (!/^[A-Za-z0-9][\w-]{0,62}$/.test(key)) complain(report, 'binding/name', path, { expected: 'at most 63 of the characters A-Z, a-z, 0-9, - and _', got: key, fix: 'the key names resources, so choose another' });
}

/** An entry of `rbac`, by the structure of its form. That it is an object at all has been checked. */
function checkEntry(entry: unknown, path: string, report: Report): void {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return;
  const form = rbacFormOf(entry);
  if (form !== undefined) {
    const { instead = {} } = form;
    const fields: { [field: string]: unknown } = { ...entry };
    for (const [key, fix] of Object.entries(instead)) {
      if (fields[key] === undefined) continue;
      complain(report, 'structure/unknown-key', joinPath(path, key), { expected: `no ${key} beside ${form.field}`, got: fields[key], fix });
      delete fields[key];
    }
    return checkStructure(form.structure as StructureName, fields, path, report);
  }
  complain(report, 'structure/required', path, { expected: `one of the fields ${RBAC_KEYS.join(', ')}`, got: Object.keys(entry), fix: 'say what the identity may do' });
}

function isWithin(path: string, part: string): boolean {
  return path === part || path.startsWith(`${part}.`) || path.startsWith(`${part}[`);
}
