import { InvalidDefinitionError } from '../core/errors';
import { Findings, joinPath } from '../core/issues';
import { fits, readShape, type Shape } from '../core/shape';
import type { WorkloadIdentityDefinition } from '../identity/definition';
import type { Facts } from '../identity/facts';
import { planWorkloadIdentities, type Plan } from '../identity/plan';
import { audiencesByHand, specimenOf } from '../identity/specimen';
import { nameOf, placeWorkloads, subjectOf } from '../identity/workloads';
import type { Artifacts } from '../proof/artifacts';

/** What belongs to the halves besides the definitions. */
export interface HalvesOptions {
  /** Values that only the environment knows. @default none */
  readonly facts?: Facts;
  /**
   * Manifests with pods. Each is given what the identity that it runs as needs.
   * @default for every service account one pod with nothing in it but what the identity gives it
   */
  readonly workloads?: readonly object[];
}

const SHAPE: Shape<HalvesOptions> = { facts: 'value?', workloads: 'list?' };

/**
 * Both halves of one identity or several, rendered: the manifests of each cluster, and the requests to the clouds. Plain
 * data, the same every time.
 *
 * @throws InvalidDefinitionError when the definitions do not go together, or a workload runs as none of them
 * @throws MissingFactError with every fact that is needed and missing
 */
export function halvesOf(definitions: WorkloadIdentityDefinition | readonly WorkloadIdentityDefinition[], options: HalvesOptions = {}): Artifacts {
  const findings = new Findings();
  const { workloads: given = [] } = readShape(options, SHAPE, 'options', findings.report);
  given.forEach((workload, i) => fits(workload, 'map', joinPath('options.workloads', i), findings.report));
  if (findings.errors.length > 0) throw new InvalidDefinitionError('halves', findings.all);
  const plan = planWorkloadIdentities(definitions, options.facts);
  const workloads = placeWorkloads(given, plan.clusters, findings.report);
  if (findings.errors.length > 0) throw new InvalidDefinitionError('workloads', findings.all);
  return { clusters: plan.clusters.map(cluster => clusterOf(cluster, workloads.get(cluster.name) ?? [], plan)), trust: plan.trust };
}

function clusterOf({ injections, expected, objects, ...cluster }: Plan['clusters'][number], workloads: Plan['clusters'][number]['objects'], plan: Plan): Artifacts['clusters'][number] {
  const byHand = audiencesByHand(plan);
  const running = new Set(workloads.flatMap(workload => subjectOf(workload) ?? []).map(nameOf));
  const specimens = injections.flatMap(injection => {
    const name = nameOf({ namespace: injection.namespace, serviceAccount: injection.serviceAccountName });
    const held = byHand.get(`${cluster.name} ${name}`) ?? [];
    return running.has(name) && held.length === 0 ? [] : [specimenOf(injection, held)];
  });
  return { ...cluster, objects: [...objects, ...expected, ...workloads, ...specimens] };
}
