import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain, show } from '../core/issues';
import { nearest } from '../core/nearest';
import { readShape, type Shape } from '../core/shape';
import type { Artifacts } from '../proof/artifacts';
import { checkArtifacts } from '../proof/check-artifacts';
import { podsIn, type PodView } from '../proof/pods';

/** One workload among artifacts: what matchers and minted tokens are about. Made by {@link workloadIn}. */
export interface ArtifactWorkload {
  readonly artifacts: Artifacts;
  /** `Deployment shop/web`. */
  readonly workload: string;
  /** @default every cluster that has it */
  readonly cluster?: string;
}

/** Which of several. */
export interface WorkloadInOptions {
  /** The cluster, by name. @default every cluster that has the workload */
  readonly cluster?: string;
}

const SHAPE: Shape<WorkloadInOptions> = { cluster: 'text?' };
const WHOLE: Shape<ArtifactWorkload> = { artifacts: 'map', workload: 'text', cluster: 'text?' };

/**
 * A workload by kind, namespace and name, as the proof calls it: `Deployment shop/web`; without workloads of your own,
 * {@link halvesOf} has one `Pod shop/checkout-specimen` for each service account.
 *
 * @throws InvalidDefinitionError when there is no such workload, so that no test asks about nothing
 */
export function workloadIn(artifacts: Artifacts, workload: string, options: WorkloadInOptions = {}): ArtifactWorkload {
  const findings = new Findings();
  const { cluster } = readShape(options, SHAPE, 'options', findings.report);
  if (findings.errors.length > 0) throw new InvalidDefinitionError('workloadIn', findings.all);
  const asked = Object.freeze({ artifacts, workload, ...(cluster !== undefined && { cluster }) });
  podsOf(asked);
  return asked;
}

/**
 * The pods that are asked about: one for each cluster that has the workload.
 *
 * @throws InvalidDefinitionError when there is none
 */
export function podsOf(asked: ArtifactWorkload): readonly PodView[] {
  const findings = new Findings();
  const { report } = findings;
  // What a matcher is handed has not gone through workloadIn, as far as it knows.
  const { artifacts, workload = '', cluster } = readShape(asked, WHOLE, '', report);
  if (artifacts === undefined || findings.errors.length > 0) throw new InvalidDefinitionError('what workloadIn gives', findings.all);
  checkArtifacts(artifacts);
  const clusters = artifacts.clusters.map(({ name }) => name);
  if (cluster !== undefined && !clusters.includes(cluster)) {
    complain(report, 'testing/cluster', 'options.cluster', { expected: `one of the clusters ${clusters.join(', ')}`, got: cluster, fix: meant(cluster, clusters) ?? 'name one of them, or leave it out' });
    throw new InvalidDefinitionError('workloadIn', findings.all);
  }
  const there = artifacts.clusters.filter(({ name }) => cluster === undefined || name === cluster);
  const pods = [...podsIn(there)];
  const found = pods.filter(pod => pod.workload === workload);
  if (found.length === 0) {
    const known = [...new Set(pods.map(pod => pod.workload))];
    complain(report, 'testing/workload', 'workload', {
      expected: known.length === 0 ? 'a manifest with pods among the artifacts' : `one of ${some(known)}`,
      got: workload,
      fix: meant(workload, known) ?? otherKind(workload, known) ?? 'write kind, namespace and name: Deployment shop/web',
    });
    throw new InvalidDefinitionError('workloadIn', findings.all);
  }
  return found;
}

/** The place in words: `Deployment shop/web in prod-blue`. */
export function placeOf({ workload, cluster }: { readonly workload: string; readonly cluster: string | { readonly name: string } }): string {
  return `${workload} in ${typeof cluster === 'string' ? cluster : cluster.name}`;
}

/** `did you mean …?`, where something is close enough to be a slip. */
export function meant(text: string, known: readonly string[]): string | undefined {
  const close = typeof text === 'string' ? nearest(text, known, 3) : undefined;
  return close === undefined ? undefined : `did you mean ${close}?`;
}

/** A list that stays readable. */
export function some(names: readonly string[], most = 8): string {
  const shown = names.slice(0, most).map(show).join(', ');
  return names.length <= most ? shown : `${shown} and ${names.length - most} more`;
}

/** The same name, whatever the kind. */
function otherKind(workload: string, known: readonly string[]): string | undefined {
  const nameIn = (text: string): string => text.slice(text.indexOf(' ') + 1);
  const close = nearest(nameIn(workload), known.map(nameIn), 3);
  return close === undefined ? undefined : `did you mean ${known.find(each => nameIn(each) === close) as string}?`;
}
