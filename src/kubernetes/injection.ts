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
export type InjectionPart = Partial<Pick<PodInjection, 'labels' | 'annotations' | 'volumes' | 'mounts' | 'env'>>;

/** Two parts that want the same name for different things. */
export interface Collision {
  /** `env`, `volume`, `mount path` or `label`. */
  readonly what: string;
  readonly name: string;
  readonly first: string;
  readonly second: string;
}

/** Puts the parts together, in their order; what two of them both claim goes to `clash`. */
export function joinInjections(
  subject: { readonly namespace: string; readonly serviceAccount: string },
  parts: readonly { readonly from: string; readonly part: InjectionPart }[],
  clash: (collision: Collision) => void,
): PodInjection {
  const owners = new Map<string, string>();
  const claim = (from: string, what: string, name: string): void => {
    const key = `${what}\n${name}`;
    const first = owners.get(key);
    if (first !== undefined) clash({ what, name, first, second: from });
    else owners.set(key, from);
  };
  for (const { from, part } of parts) {
    for (const key of Object.keys(part.labels ?? {})) claim(from, 'label', key);
    for (const key of Object.keys(part.annotations ?? {})) claim(from, 'annotation', key);
    for (const volume of part.volumes ?? []) claim(from, 'volume', volume.name);
    for (const mount of part.mounts ?? []) claim(from, 'mount path', mount.mountPath.replace(/\/+$/, ''));
    for (const env of part.env ?? []) claim(from, 'env', env.name);
  }
  return {
    namespace: subject.namespace,
    serviceAccountName: subject.serviceAccount,
    labels: Object.assign({}, ...parts.map(({ part }) => part.labels)) as StringMap,
    annotations: Object.assign({}, ...parts.map(({ part }) => part.annotations)) as StringMap,
    volumes: parts.flatMap(({ part }) => part.volumes ?? []),
    mounts: parts.flatMap(({ part }) => part.mounts ?? []),
    env: parts.flatMap(({ part }) => part.env ?? []),
  };
}
