import type { ProjectedVolume, StringMap } from './manifest';
import type { Deferrable } from '../core/deferred';

/** Everything that a pod of an identity carries: what {@link inject} puts into a template. */
export interface PodInjection {
  readonly namespace: string;
  readonly serviceAccountName: string;
  readonly labels: StringMap;
  readonly annotations: StringMap;
  readonly volumes: readonly ProjectedVolume[];
  readonly mounts: readonly InjectedMount[];
  readonly env: readonly InjectedEnv[];
}

/** A read-only mount of one of the injection's volumes. */
export interface InjectedMount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly: true;
  /** Names of the containers it goes to; all of them where it is left out. */
  readonly containers?: readonly string[];
}

/** An environment variable with a plain value. */
export interface InjectedEnv {
  readonly name: string;
  readonly value: Deferrable<string>;
  /** Names of the containers it goes to; all of them where it is left out. */
  readonly containers?: readonly string[];
}

/** One provider's or one token's share of an injection. */
export interface InjectionPart extends Partial<Pick<PodInjection, 'labels' | 'annotations' | 'volumes' | 'mounts' | 'env'>> {
  /** Mount paths that a webhook will take: the API server refuses a pod in which something else is there already. */
  readonly reserved?: readonly string[];
}

/** Two parts that want the same name for different things. */
export interface Collision {
  /** `env`, `volume`, `mount path` or `label`. */
  readonly what: string;
  readonly name: string;
  readonly first: string;
  readonly second: string;
}

/** What a part wants for itself: a name, or a place, in some containers or in all. */
interface Claim {
  readonly from: string;
  readonly what: string;
  readonly name: string;
  /** The name as it is compared: for a path, that of the folder. */
  readonly place: string;
  readonly containers: readonly string[] | undefined;
}

/** Puts the parts together, in their order; what two of them both claim goes to `clash`. */
export function joinInjections(
  subject: { readonly namespace: string; readonly serviceAccount: string },
  parts: readonly { readonly from: string; readonly part: InjectionPart }[],
  clash: (collision: Collision) => void,
): PodInjection {
  const labels: { [key: string]: string } = {};
  const annotations: { [key: string]: string } = {};
  let volumes: ProjectedVolume[] = [];
  let mounts: InjectedMount[] = [];
  let env: InjectedEnv[] = [];
  const claims: Claim[] = [];
  for (const { from, part } of parts) {
    Object.assign(labels, part.labels);
    Object.assign(annotations, part.annotations);
    if (part.volumes !== undefined) volumes = volumes.concat(part.volumes);
    if (part.mounts !== undefined) mounts = mounts.concat(part.mounts);
    if (part.env !== undefined) env = env.concat(part.env);
    for (const claim of claimsOf(from, part)) {
      const first = claims.find(other => other.from !== from && contradict(other, claim));
      if (first !== undefined) clash({ what: claim.what, name: claim.name, first: first.from, second: from });
      claims.push(claim);
    }
  }
  return { namespace: subject.namespace, serviceAccountName: subject.serviceAccount, labels, annotations, volumes, mounts, env };
}

function claimsOf(from: string, part: InjectionPart): readonly Claim[] {
  const claims: Claim[] = [];
  const claim = (what: string, name: string, containers?: readonly string[], place = name): void => void claims.push({ from, what, name, place, containers });
  for (const name of Object.keys(part.labels ?? {})) claim('label', name);
  for (const name of Object.keys(part.annotations ?? {})) claim('annotation', name);
  for (const { name } of part.volumes ?? []) claim('volume', name);
  for (const { mountPath, containers } of part.mounts ?? []) claim('mount path', mountPath, containers, folderOf(mountPath));
  for (const path of part.reserved ?? []) claim('mount path', path, undefined, folderOf(path));
  for (const { name, containers } of part.env ?? []) claim('env', name, containers);
  return claims;
}

function contradict(a: Claim, b: Claim): boolean {
  if (a.what !== b.what || !meet(a.containers, b.containers)) return false;
  return a.what === 'mount path' ? a.place.startsWith(b.place) || b.place.startsWith(a.place) : a.place === b.place;
}

/** Two claims that share no container are about different things. */
function meet(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a === undefined || b === undefined || a.some(name => b.includes(name));
}

/** True for the same path too. A volume cannot be mounted inside one that is read-only: the container would not start. */
export function isPathWithin(path: string, outer: string): boolean {
  return folderOf(path).startsWith(folderOf(outer));
}

function folderOf(path: string): string {
  const single = path.includes('//') ? path.replace(/\/+/g, '/') : path;
  return single.endsWith('/') ? single : `${single}/`;
}
