import * as pulumi from '@pulumi/pulumi';
import type { BindingArgs, ClusterArgs, FactArgs, Halves, WorkloadIdentityArgs } from './args';
import { InvalidArgsError } from './invalid-args';
import { Findings, complain, joinPath, type Report } from '../core/issues';
import { readShape, type Shape } from '../core/shape';
import type { WorkloadIdentityDefinition } from '../identity/definition';
import type { Edge } from '../providers/provider';

/** What each choice of halves makes. */
export const HALVES: { readonly [halves in Halves]: { readonly cloud: boolean; readonly kubernetes: boolean } } = {
  cloud: { cloud: true, kubernetes: false },
  kubernetes: { cloud: false, kubernetes: true },
  both: { cloud: true, kubernetes: true },
};

const ARGS: Shape<WorkloadIdentityArgs> = { definition: 'value', halves: 'value?', on: 'map?', trustedBy: 'map?' };
const CLUSTER: Shape<ClusterArgs> = { facts: 'map?', kubernetes: 'value?', trustedBy: 'map?' };
const BINDING: Shape<BindingArgs> = { facts: 'map?', provider: 'value?' };

/**
 * Whether the arguments are any: what they say is looked at with the definition.
 *
 * @throws InvalidArgsError with everything that is wrong
 */
export function checkFields(name: string, args: unknown): void {
  const findings = new Findings();
  const { report } = findings;
  const { on = {}, trustedBy = {} } = readShape(args, ARGS, '', report);
  for (const [cluster, given] of Object.entries<unknown>(on)) {
    const path = joinPath('on', cluster);
    const { facts, trustedBy: own = {} } = readShape(given, CLUSTER, path, report);
    checkFacts(facts, `${path}.facts`, report);
    checkBindings(own, `${path}.trustedBy`, report);
  }
  checkBindings(trustedBy, 'trustedBy', report);
  if (findings.errors.length > 0) throw new InvalidArgsError(`workload identity ${JSON.stringify(name)}`, findings.errors);
}

function checkBindings(bindings: { readonly [binding: string]: unknown }, path: string, report: Report): void {
  for (const [binding, given] of Object.entries(bindings)) checkFacts(readShape(given, BINDING, joinPath(path, binding), report).facts, `${joinPath(path, binding)}.facts`, report);
}

/** Facts are text, now or later. */
export function checkFacts(facts: FactArgs | undefined, path: string, report: Report): void {
  for (const [fact, value] of Object.entries<unknown>(facts ?? {})) {
    if (value !== undefined && typeof value !== 'string' && !isLate(value)) complain(report, 'args/fact', joinPath(path, fact), { expected: 'text, or an Output of one', got: value, fix: 'facts are text; put it in quotes' });
  }
}

/** Whether a value is still to come. */
export function isLate(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || (typeof value === 'object' && value !== null && 'then' in value);
}

/**
 * The arguments against the definition: every cluster and binding that they name exists, and what is made is made where
 * it belongs.
 *
 * @throws InvalidArgsError with everything that is wrong
 */
export function checkArgs(args: WorkloadIdentityArgs, definition: WorkloadIdentityDefinition, edges: readonly Edge[]): void {
  const findings = new Findings();
  checkHalves(args, definition, findings.report);
  checkKeys(args.trustedBy, Object.keys(definition.trustedBy), 'trustedBy', 'the identity\'s bindings', findings.report);
  checkKeys(args.on, definition.clusters.map(cluster => cluster.name), 'on', 'the identity\'s clusters', findings.report);
  for (const [cluster, { trustedBy = {} }] of Object.entries(args.on ?? {})) checkOwn(cluster, trustedBy, edges, findings.report);
  if (findings.errors.length > 0) throw new InvalidArgsError(`workload identity ${JSON.stringify(definition.name)}`, findings.errors);
}

function checkHalves({ halves, on = {} }: WorkloadIdentityArgs, { clusters }: WorkloadIdentityDefinition, report: Report): void {
  const given = clusters.filter(cluster => on[cluster.name]?.kubernetes !== undefined).map(cluster => cluster.name);
  if (halves === undefined) {
    if (given.length === 0) return;
    complain(report, 'args/halves', 'halves', { expected: 'to be told which halves to make, since there are providers of Kubernetes', got: given, fix: 'say halves: "both", or "cloud" to write nothing to the clusters' });
  } else if (!Object.hasOwn(HALVES, halves)) {
    complain(report, 'args/halves', 'halves', { expected: `one of ${Object.keys(HALVES).join(', ')}`, got: halves, fix: 'leave it out for "cloud"' });
  } else if (HALVES[halves].kubernetes && clusters.length > 1) {
    // Without one, all of them would be written to whatever cluster the kubeconfig of the machine points at.
    for (const { name } of clusters.filter(cluster => !given.includes(cluster.name))) {
      complain(report, 'args/kubernetes', `${joinPath('on', name)}.kubernetes`, { expected: 'a provider for each of several clusters', got: undefined, fix: 'give the @pulumi/kubernetes provider of this cluster' });
    }
  }
}

function checkKeys(map: object | undefined, known: readonly string[], path: string, what: string, report: Report): void {
  for (const key of Object.keys(map ?? {})) {
    if (!known.includes(key)) complain(report, `args/${path === 'on' ? 'cluster' : 'binding'}`, joinPath(path, key), { expected: `one of ${what}: ${known.join(', ')}`, got: key, fix: 'correct the name, or take it out' });
  }
}

/** Facts and providers of one cluster are read where it has a cloud identity of its own, and nowhere else. */
function checkOwn(cluster: string, trustedBy: { readonly [binding: string]: BindingArgs }, edges: readonly Edge[], report: Report): void {
  for (const binding of Object.keys(trustedBy)) {
    if (edges.some(edge => edge.cluster.name === cluster && edge.binding === binding && edge.variant !== '')) continue;
    complain(report, 'args/binding', joinPath(`${joinPath('on', cluster)}.trustedBy`, binding), {
      expected: 'a binding that has a cloud identity of its own on this cluster', got: binding, fix: `give it under ${joinPath('trustedBy', binding)}, for all clusters`,
    });
  }
}
