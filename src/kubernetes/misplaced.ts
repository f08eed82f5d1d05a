import { dataOf, type Data } from './data';
import type { PodParts } from './injection';
import { complain, joinPath, type Report } from '../core/issues';

/**
 * Labels and annotations of a webhook that stand on the workload and not in its pod template. A webhook looks at pods
 * only, so that there they do nothing.
 */
export function checkMisplaced(object: Data, template: Data, injection: PodParts, report: Report): void {
  for (const map of ['labels', 'annotations'] as const) {
    const wanted = Object.keys(injection[map]);
    if (wanted.length === 0) continue;
    const prefixes = new Set(wanted.map(key => key.slice(0, key.indexOf('/') + 1)).filter(prefix => prefix !== ''));
    const there = dataOf(template[map]);
    for (const [key, value] of Object.entries(dataOf(object[map]))) {
      if (Object.hasOwn(there, key) || !(wanted.includes(key) || prefixes.has(key.slice(0, key.indexOf('/') + 1)))) continue;
      const ours = injection[map][key];
      complain(report, 'workload/label-misplaced', joinPath(`metadata.${map}`, key), {
        expected: 'it in the metadata of the pod template, where webhooks look',
        got: value,
        severity: 'warning',
        fix: ours === undefined ? 'move it there' : `take it out: the pods get ${JSON.stringify(ours)} there`,
      });
    }
  }
}
