import { complain, type Report } from '../core/issues';
import type { PathOwner } from '../kubernetes/check-paths';
import type { Reach } from '../kubernetes/injection';

/** Lists of containers that leave none over, or say nothing. */
export function checkReach({ containers, skipContainers }: Reach, path: string, owner: PathOwner, report: Report): void {
  const code = `${owner}/containers`;
  if (containers?.length === 0) complain(report, code, `${path}.containers`, { expected: 'at least one container', got: [], fix: 'leave it out for all containers' });
  if (skipContainers === undefined) return;
  if (skipContainers.length === 0) complain(report, code, `${path}.skipContainers`, { expected: 'at least one container', got: [], fix: 'leave it out where none is skipped' });
  else if (containers?.every(name => skipContainers.includes(name))) complain(report, code, `${path}.skipContainers`, { expected: 'a list that leaves one of containers over', got: skipContainers, fix: 'take one of the two lists out' });
}
