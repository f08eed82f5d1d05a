import type { TokenDefinition, VolumeDefinition } from './definition';
import type { TokenInput, VolumeInput } from './input';
import { freezeCopy } from '../core/plain';
import { readMode } from '../kubernetes/mode';
import { readLifetime } from '../kubernetes/projected-token';
import { readSource } from '../kubernetes/projected-volume';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The part of a definition that tokens and volumes stand in. */
interface Projected {
  readonly tokens?: { readonly [name: string]: TokenInput };
  readonly volumes?: { readonly [name: string]: VolumeInput };
}

const placeOf = (name: string): string => `/var/run/secrets/symbolon/${name}`;

/** The tokens with every default filled in, frozen. */
export function tokensOf({ tokens, volumes = {} }: Projected): { readonly [name: string]: TokenDefinition } {
  return mapValues(tokens, (token, name) => tokenOf(token, name, volumes));
}

function tokenOf({ audience, expirationSeconds, path, mountPath, volume, env, ...rest }: TokenInput, name: string, volumes: NonNullable<Projected['volumes']>): TokenDefinition {
  const token: Mutable<TokenDefinition> = {
    audience,
    expirationSeconds: expirationSeconds === undefined ? 3600 : readLifetime(expirationSeconds),
    path: path ?? (volume === undefined ? 'token' : name),
    mountPath: mountPath ?? (volume === undefined ? placeOf(name) : mountOf(volumes, volume)),
    env: env ?? `${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_TOKEN_FILE`,
  };
  if (volume !== undefined) token.volume = volume;
  return withReach(token, rest);
}

/** The volumes with every default filled in, frozen; undefined where there are none. */
export function volumesOf({ volumes }: Projected): { readonly [name: string]: VolumeDefinition } | undefined {
  return volumes && mapValues(volumes, volumeOf);
}

function volumeOf({ mountPath, sources = [], defaultMode, env, ...rest }: VolumeInput, name: string): VolumeDefinition {
  const volume: Mutable<VolumeDefinition> = { mountPath: mountPath ?? placeOf(name), sources: freezeCopy(sources.map(readSource)) };
  if (defaultMode !== undefined) volume.defaultMode = readMode(defaultMode) as number;
  if (env !== undefined) volume.env = freezeCopy(env);
  return withReach(volume, rest);
}

/** Which containers and clusters it is for, where that is said. */
function withReach<T extends Pick<TokenInput, 'containers' | 'skipContainers' | 'clusters'>>(
  part: Mutable<T>, { containers, skipContainers, clusters }: Pick<TokenInput, 'containers' | 'skipContainers' | 'clusters'>,
): T {
  if (containers !== undefined) part.containers = freezeCopy(containers);
  if (skipContainers !== undefined) part.skipContainers = freezeCopy(skipContainers);
  if (clusters !== undefined) part.clusters = freezeCopy(clusters);
  return Object.freeze(part) as T;
}

/** Where the volume of this name is mounted. */
function mountOf(volumes: { readonly [name: string]: VolumeInput }, name: string): string {
  return (Object.hasOwn(volumes, name) ? volumes[name]?.mountPath : undefined) ?? placeOf(name);
}

/** A frozen map of what is made of each value; one that is undefined counts as left out. */
export function mapValues<T, U>(map: { readonly [key: string]: T | undefined } = {}, change: (value: T, key: string) => U): { readonly [key: string]: U } {
  const changed: { [key: string]: U } = {};
  for (const key of Object.keys(map)) {
    const value = map[key];
    if (value !== undefined) changed[key] = change(value, key);
  }
  return Object.freeze(changed);
}
