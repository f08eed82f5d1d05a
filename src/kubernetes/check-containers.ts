import { listOf, type Data } from './data';
import { reaches, type PodParts, type Reach } from './injection';
import { complain, type Report } from '../core/issues';
import { nearest } from '../core/nearest';

/** Annotations in which webhooks read containers; each has a separator of its own. */
const FOR_WEBHOOKS = /\/(only|skip)-containers$/;

/** What the injection names containers by that the pod does not have: most often a mistyped name. A mount that all of its containers skip goes nowhere. */
export function checkContainers(spec: Data, injection: PodParts, at: string, report: Report): void {
  const { mounts, env, rules = [], annotations } = injection;
  const reaching: readonly Reach[] = [...mounts, ...env, ...rules].filter(part => part.containers !== undefined || part.skipContainers !== undefined);
  const forWebhooks = Object.keys(annotations).filter(key => FOR_WEBHOOKS.test(key)).flatMap(key => annotations[key]?.split(/[;,]/) ?? []);
  if (reaching.length + forWebhooks.length === 0) return;
  const names = namesOf(spec);
  const told = new Set<string>(names);
  for (const mount of mounts) for (const name of checkMount(mount, names, at, report)) told.add(name);
  for (const name of [...reaching.flatMap(({ containers = [], skipContainers = [] }) => [...containers, ...skipContainers]), ...forWebhooks]) {
    if (told.has(name)) continue;
    told.add(name);
    const close = nearest(name, names);
    complain(report, 'workload/no-container', at, {
      expected: `a container named ${name}, which the definition names`,
      got: names,
      severity: 'warning',
      fix: `${close === undefined ? 'correct the name in the definition' : `did you mean ${close}?`}; where a webhook adds the container, or another workload has it, all is well`,
    });
  }
}

/** A mount that no container gets. Returns the names that were told of. */
function checkMount(mount: PodParts['mounts'][number], names: readonly string[], at: string, report: Report): readonly string[] {
  if (names.length === 0 || names.some(name => reaches(mount, name))) return [];
  const { mountPath, containers, skipContainers } = mount;
  const missing = containers?.filter(name => !(skipContainers?.includes(name) ?? false));
  const close = missing === undefined ? undefined : nearest(missing[0] ?? '', names);
  complain(report, 'workload/no-container', at, {
    expected: `a container ${missing === undefined ? 'that is not skipped' : `named ${missing.join(' or ')}`}, which is to find a token at ${mountPath}`,
    got: names,
    severity: 'warning',
    fix: close !== undefined ? `did you mean ${close}?` : missing === undefined ? 'take its name out of skipContainers in the definition, or attach nothing here' : 'correct the name in the definition, or leave containers out for all of them',
  });
  return missing ?? [];
}

/** The names of the pod's containers, init containers first. */
export function namesOf(spec: Data): readonly string[] {
  return [...listOf(spec.initContainers), ...listOf(spec.containers)].map(({ name }) => String(name));
}
