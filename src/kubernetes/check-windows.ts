import { nodeWishes } from './affinity';
import { dataOf, isUnset, listOf, type Data } from './data';
import type { PodParts } from './injection';
import { complain, joinPath, type Report } from '../core/issues';

/** As webhooks tell: by the node selector, and by nothing else. */
export function selectsWindows(spec: Data): boolean {
  const selector = dataOf(spec.nodeSelector);
  return WINDOWS_KEYS.some(key => selector[key] === 'windows');
}

const WINDOWS_KEYS: readonly string[] = ['kubernetes.io/os', 'beta.kubernetes.io/os'];

/** As the pod itself says, in either of its ways. */
export function isWindows(spec: Data): boolean {
  return dataOf(spec.os).name === 'windows' || selectsWindows(spec);
}

/** Webhooks tell a pod for Windows by its node selector; where it says so by its affinity alone, it gets the paths of Linux. */
export function checkWindowsAffinity(spec: Data, { volumes, annotations, labels }: PodParts, at: string, report: Report): void {
  if (spec.affinity === undefined || selectsWindows(spec)) return;
  if (volumes.length === 0 && Object.keys(annotations).length === 0 && Object.keys(labels).length === 0) return;
  for (const { path, key, value } of nodeWishes(spec)) {
    if (value !== 'windows' || !WINDOWS_KEYS.includes(key)) continue;
    complain(report, 'workload/windows-affinity', `${at}.${path}`, {
      expected: 'nodeSelector: { kubernetes.io/os: windows } for pods on Windows nodes', got: value, severity: 'warning', fix: 'by the node selector alone is a pod known to be for Windows, and given the paths that are right there: say it there too',
    });
  }
}

/** https://kubernetes.io/docs/concepts/storage/projected-volumes/#securitycontext-interactions */
export function checkWindows(spec: Data, at: string, report: Report): void {
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
