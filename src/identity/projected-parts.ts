import type { TokenDefinition, VolumeDefinition } from './definition';
import type { InjectionPart, Reach } from '../kubernetes/injection';
import type { ProjectedSource, ProjectedVolume } from '../kubernetes/manifest';
import { tokenVolume } from '../kubernetes/projected-token';
import { sourceOf } from '../kubernetes/projected-volume';

/** Tokens and volumes, with their defaults filled in. */
export interface Projected {
  readonly tokens: { readonly [name: string]: TokenDefinition };
  readonly volumes?: { readonly [name: string]: VolumeDefinition };
}

type Part = { readonly from: string; readonly part: InjectionPart };

const NONE: readonly Part[] = [];

/**
 * What tokens and volumes put into pods.
 *
 * @param cluster  the name of the cluster. @default tokens and volumes are not parted by clusters
 */
export function projectedParts({ tokens, volumes }: Projected, cluster?: string): readonly Part[] {
  const names = Object.keys(tokens);
  if (names.length === 0 && volumes === undefined) return NONE;
  const parts: Part[] = [];
  const isHere = ({ clusters }: { readonly clusters?: readonly string[] }): boolean =>
    cluster === undefined || clusters === undefined || clusters.includes(cluster);
  const shared = new Map<string, ProjectedSource[]>();
  for (const name of names) {
    const token = tokens[name] as TokenDefinition;
    if (!isHere(token)) continue;
    const volume = token.volume === undefined ? undefined : volumes?.[token.volume];
    if (token.volume === undefined || volume === undefined) {
      parts.push({ from: `tokens.${name}`, part: tokenPart(name, token) });
    } else {
      const { audience, expirationSeconds, path } = token;
      shared.set(token.volume, [...shared.get(token.volume) ?? [], { serviceAccountToken: { audience, expirationSeconds, path } }]);
      parts.push({ from: `tokens.${name}`, part: { env: [envOf(token.env, volume.mountPath, path, volume)] } });
    }
  }
  for (const name of volumes === undefined ? [] : Object.keys(volumes)) {
    const volume = (volumes as { readonly [name: string]: VolumeDefinition })[name] as VolumeDefinition;
    // Tokens come last: no key of a ConfigMap that is taken as a whole can take the place of one.
    const sources = isHere(volume) ? [...volume.sources.map(sourceOf), ...shared.get(name) ?? []] : [];
    if (sources.length > 0) parts.push({ from: `volumes.${name}`, part: volumePart(name, volume, sources) });
  }
  return parts;
}

function tokenPart(name: string, token: TokenDefinition): InjectionPart {
  const volume = `token-${name}`;
  return {
    volumes: [tokenVolume(volume, token)],
    mounts: [{ name: volume, mountPath: token.mountPath, readOnly: true, ...reachOf(token) }],
    env: [envOf(token.env, token.mountPath, token.path, token)],
  };
}

function volumePart(name: string, volume: VolumeDefinition, sources: readonly ProjectedSource[]): InjectionPart {
  const { mountPath, defaultMode, env = {} } = volume;
  const made: ProjectedVolume = { name, projected: defaultMode === undefined ? { sources } : { sources, defaultMode } };
  return {
    volumes: [made],
    mounts: [{ name, mountPath, readOnly: true, ...reachOf(volume) }],
    env: Object.keys(env).map(variable => envOf(variable, mountPath, env[variable] ?? '.', volume)),
  };
}

function envOf(name: string, mountPath: string, path: string, reach: Reach): NonNullable<InjectionPart['env']>[number] {
  const folder = mountPath.replace(/\/$/, '');
  return { name, value: path === '.' ? folder : `${folder}/${path}`, ...reachOf(reach) };
}

function reachOf({ containers, skipContainers }: Reach): Reach {
  if (containers === undefined) return skipContainers === undefined ? {} : { skipContainers };
  return skipContainers === undefined ? { containers } : { containers, skipContainers };
}
