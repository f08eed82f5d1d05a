import type { ProjectedVolume, StringMap } from './manifest';
import type { Deferrable } from '../core/deferred';
import type { Severity } from '../core/issues';
import { over } from '../core/plain';

/** What pods carry, whoever they run as: what {@link inject} puts into a template. */
export interface PodParts {
  /** @default the pod's own */
  readonly namespace?: string;
  /** @default the pod's own */
  readonly serviceAccountName?: string;
  readonly labels: StringMap;
  readonly annotations: StringMap;
  readonly volumes: readonly ProjectedVolume[];
  readonly mounts: readonly InjectedMount[];
  readonly env: readonly InjectedEnv[];
  /** What the pods must not have, since the identity would not arrive; left out where there is nothing. */
  readonly rules?: readonly PodRule[];
  /** The group that owns the files, set for the pod where it names none; left out where nobody asked for it. */
  readonly fsGroup?: number;
}

/** Everything that a pod of an identity carries. */
export interface PodInjection extends PodParts {
  readonly namespace: string;
  readonly serviceAccountName: string;
}

/** The containers of a pod, init containers among them, that something goes to: all of them where neither list is there. */
export interface Reach {
  /** The names of those it goes to. */
  readonly containers?: readonly string[];
  /** The names of those it does not go to. */
  readonly skipContainers?: readonly string[];
}

/** A read-only mount of one of the injection's volumes. */
export interface InjectedMount extends Reach {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly: true;
}

/** An environment variable with a plain value. */
export interface InjectedEnv extends Reach {
  readonly name: string;
  readonly value: Deferrable<string>;
  /** What it is in pods that select Windows nodes, where paths look different. @default the value */
  readonly windowsValue?: Deferrable<string>;
  /** Left out in a container that has one of these variables already: there the choice of the container's author counts. */
  readonly yieldsTo?: readonly string[];
}

/** Something that may stand in a pod template. */
export interface PodCondition {
  /** Where to look: in the pod's spec, in its metadata, among the node labels that it asks for (by `nodeSelector` or by its required node affinity), or among the variables of each container that the rule is for. @default 'spec' */
  readonly of?: 'spec' | 'labels' | 'annotations' | 'nodeSelector' | 'env';
  /** In the spec the keys that lead to the field, joined by dots: `hostNetwork`; elsewhere one key, or the name of the variable. */
  readonly field: string;
  /** @default any value: it must not be there at all */
  readonly value?: string | number | boolean;
}

/** What a pod must not have, with the finding that it does. The containers are those whose variables are looked at. */
export interface PodRule extends PodCondition, Reach {
  /** Only together with this. */
  readonly also?: PodCondition;
  readonly code: string;
  readonly expected: string;
  readonly fix: string;
  /** @default 'error' */
  readonly severity?: Severity;
  /** True where what was found is not shown: it may be a key. @default false */
  readonly secret?: boolean;
}

/** One provider's or one token's share of an injection. */
export interface InjectionPart extends Partial<Pick<PodInjection, 'labels' | 'annotations' | 'volumes' | 'mounts' | 'env' | 'rules'>> {
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
  readonly reach: Reach;
}

/** Puts the parts together, in their order; what two of them both claim goes to `clash`. */
export function joinInjections(
  subject: { readonly namespace: string; readonly serviceAccount: string },
  parts: readonly { readonly from: string; readonly part: InjectionPart }[],
  clash: (collision: Collision) => void,
): PodInjection {
  // The service account first: that is the order in which it has always been written.
  return over({ namespace: subject.namespace, serviceAccountName: subject.serviceAccount }, joinParts(parts, clash));
}

/** The same for pods that run as whoever they run as. */
export function joinParts(parts: readonly { readonly from: string; readonly part: InjectionPart }[], clash: (collision: Collision) => void): PodParts {
  let labels: StringMap = NO_NAMES;
  let annotations: StringMap = NO_NAMES;
  let volumes: readonly ProjectedVolume[] = [];
  let mounts: readonly InjectedMount[] = [];
  let env: readonly InjectedEnv[] = [];
  let rules: readonly PodRule[] | undefined;
  const claims: Claim[] = [];
  for (const { from, part } of parts) {
    if (part.labels !== undefined) labels = over(labels, part.labels);
    if (part.annotations !== undefined) annotations = over(annotations, part.annotations);
    volumes = joined(volumes, part.volumes);
    mounts = joined(mounts, part.mounts);
    env = joined(env, part.env);
    if (part.rules !== undefined) rules = joined(rules ?? [], part.rules);
    // A part by itself contradicts nobody.
    if (parts.length > 1) claimAll(from, part, claims, clash);
  }
  const whole: PodParts = { labels, annotations, volumes, mounts, env };
  return rules === undefined ? whole : over(whole, { rules });
}

const NO_NAMES: StringMap = Object.freeze({});
const ANYWHERE: Reach = Object.freeze({});

/** One after the other; where one of them is empty, the other itself. */
function joined<T>(list: readonly T[], more: readonly T[] | undefined): readonly T[] {
  if (more === undefined) return list;
  return list.length === 0 ? more : list.concat(more);
}

/** Adds what the part wants to the claims of those before it. */
function claimAll(from: string, part: InjectionPart, claims: Claim[], clash: (collision: Collision) => void): void {
  const before = claims.length;
  const claim = (what: string, name: string, reach: Reach = ANYWHERE, place = name): void => {
    const wanted: Claim = { from, what, name, place, reach };
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
  if (part.mounts !== undefined) for (const mount of part.mounts) claim('mount path', mount.mountPath, mount, placeOf(mount.mountPath));
  if (part.reserved !== undefined) for (const path of part.reserved) claim('mount path', path, ANYWHERE, placeOf(path));
  if (part.env !== undefined) for (const variable of part.env) claim('env', variable.name, variable);
}

function contradict(a: Claim, b: Claim): boolean {
  if (a.what !== b.what || !meet(a.reach, b.reach)) return false;
  return a.what === 'mount path' ? a.place.startsWith(b.place) || b.place.startsWith(a.place) : a.place === b.place;
}

/** Two claims that share no container are about different things. */
function meet(a: Reach, b: Reach): boolean {
  const named = a.containers ?? b.containers;
  return named === undefined || named.some(name => reaches(a, name) && reaches(b, name));
}

/** Whether something goes to the container of this name. */
export function reaches({ containers, skipContainers }: Reach, name: string): boolean {
  return (containers === undefined || containers.includes(name)) && !(skipContainers?.includes(name) ?? false);
}

/** True for the same path too. A volume cannot be mounted inside one that is read-only: the container would not start. */
export function isPathWithin(path: string, outer: string): boolean {
  return folderOf(path).startsWith(folderOf(outer));
}

/** The same where `/var/run` is a link to `/run`, as in nearly every image: a mount at the one is a mount at the other. */
export function isPlaceWithin(path: string, outer: string): boolean {
  return placeOf(path).startsWith(placeOf(outer));
}

/** {@link folderOf} with the link from `/var/run` to `/run` followed. */
export function placeOf(path: string): string {
  const folder = folderOf(path);
  return folder.startsWith('/var/run/') ? folder.slice('/var'.length) : folder;
}

/** The path in the one form in which paths can be compared: no doubled slash, no `/.`, one slash at its end. */
export function folderOf(path: string): string {
  const single = path.includes('//') || path.includes('/.') ? `/${path.split('/').filter(part => part !== '' && part !== '.').join('/')}` : path;
  return single.endsWith('/') ? single : `${single}/`;
}
