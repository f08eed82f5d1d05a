import type { TokenDefinition, VolumeDefinition } from './definition';
import type { TokenInput, VolumeInput } from './input';
import { readMode } from '../kubernetes/mode';
import { readLifetime } from '../kubernetes/projected-token';
import { readSource } from '../kubernetes/projected-volume';

/** The part of a definition that tokens and volumes stand in. */
interface Projected {
  readonly tokens?: { readonly [name: string]: TokenInput };
  readonly volumes?: { readonly [name: string]: VolumeInput };
}

const placeOf = (name: string): string => `/var/run/secrets/symbolon/${name}`;

/** The tokens with every default filled in. */
export function tokensOf({ tokens = {}, volumes = {} }: Projected): { readonly [name: string]: TokenDefinition } {
  return mapValues(tokens, (token, name): TokenDefinition => {
    const { volume } = token;
    return {
      audience: token.audience,
      expirationSeconds: token.expirationSeconds === undefined ? 3600 : readLifetime(token.expirationSeconds),
      path: token.path ?? (volume === undefined ? 'token' : name),
      mountPath: token.mountPath ?? (volume === undefined ? placeOf(name) : mountOf(volumes, volume)),
      volume: volume as string,
      env: token.env ?? `${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_TOKEN_FILE`,
      containers: token.containers as readonly string[],
      skipContainers: token.skipContainers as readonly string[],
      clusters: token.clusters as readonly string[],
    };
  });
}

/** The volumes with every default filled in; undefined where there are none. */
export function volumesOf({ volumes }: Projected): { readonly [name: string]: VolumeDefinition } | undefined {
  return volumes && mapValues(volumes, (volume, name): VolumeDefinition => ({
    mountPath: volume.mountPath ?? placeOf(name),
    sources: (volume.sources ?? []).map(readSource),
    defaultMode: (volume.defaultMode === undefined ? undefined : readMode(volume.defaultMode)) as number,
    env: volume.env as { readonly [variable: string]: string },
    containers: volume.containers as readonly string[],
    skipContainers: volume.skipContainers as readonly string[],
    clusters: volume.clusters as readonly string[],
  }));
}

/** Where the volume of this name is mounted. */
function mountOf(volumes: { readonly [name: string]: VolumeInput }, name: string): string {
  return (Object.hasOwn(volumes, name) ? volumes[name]?.mountPath : undefined) ?? placeOf(name);
}

export function mapValues<T, U>(map: { readonly [key: string]: T | undefined }, change: (value: T, key: string) => U): { readonly [key: string]: U } {
  const changed: { [key: string]: U } = {};
  for (const key of Object.keys(map)) {
    const value = map[key];
    if (value !== undefined) changed[key] = change(value, key);
  }
  return changed;
}
