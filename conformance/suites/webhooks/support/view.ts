/** What a pod's containers find: the comparison leaves aside the names of volumes, and the order of everything. */
interface Source {
  readonly serviceAccountToken?: { readonly audience?: string; readonly expirationSeconds?: number; readonly path: string };
}
interface Volume {
  readonly name: string;
  readonly projected?: { readonly sources: readonly Source[] };
}
interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: boolean;
}
interface Container {
  readonly name: string;
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly volumeMounts?: readonly Mount[];
}
export interface PodSpec {
  readonly serviceAccountName?: string;
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly volumes?: readonly Volume[];
}

export interface ContainerView {
  /** Each variable once, as `NAME=value`, sorted; where the value is the path of a token's file, the token. */
  readonly env: readonly string[];
  /** The tokens whose files are there, sorted. */
  readonly tokens: readonly string[];
}

/** By the container's name. */
export function viewOf({ spec }: { readonly spec: unknown }): { readonly [container: string]: ContainerView } {
  const { initContainers = [], containers, volumes = [] } = spec as PodSpec;
  return Object.fromEntries([...initContainers, ...containers].map(container => {
    const files = filesOf(container, volumes);
    return [container.name, {
      env: (container.env ?? []).map(({ name, value = '' }) => `${name}=${files.get(value) ?? value}`).sort(),
      tokens: [...files.values()].sort(),
    }];
  }));
}

/** Everything that is projected from a token, by its path in the container. */
function filesOf({ volumeMounts = [] }: Container, volumes: readonly Volume[]): ReadonlyMap<string, string> {
  return new Map(volumeMounts.flatMap(({ name, mountPath, readOnly }) => {
    const sources = volumes.find(volume => volume.name === name)?.projected?.sources ?? [];
    return sources.flatMap(({ serviceAccountToken: token }) => (token === undefined ? [] : [[
      `${mountPath}/${token.path}`, `token for ${token.audience ?? 'the API'}, ${token.expirationSeconds ?? 3600} s, ${readOnly === true ? 'read-only' : 'writable'}`,
    ] as const]));
  }));
}

export function volumesOf({ spec }: { readonly spec?: unknown }): readonly Volume[] {
  return (spec as PodSpec).volumes ?? [];
}

/** The same to the letter: mounts by path, variables by value. The names of volumes are left aside, and the order. */
export function placesOf({ spec }: { readonly spec: unknown }): object {
  const { initContainers = [], containers, volumes = [] } = spec as PodSpec;
  return Object.fromEntries([...initContainers, ...containers].map(({ name, env = [], volumeMounts = [] }) => [name, {
    env: env.map(variable => `${variable.name}=${variable.value ?? ''}`).sort(),
    mounts: volumeMounts.map(mount => {
      const content = volumes.find(volume => volume.name === mount.name)?.projected ?? {};
      return JSON.stringify([mount.mountPath, mount.readOnly ?? false, content]);
    }).sort(),
  }]));
}
