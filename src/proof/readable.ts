import type { ContainerView, PodView } from './pods';

/** What the kubelet makes of a file's mode and owner. */
export interface Permissions {
  /** As it is asked for. */
  readonly mode: number;
  /** Whether it is given to the user that all containers share: tokens are, keys of ConfigMaps and Secrets are not. */
  readonly givenAway: boolean;
}

/**
 * Why a container cannot read a file; undefined where it can, and where only the image knows: most images run as root.
 *
 * With fsGroup the group is in every container and may read. Without, the file is root's: but for what is given to the one user that
 * all containers run as, others read what everybody may, or what root's group may and they are in it.
 */
export function whyUnreadable(pod: PodView, container: ContainerView, { mode, givenAway }: Permissions): string | undefined {
  const { uid, gid, nonRoot } = container;
  if (pod.windows || pod.fsGroup !== undefined || uid === 0 || (uid === undefined && !nonRoot)) return undefined;
  if (givenAway && uid !== undefined && pod.containers.every(other => other.uid === uid)) return undefined;
  const [ofGroup, ofAll] = [Math.floor(mode / 8) % 8, mode % 8];
  if (ofAll >= 4 || (ofGroup >= 4 && (gid === 0 || pod.groups.includes(0)))) return undefined;
  const who = uid === undefined ? 'not as root' : `as user ${uid}`;
  return `belongs to root with the mode ${mode.toString(8).padStart(4, '0')}, and the container ${container.name} runs ${who}; with an fsGroup it could read it`;
}
