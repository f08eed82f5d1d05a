import { listOf, type Data } from './data';
import { isPathWithin, isPlaceWithin, reaches, type InjectedMount, type PodParts } from './injection';
import { complain, joinPath, type Report } from '../core/issues';

/**
 * Mounts of the container's own that are in the place of ours by another name. An image without the link has both, so
 * that it is no error; with it, whichever is mounted last hides the other.
 */
export function checkLinks(container: Data, { mounts }: PodParts, shut: ReadonlySet<unknown>, at: string, report: Report): void {
  listOf(container.volumeMounts).forEach(({ name, mountPath, readOnly }, i) => {
    if (typeof mountPath !== 'string' || !/^\/+(var\/+)?run(\/|$)/.test(mountPath)) return;
    const isShut = readOnly === true || shut.has(name);
    const meets = (within: typeof isPathWithin, ours: string): boolean => within(mountPath, ours) || (isShut && within(ours, mountPath));
    // Written alike they collide already.
    const isHidden = (ours: InjectedMount): boolean => !meets(isPathWithin, ours.mountPath) && meets(isPlaceWithin, ours.mountPath);
    const other = mounts.find(mount => reaches(mount, String(container.name)) && isHidden(mount));
    if (other === undefined) return;
    complain(report, 'workload/run-link', `${joinPath(`${at}.volumeMounts`, i)}.mountPath`, {
      expected: `a path that is neither in nor around ${other.mountPath}, where the volume ${other.name} is mounted`,
      got: mountPath,
      severity: 'warning',
      fix: 'in nearly every image /var/run is a link to /run, so that the two are one place: mount one of them elsewhere',
    });
  });
}
