import { listOf, type Data } from './data';
import type { PodParts } from './injection';
import { complain, joinPath, type Report } from '../core/issues';
import { nearest } from '../core/nearest';

/** Two volumes of one name, which no API server takes. Of the injection's own names that has been said. */
export function checkVolumeNames(spec: Data, { volumes }: PodParts, at: string, report: Report): void {
  const places = new Map<unknown, number>();
  listOf(spec.volumes).forEach(({ name }, i) => {
    const first = places.get(name);
    if (first === undefined) places.set(name, i);
    if (first === undefined || volumes.some(volume => volume.name === name)) return;
    complain(report, 'workload/volume-twice', `${joinPath(`${at}.volumes`, i)}.name`, {
      expected: `another name than ${joinPath(`${at}.volumes`, first)} has`, got: name, fix: 'mounts go to volumes by their names, and no API server takes one name for two: rename one of them',
    });
  });
}

/**
 * Mounts of volumes that are nowhere: no API server takes such a pod, unless a webhook adds the volume.
 *
 * @param claims  the names of the volumes that the workload makes for each of its pods, as a StatefulSet does
 */
export function checkMountedVolumes(spec: Data, claims: readonly unknown[], { volumes }: PodParts, at: string, report: Report): void {
  const known = new Set([...listOf(spec.volumes), ...volumes].map(({ name }) => name).concat(claims));
  const names = [...known].map(String);
  for (const list of ['initContainers', 'containers']) {
    listOf(spec[list]).forEach((container, i) => listOf(container.volumeMounts).forEach(({ name }, j) => {
      if (known.has(name)) return;
      const close = nearest(String(name), names);
      complain(report, 'workload/no-volume', `${joinPath(`${joinPath(`${at}.${list}`, i)}.volumeMounts`, j)}.name`, {
        expected: names.length === 0 ? 'no mount, since the pod has no volume' : `the name of a volume of the pod: ${names.join(', ')}`,
        got: name,
        severity: 'warning',
        fix: `${close === undefined ? 'add the volume, or take the mount out' : `did you mean ${close}?`}; where a webhook or another identity adds the volume, all is well`,
      });
    }));
  }
}
