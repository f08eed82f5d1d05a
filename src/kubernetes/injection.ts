import type { ProjectedVolume, StringMap } from './manifest';
import type { Deferrable } from '../core/deferred';
import { over } from '../core/plain';

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
  let labels: StringMap = NO_NAMES;
  let annotations: StringMap = NO_NAMES;
  let volumes: readonly ProjectedVolume[] = [];
  let mounts: readonly InjectedMount[] = [];
  let env: readonly InjectedEnv[] = [];
  const claims: Claim[] = [];
  for (const { from, part } of parts) {
    if (part.labels !== undefined) labels = over(labels, part.labels);
    if (part.annotations !== undefined) annotations = over(annotations, part.annotations);
    volumes = joined(volumes, part.volumes);
    mounts = joined(mounts, part.mounts);
    env = joined(env, part.env);
    // A part by itself contradicts nobody.
    if (parts.length > 1) claimAll(from, part, claims, clash);
  }
  return { namespace: subject.namespace, serviceAccountName: subject.serviceAccount, labels, annotations, volumes, mounts, env };
}

const NO_NAMES: StringMap = Object.freeze({});

/** One after the other; where one of them is empty, the other itself. */
function joined<T>(list: readonly T[], more: readonly T[] | undefined): readonly T[] {
  if (more === undefined) return list;
  return list.length === 0 ? more : list.concat(more);
}

/** Adds what the part wants to the claims of those before it. */
function claimAll(from: string, part: InjectionPart, claims: Claim[], clash: (collision: Collision) => void): void {
  const before = claims.length;
  const claim = (what: string, name: string, containers?: readonly string[], place = name): void => {
    const wanted: Claim = { from, what, name, place, containers };
    for (let i = 0; i < before; i++) {
      const first = claims[i] as Claim;
      if (!contradict(first, wanted)) continue;
      clash({ what, name, first: first.from, second: from });
      break;
    }
    claims.push(wanted);
  };
  if (part.labels !== undefined) for (const name of Object.keys(part.labels)) claim('label', name);
  if (part.annotations !== undefined) for (const name of Object.keys(part.annotations)) claim('annotation', name);
  if (part.volumes !== undefined) for (const { name } of part.volumes) claim('volume', name);
  if (part.mounts !== undefined) for (const { mountPath, containers } of part.mounts) claim('mount path', mountPath, containers, folderOf(mountPath));
  if (part.reserved !== undefined) for (const path of part.reserved) claim('mount path', path, undefined, folderOf(path));
  if (part.env !== undefined) for (const { name, containers } of part.env) claim('env', name, containers);
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
