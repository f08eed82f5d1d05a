import { dataOf, isUnset, listOf, type Data } from './data';
import { reaches, type PodParts } from './injection';
import type { ProjectedSource, ProjectedVolume } from './manifest';
import { canBeRead, showMode } from './mode';
import { complain, joinPath, type Report } from '../core/issues';

/** A mode that files of a volume have. */
interface FileMode {
  readonly mode: number;
  /** Whether the kubelet gives the file to the pod's user, where the pod has one. */
  readonly givenAway: boolean;
}

/** What the pod says of the user that a container runs as; what the image says is not considered by the kubelet either. */
interface User {
  readonly uid?: unknown;
  readonly gid?: unknown;
  readonly nonRoot: boolean;
  readonly groups: readonly unknown[];
}

/**
 * Files in projected volumes belong to root, and have their mode; with fsGroup its group can read them all; where all
 * containers say one and the same runAsUser, tokens and certificates belong to that user.
 * https://kubernetes.io/docs/concepts/storage/projected-volumes/#securitycontext-interactions
 */
export function checkReadable(spec: Data, { volumes, mounts }: PodParts, at: string, report: Report): void {
  const tight = volumes
    .map(volume => ({ name: volume.name, modes: modesOf(volume).filter(({ mode }) => !canBeRead(mode, 'all')) }))
    .filter(({ modes }) => modes.length > 0);
  if (tight.length === 0 || !isUnset(dataOf(spec.securityContext).fsGroup)) return;
  const places = ['initContainers', 'containers'].flatMap(list => listOf(spec[list]).map((container, i) => ({ container, path: joinPath(`${at}.${list}`, i) })));
  const users = places.map(({ container }) => userOf(container, spec));
  const shared = users.every(({ uid }) => !isUnset(uid) && uid === users[0]?.uid);
  places.forEach(({ container, path }, i) => {
    const user = users[i] as User;
    for (const { name, modes } of tight) {
      if (!mounts.some(mount => mount.name === name && reaches(mount, String(container.name)))) continue;
      const shut = modes.find(({ mode, givenAway }) => !(shared && givenAway) && !canRead(user, mode));
      if (shut !== undefined) complainOf(user, name, shut.mode, path, report);
    }
  });
}

function complainOf({ uid, nonRoot }: User, volume: string, mode: number, path: string, report: Report): void {
  const known = nonRoot || !isUnset(uid);
  complain(report, 'workload/unreadable', path, {
    expected: `a user that can read the volume ${volume}, whose files belong to root and have the mode ${showMode(mode)}`,
    got: isUnset(uid) ? known ? 'runAsNonRoot' : 'no runAsUser' : `runAsUser ${String(uid)}`,
    severity: known ? 'error' : 'warning',
    fix: 'say fsGroup, in the definition or in the pod, and its files can be read by that group; or leave the mode out',
  });
}

function userOf(container: Data, spec: Data): User {
  const [own, pod] = [dataOf(container.securityContext), dataOf(spec.securityContext)];
  const uid = own.runAsUser ?? pod.runAsUser;
  return {
    uid,
    gid: own.runAsGroup ?? pod.runAsGroup,
    nonRoot: (own.runAsNonRoot ?? pod.runAsNonRoot) === true,
    groups: Array.isArray(pod.supplementalGroups) ? pod.supplementalGroups : [],
  };
}

function canRead({ uid, gid, groups }: User, mode: number): boolean {
  return uid === 0 || canBeRead(mode, 'all') || (canBeRead(mode, 'group') && (gid === 0 || groups.includes(0)));
}

/** Whether some of the volume's files are not for everybody. */
export function isGuarded(volume: ProjectedVolume): boolean {
  return modesOf(volume).some(({ mode }) => !canBeRead(mode, 'all'));
}

function modesOf({ projected: { sources, defaultMode = 0o644 } }: ProjectedVolume): readonly FileMode[] {
  return sources.flatMap((source): readonly FileMode[] => {
    const items = itemsOf(source);
    if (items === undefined) return [{ mode: defaultMode, givenAway: true }];
    // Without items every key is a file, and has the volume's mode.
    return (items.length === 0 ? [{}] : items).map(({ mode = defaultMode }: { readonly mode?: number }) => ({ mode, givenAway: false }));
  });
}

/** The files of a source that may have modes of their own; undefined for the kinds without. */
function itemsOf(source: ProjectedSource): readonly { readonly mode?: number }[] | undefined {
  if ('configMap' in source) return source.configMap.items ?? [];
  if ('secret' in source) return source.secret.items ?? [];
  return 'downwardAPI' in source ? source.downwardAPI.items : undefined;
}
