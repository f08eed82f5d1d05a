import { isData, type Data } from './data';
import { WORKLOAD_KINDS, templatePathOf } from './workload';
import { complain, joinPath, type Report } from '../core/issues';

type Wrong = (path: string, expected: string, got: unknown) => void;

const FIX = 'write it as Kubernetes takes it; nothing is put in the place of what stands there';

/**
 * Where the pod template stands in a manifest; undefined where there is nothing that an injection could go into without
 * something of the user's being lost, which has been reported then.
 */
export function findTemplate(manifest: unknown, report: Report): readonly string[] | undefined {
  const { kind, items } = isData(manifest) ? manifest : {} as Data;
  const path = templatePathOf(String(kind));
  if (path === undefined) {
    const list = Array.isArray(items) && String(kind).endsWith('List');
    complain(report, 'workload/kind', 'kind', {
      expected: `one of ${WORKLOAD_KINDS.join(', ')}`,
      got: kind,
      fix: list ? 'a list is several objects: take each of its items that is to have the identity by itself' : 'attach the identity to an object that has pods',
    });
    return undefined;
  }
  const { wrong, found } = collect(report);
  let part = manifest as Data;
  if (path.length > 0) checkMap(part, 'metadata', '', wrong);
  for (let i = 0; i < path.length; i++) {
    const next = part[path[i] as string];
    if (!isData(next)) {
      wrong(path.slice(0, i + 1).join('.'), i + 1 === path.length ? 'a pod template' : 'a map with the pod template in it', next);
      return undefined;
    }
    part = next;
  }
  const whole = checkShape(part, path.join('.'), report);
  return whole && !found() ? path : undefined;
}

/** Whether a pod template is of the shape that an injection goes into. Values that it only carries are the API server's to judge. */
export function checkShape(template: unknown, at: string, report: Report): boolean {
  const { wrong, found } = collect(report);
  if (!isData(template)) {
    wrong(at, 'a pod template', template);
    return false;
  }
  const inside = at === '' ? '' : `${at}.`;
  const metadata = checkMap(template, 'metadata', at, wrong);
  for (const field of ['labels', 'annotations']) if (metadata !== undefined) checkMap(metadata, field, `${inside}metadata`, wrong);
  const { spec } = template;
  if (!isData(spec)) {
    wrong(`${inside}spec`, 'a map with the containers of the pod in it', spec);
    return false;
  }
  checkMap(spec, 'securityContext', `${inside}spec`, wrong);
  checkList(spec, 'volumes', 'a volume', `${inside}spec`, wrong);
  for (const list of CONTAINER_LISTS) {
    checkList(spec, list, 'a container', `${inside}spec`, wrong)?.forEach((container, i) => {
      if (!isData(container)) return;
      checkList(container, 'env', 'a variable', joinPath(`${inside}spec.${list}`, i), wrong);
      checkMounts(container, joinPath(`${inside}spec.${list}`, i), wrong);
    });
  }
  if (found()) return false;
  checkNames(spec, `${inside}spec`, report);
  return true;
}

const CONTAINER_LISTS = ['initContainers', 'containers'] as const;

/** What is put into a container goes by its name; the API server takes no pod in which two have one, or none has any. */
function checkNames(spec: Data, at: string, report: Report): void {
  const { containers } = spec;
  if (containers === undefined || containers === null || (containers as readonly unknown[]).length === 0) {
    complain(report, 'workload/containers', `${at}.containers`, { expected: 'at least one container', got: containers, fix: 'no API server takes a pod without one' });
  }
  const places = new Map<string, string>();
  for (const list of CONTAINER_LISTS) {
    ((spec[list] ?? []) as readonly Data[]).forEach(({ name }, i) => {
      if (typeof name !== 'string' || name === '') {
        return complain(report, 'workload/container-name', `${joinPath(`${at}.${list}`, i)}.name`, { expected: 'a name', got: name, fix: 'name the container: a token goes to containers by their names' });
      }
      const first = places.get(name);
      places.set(name, `${list}[${i}]`);
      if (first === undefined) return;
      complain(report, 'workload/container-twice', `${joinPath(`${at}.${list}`, i)}.name`, {
        expected: `another name than ${at}.${first} has`, got: name, fix: 'a token goes to containers by their names, and no API server takes one name for two: rename one of them',
      });
    });
  }
}

/** Whether two mounts are in one place, only paths tell. */
function checkMounts(container: Data, at: string, wrong: Wrong): void {
  checkList(container, 'volumeMounts', 'a mount', at, wrong)?.forEach((mount, i) => {
    if (isData(mount) && typeof mount.mountPath !== 'string') wrong(`${joinPath(`${at}.volumeMounts`, i)}.mountPath`, 'a path', mount.mountPath);
  });
}

function checkMap(parent: Data, field: string, at: string, wrong: Wrong): Data | undefined {
  const value = parent[field];
  if (value === undefined || value === null) return undefined;
  if (isData(value)) return value;
  wrong(joinPath(at, field), 'a map', value);
  return undefined;
}

function checkList(parent: Data, field: string, item: string, at: string, wrong: Wrong): readonly unknown[] | undefined {
  const value = parent[field];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) {
    wrong(joinPath(at, field), `a list, ${item} in each place`, value);
    return undefined;
  }
  for (let i = 0; i < value.length; i++) if (!isData(value[i])) wrong(joinPath(joinPath(at, field), i), `${item}, which is a map`, value[i]);
  return value;
}

function collect(report: Report): { readonly wrong: Wrong; readonly found: () => boolean } {
  let any = false;
  return {
    wrong: (path, expected, got) => {
      any = true;
      complain(report, 'workload/structure', path, { expected, got, fix: FIX });
    },
    found: () => any,
  };
}
