import type { ProjectedVolume, StringMap } from './manifest';
import type { Deferrable } from '../core/deferred';
import type { Severity } from '../core/issues';
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
  /** What the pods must not have, since the identity would not arrive; left out where there is nothing. */
  readonly rules?: readonly PodRule[];
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

/** Something that pods must not have, with the finding that one has it. */
export interface PodRule extends Reach {
  /** Where to look: in the pod's spec, among its labels, among its node selectors, or among the variables of each container that the rule is for. @default 'spec' */
  readonly in?: 'spec' | 'labels' | 'nodeSelector' | 'env';
  /** In the spec the keys that lead to the field, joined by dots: `hostNetwork`; elsewhere one key, or the name of the variable. */
  readonly field: string;
  /** The value that it must not have. @default any: it must not be there at all */
  readonly value?: string | number | boolean;
  readonly code: string;
  readonly expected: string;
  readonly fix: string;
  /** @default 'error' */
  readonly severity?: Severity;
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
interface Claim extends Reach {
  readonly from: string;
  readonly what: string;
  readonly name: string;
  /** The name as it is compared: for a path, that of the folder. */
  readonly place: string;
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
  let rules: readonly PodRule[] | undefined;
  const claims: Claim[] = [];
  for (const { from, part } of parts) {
    Object.assign(labels, part.labels);
    Object.assign(annotations, part.annotations);
    if (part.volumes !== undefined) volumes = volumes.concat(part.volumes);
    if (part.mounts !== undefined) mounts = mounts.concat(part.mounts);
    if (part.env !== undefined) env = env.concat(part.env);
    if (part.rules !== undefined) rules = rules === undefined ? part.rules : rules.concat(part.rules);
    for (const claim of claimsOf(from, part)) {
      const first = claims.find(other => other.from !== from && contradict(other, claim));
      if (first !== undefined) clash({ what: claim.what, name: claim.name, first: first.from, second: from });
      claims.push(claim);
    }
  }
  const injection: PodInjection = { namespace: subject.namespace, serviceAccountName: subject.serviceAccount, labels, annotations, volumes, mounts, env };
  return rules === undefined ? injection : over(injection, { rules });
}

function claimsOf(from: string, part: InjectionPart): readonly Claim[] {
  const claims: Claim[] = [];
  const claim = (what: string, name: string, { containers, skipContainers }: Reach = {}, place = name): void => {
    claims.push({ from, what, name, place, ...(containers !== undefined && { containers }), ...(skipContainers !== undefined && { skipContainers }) });
  };
  for (const name of Object.keys(part.labels ?? {})) claim('label', name);
  for (const name of Object.keys(part.annotations ?? {})) claim('annotation', name);
  for (const { name } of part.volumes ?? []) claim('volume', name);
  for (const mount of part.mounts ?? []) claim('mount path', mount.mountPath, mount, folderOf(mount.mountPath));
  for (const path of part.reserved ?? []) claim('mount path', path, {}, folderOf(path));
  for (const variable of part.env ?? []) claim('env', variable.name, variable);
  return claims;
}

function contradict(a: Claim, b: Claim): boolean {
  if (a.what !== b.what || !meet(a, b)) return false;
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

function folderOf(path: string): string {
  const single = path.includes('//') ? path.replace(/\/+/g, '/') : path;
  return single.endsWith('/') ? single : `${single}/`;
}
