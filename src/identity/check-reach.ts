import { complain, joinPath, type Report } from '../core/issues';
import { isDnsLabel } from '../core/names';
import type { PathOwner } from '../kubernetes/check-paths';
import type { Reach } from '../kubernetes/injection';

/** Lists of containers that leave none over, or say nothing, or name what no container can be called. */
export function checkReach({ containers, skipContainers }: Reach, path: string, owner: PathOwner, report: Report): void {
  const code = `${owner}/containers`;
  const lists = { containers, skipContainers };
  for (const field of ['containers', 'skipContainers'] as const) {
    lists[field]?.forEach((name, i) => {
      if (isDnsLabel(name)) return;
      complain(report, code, joinPath(`${path}.${field}`, i), { expected: 'the name of a container: a DNS label', got: name, fix: 'name each container exactly as the pod does, in an entry of its own: there are no wildcards' });
    });
  }
  if (containers?.length === 0) complain(report, code, `${path}.containers`, { expected: 'at least one container', got: [], fix: 'leave it out for all containers' });
  if (skipContainers === undefined) return;
  if (skipContainers.length === 0) complain(report, code, `${path}.skipContainers`, { expected: 'at least one container', got: [], fix: 'leave it out where none is skipped' });
  else if (containers?.every(name => skipContainers.includes(name))) complain(report, code, `${path}.skipContainers`, { expected: 'a list that leaves one of containers over', got: skipContainers, fix: 'take one of the two lists out' });
}
