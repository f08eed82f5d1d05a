import { checkContainers, namesOf } from './check-containers';
import { checkLinks } from './check-links';
import { checkReadable } from './check-readable';
import { checkVolumeNames } from './check-volumes';
import { checkWindows, checkWindowsAffinity, isWindows } from './check-windows';
import { dataOf, isUnset, listOf, type Data } from './data';
import { isPathWithin, type PodParts } from './injection';
import { readOnlyVolumes } from './read-only';
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
  checkResources(own, injection, `${at}.containers`, report);
  checkAccount(own, injection, at, report);
  checkVolumeNames(own, injection, at, report);
  const shut = readOnlyVolumes(own, injection);
  for (const list of ['initContainers', 'containers']) {
    listOf(own[list]).forEach((container, i) => {
      const path = joinPath(`${at}.${list}`, i);
      checkSubPaths(container, own, injection, path, report);
      if (!isWindows(own)) checkLinks(container, injection, shut, path, report);
    });
  }
  checkWindowsAffinity(spec, injection, at, report);
  if (injection.volumes.length === 0) return;
  if (isWindows(spec)) checkWindows(spec, at, report);
  else checkReadable(spec, injection, at, report);
}

/** The kubelet looks a container up when it writes the file. Where it finds none, the pod never starts. */
function checkResources(spec: Data, { volumes }: PodParts, at: string, report: Report): void {
  let names: readonly string[] | undefined;
  for (const { name: volume, projected } of volumes) {
    for (const source of projected.sources) {
      if (!('downwardAPI' in source)) continue;
      for (const { path, resourceFieldRef } of source.downwardAPI.items) {
        if (resourceFieldRef === undefined) continue;
        names ??= namesOf(spec);
        const { containerName, resource } = resourceFieldRef;
        if (names.includes(containerName)) continue;
        const close = nearest(containerName, names);
        complain(report, 'workload/resource-container', at, {
          expected: `a container named ${containerName}, whose ${resource} is to be the file ${path} of the volume ${volume}`,
          got: names,
          fix: `${close === undefined ? 'correct containerName in the definition' : `did you mean ${close}?`}; where a webhook adds the container, mount the file by a volume of the workload's own`,
        });
      }
    }
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
