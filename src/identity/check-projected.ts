import { checkToken } from './check-token';
import { checkVolume } from './check-volume';
import type { TokenDefinition, VolumeDefinition } from './definition';
import type { Projected } from './projected-parts';
import { complain, type Report } from '../core/issues';
import type { ClusterDefinition } from '../platforms/cluster';

const NONE: { readonly [name: string]: VolumeDefinition } = {};

/** The rules of tokens and volumes, each by itself and together. */
export function checkProjected(
  { tokens, volumes = NONE, fsGroup }: Projected & { readonly fsGroup?: number }, clusters: readonly ClusterDefinition[], report: Report,
): void {
  for (const name of Object.keys(tokens)) checkToken(name, tokens[name] as TokenDefinition, volumes, clusters, report);
  for (const name of volumes === NONE ? [] : Object.keys(volumes)) checkVolume(name, volumes[name] as VolumeDefinition, tokens, report);
  if (fsGroup !== undefined && (!Number.isInteger(fsGroup) || fsGroup < 1 || fsGroup > 2147483647)) {
    complain(report, 'identity/fs-group', 'fsGroup', { expected: 'a whole number from 1 to 2147483647', got: fsGroup, fix: 'choose a number that no user of the node has, such as 2000' });
  }
}
