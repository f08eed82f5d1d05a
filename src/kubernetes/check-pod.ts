import { checkReadable } from './check-readable';
import { dataOf, isData, isUnset, listOf, type Data } from './data';
import { isPathWithin, type PodParts } from './injection';
import { complain, joinPath, type Report } from '../core/issues';
import { nearest } from '../core/nearest';

/**
 * What would keep tokens from a pod although everything is in it.
 *
 * @param spec  the pod's, with the injection in it
 * @param own  the same before
 */
export function checkPod(spec: Data, own: Data, injection: PodParts, at: string, report: Report): void {
  checkContainers(own, injection, `${at}.containers`, report);
  checkAccount(own, injection, at, report);
  for (const list of ['initContainers', 'containers']) {
    listOf(own[list]).forEach((container, i) => checkSubPaths(container, own, injection, joinPath(`${at}.${list}`, i), report));
  }
  if (injection.volumes.length === 0) return;
  if (isWindows(spec)) checkWindows(spec, at, report);
  else checkReadable(spec, injection, at, report);
}

/** As webhooks tell: by the node selector, and by nothing else. */
export function selectsWindows(spec: Data): boolean {
  const selector = dataOf(spec.nodeSelector);
  return selector['kubernetes.io/os'] === 'windows' || selector['beta.kubernetes.io/os'] === 'windows';
}

/** As the pod itself says, in either of its ways. */
export function isWindows(spec: Data): boolean {
  return dataOf(spec.os).name === 'windows' || selectsWindows(spec);
}

/** A mount for containers that the pod does not have is most often a mistyped name. */
function checkContainers(spec: Data, { mounts }: PodParts, at: string, report: Report): void {
  if (mounts.every(mount => mount.containers === undefined)) return;
  const names = [spec.initContainers, spec.containers].flat().filter(isData).map(({ name }) => String(name));
  for (const { mountPath, containers = names } of mounts) {
    if (containers.some(name => names.includes(name))) continue;
    const close = nearest(containers[0] ?? '', names);
    complain(report, 'workload/no-container', at, {
      expected: `a container named ${containers.join(' or ')}, which is to find a token at ${mountPath}`,
      got: names,
      severity: 'warning',
      fix: close === undefined ? 'correct the name in the definition, or leave containers out for all of them' : `did you mean ${close}?`,
    });
  }
}

/** Tokens without an identity are for whoever the pod runs as. */
function checkAccount(spec: Data, { serviceAccountName }: PodParts, at: string, report: Report): void {
  if (serviceAccountName !== undefined) return;
  const account = isUnset(spec.serviceAccountName) ? spec.serviceAccount : spec.serviceAccountName;
  if (!isUnset(account) && account !== 'default') return;
  complain(report, 'workload/default-account', `${at}.serviceAccountName`, {
    expected: 'a service account of its own', got: account, severity: 'warning', fix: 'every pod of the namespace that names none runs as "default", and could get the same tokens: name one',
  });
}

/** A file that is mounted alone stays the file that it was when the container started: the token in it is never renewed. */
function checkSubPaths(container: Data, spec: Data, { volumes, mounts }: PodParts, at: string, report: Report): void {
  listOf(container.volumeMounts).forEach((mount, i) => {
    if (isUnset(mount.subPath) && isUnset(mount.subPathExpr)) return;
    const { name, mountPath } = mount;
    // In the place of one of ours it is a collision already.
    const inPlace = mounts.some(wanted => wanted.name === name && typeof mountPath === 'string' && isPathWithin(mountPath, wanted.mountPath));
    const ours = volumes.some(volume => volume.name === name);
    if (inPlace || (!ours && !listOf(spec.volumes).some(volume => volume.name === name && hasToken(volume)))) return;
    complain(report, 'workload/sub-path', `${joinPath(`${at}.volumeMounts`, i)}.subPath`, {
      expected: `the volume ${String(name)} mounted as a folder`, got: mount.subPath ?? mount.subPathExpr, severity: ours ? 'error' : 'warning', fix: 'a token that is mounted by subPath is never renewed, and expires in place: take subPath out',
    });
  });
}

function hasToken(volume: Data): boolean {
  return listOf(dataOf(volume.projected).sources).some(source => source.serviceAccountToken !== undefined);
}

/** https://kubernetes.io/docs/concepts/storage/projected-volumes/#securitycontext-interactions */
function checkWindows(spec: Data, at: string, report: Report): void {
  const complainOf = (part: Data, path: string): void => {
    const user = dataOf(part.securityContext).runAsUser;
    if (isUnset(user)) return;
    complain(report, 'workload/windows-user', `${path}.securityContext.runAsUser`, {
      expected: 'no runAsUser in a pod for Windows nodes', got: user, fix: 'with one such a pod never starts once a token is projected into it; use windowsOptions.runAsUserName',
    });
  };
  complainOf(spec, at);
  for (const list of ['initContainers', 'containers']) listOf(spec[list]).forEach((container, i) => complainOf(container, joinPath(`${at}.${list}`, i)));
}
