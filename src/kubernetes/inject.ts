import { checkPod } from './check-pod';
import { checkShape, findTemplate } from './check-shape';
import { checkMountedVolumes } from './check-volumes';
import { isWindows, selectsWindows } from './check-windows';
import { dataOf, isData, isUnset, listOf, type Data } from './data';
import { isPathWithin, reaches, type InjectedEnv, type PodParts } from './injection';
import { checkMisplaced } from './misplaced';
import { checkRules } from './pod-rules';
import { readOnlyVolumes } from './read-only';
import { complain, joinPath, type Report } from '../core/issues';
import { over, sameData } from '../core/plain';

/**
 * The manifest with the injection in its pod template: service account, labels, volumes, and mounts and environment
 * of its containers. Pure: the manifest that was given is left as it was, and injecting twice changes nothing more.
 *
 * What is there already is never overwritten: a different value under one of the injection's names is a finding, and
 * the manifest keeps its own. One whose shape is wrong where the injection goes is given back as it is.
 */
export function inject(manifest: object, injection: PodParts, report: Report): object {
  const object = dataOf(manifest);
  const path = findTemplate(manifest, report);
  if (path === undefined) return manifest;
  const injected = changeAt(object, path, 0, template => {
    if (path.length > 0) checkMisplaced(dataOf(object.metadata), dataOf(template.metadata), injection, report);
    checkMountedVolumes(dataOf(template.spec), claimsOf(object), injection, path.length === 0 ? 'spec' : `${path.join('.')}.spec`, report);
    return injectWhole(template, injection, path.join('.'), report);
  });
  return path.length === 0 ? injected : withNamespace(injected, injection.namespace, 'metadata', report);
}

/** The names of the volumes that a StatefulSet makes for each of its pods. A template by itself does not say whose it is. */
function claimsOf({ spec }: Data): readonly unknown[] {
  return listOf(dataOf(spec).volumeClaimTemplates).map(({ metadata }) => dataOf(metadata).name);
}

/** The pod template (`metadata` and `spec`) with the injection in it; the template itself where it is of the wrong shape. */
export function injectTemplate(template: Data, injection: PodParts, at: string, report: Report): Data {
  return checkShape(template, at, report) ? injectWhole(template, injection, at, report) : template;
}

function injectWhole(template: Data, injection: PodParts, at: string, report: Report): Data {
  const named = at === '' ? withNamespace(template, injection.namespace, 'metadata', report) : template;
  const metadata = dataOf(named.metadata);
  const inside = at === '' ? '' : `${at}.`;
  const labels = merged(dataOf(metadata.labels), injection.labels, `${inside}metadata.labels`, report);
  const annotations = merged(dataOf(metadata.annotations), injection.annotations, `${inside}metadata.annotations`, report);
  if (injection.rules !== undefined) checkRules(named, injection.rules, inside, report);
  const meta = over(metadata, someOf({ labels, annotations }));
  return over(named, someOf({ metadata: meta, spec: injectSpec(dataOf(named.spec), injection, `${inside}spec`, report) }));
}

function injectSpec(spec: Data, injection: PodParts, at: string, report: Report): Data {
  const windows = selectsWindows(spec);
  const shut = readOnlyVolumes(spec, injection);
  const containers = (list: 'containers' | 'initContainers'): readonly unknown[] => {
    const value = spec[list];
    return Array.isArray(value) ? value.map((item: unknown, i) => (isData(item) ? injectContainer(item, injection, { windows, shut }, joinPath(`${at}.${list}`, i), report) : item)) : [];
  };
  const injected = over(spec, {
    ...accountOf(spec, injection, at, report),
    ...someOf({
      securityContext: securityOf(spec, injection, at, report),
      initContainers: containers('initContainers'),
      containers: containers('containers'),
      volumes: appended(spec.volumes, injection.volumes, isSameName, `${at}.volumes`, report),
    }),
  });
  checkPod(injected, spec, injection, at, report);
  return injected;
}

function accountOf(spec: Data, { serviceAccountName: wanted }: PodParts, at: string, report: Report): Data {
  if (wanted === undefined) return {};
  // The API server still takes the field under its old name where the new one is not set.
  const field = isUnset(spec.serviceAccountName) && !isUnset(spec.serviceAccount) ? 'serviceAccount' : 'serviceAccountName';
  const account = isUnset(spec[field]) ? wanted : spec[field];
  if (account !== wanted) {
    complain(report, 'workload/service-account', `${at}.${field}`, {
      expected: JSON.stringify(wanted), got: account, fix: 'a pod runs as one service account, so attach the identity that runs as this one, or leave the field out',
    });
  }
  return { serviceAccountName: account };
}

/** The group that may read the volumes, where the user agreed to one. Windows knows none, and the API server refuses one there. */
function securityOf(spec: Data, { fsGroup }: PodParts, at: string, report: Report): Data {
  const context = dataOf(spec.securityContext);
  if (fsGroup === undefined || isWindows(spec)) return context;
  if (isUnset(context.fsGroup)) return over(context, { fsGroup });
  if (context.fsGroup !== fsGroup) collide(report, `${at}.securityContext.fsGroup`, context.fsGroup, fsGroup);
  return context;
}

/** What a container has to know of its pod: whether that is for Windows, and the volumes of its own that nothing can be mounted in. */
interface InPod {
  readonly windows: boolean;
  readonly shut: ReadonlySet<unknown>;
}

function injectContainer(container: Data, injection: PodParts, { windows, shut }: InPod, at: string, report: Report): Data {
  const name = String(container.name);
  const mounts: object[] = [];
  for (const mount of injection.mounts) if (reaches(mount, name)) mounts.push({ name: mount.name, mountPath: mount.mountPath, readOnly: mount.readOnly });
  const env: object[] = [];
  for (const variable of injection.env) {
    if (!reaches(variable, name) || yields(variable, container.env)) continue;
    env.push({ name: variable.name, value: windows ? variable.windowsValue ?? variable.value : variable.value });
  }
  return over(container, someOf({
    env: appended(container.env, env, isSameName, `${at}.env`, report, KEEP_OUT),
    volumeMounts: appended(container.volumeMounts, mounts, (present, wanted) => isPlaceTaken(present, wanted, shut), `${at}.volumeMounts`, report, KEEP_OUT),
  }));
}

/** Whether the container's author has chosen already. */
function yields({ yieldsTo }: InjectedEnv, env: unknown): boolean {
  return yieldsTo !== undefined && Array.isArray(env) && env.some(item => yieldsTo.includes(String(dataOf(item).name)));
}

/** Whether the two cannot both be there. Nothing can be mounted inside a volume that is read-only; inside one that is not, ours can. */
function isPlaceTaken(present: Data, wanted: Data, shut: ReadonlySet<unknown>): boolean {
  const [a, b] = [present.mountPath, wanted.mountPath];
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  return isPathWithin(a, b) || ((present.readOnly === true || shut.has(present.name)) && isPathWithin(b, a));
}

const isSameName = (present: Data, wanted: Data): boolean => present.name === wanted.name;

const ANOTHER = 'if another identity put it there, attach one of the two alone, or make one definition of both';
const TAKE_OUT = `take it out of the workload, or change the name in the definition; ${ANOTHER}`;
const KEEP_OUT = `take it out of the workload, or leave the container out: skipContainers of a binding, containers of a token; ${ANOTHER}`;

/** The list with the additions at its end, but for those that it holds already. Of several entries of one name the last may be the one that counts, so that each is compared. */
function appended(
  list: unknown, additions: readonly object[], same: (present: Data, wanted: Data) => boolean, at: string, report: Report, fix = TAKE_OUT,
): readonly unknown[] {
  const present = Array.isArray(list) ? (list as readonly unknown[]) : [];
  if (present.length === 0) return [...additions];
  const missing = additions.filter(addition => {
    let equal = 0;
    let isMissing = true;
    present.forEach((item, i) => {
      if (!same(dataOf(item), addition as Data)) return;
      isMissing = false;
      if (!sameData(item, addition)) collide(report, joinPath(at, i), item, addition, fix);
      else if (++equal > 1) complain(report, 'workload/duplicate', joinPath(at, i), { expected: 'every name and every path once', got: item, fix: 'take one of the two out' });
    });
    return isMissing;
  });
  return missing.length === 0 ? present : [...present, ...missing];
}

function merged(map: Data, additions: Data, at: string, report: Report): Data {
  const keys = Object.keys(additions);
  if (keys.length === 0) return map;
  const missing: { [key: string]: unknown } = {};
  for (const key of keys) {
    const present = map[key] ?? undefined;
    if (present === undefined) missing[key] = additions[key];
    else if (present !== additions[key]) collide(report, joinPath(at, key), present, additions[key]);
  }
  return over(map, missing);
}

function withNamespace(object: Data, namespace: string | undefined, key: string, report: Report): Data {
  if (namespace === undefined) return object;
  const metadata = dataOf(object[key]);
  const present = metadata.namespace;
  if (!isUnset(present) && present !== namespace) {
    complain(report, 'workload/namespace', `${key}.namespace`, {
      expected: JSON.stringify(namespace), got: present, fix: 'a service account serves pods of its own namespace only, so attach the identity that runs in this one',
    });
    return object;
  }
  return over(object, { [key]: over(metadata, { namespace }) });
}

function collide(report: Report, at: string, present: unknown, wanted: unknown, fix = TAKE_OUT): void {
  complain(report, 'workload/collision', at, { expected: JSON.stringify(wanted), got: present, fix });
}

/** A copy of the object in which what the keys from `depth` on lead to is changed. */
function changeAt(object: Data, path: readonly string[], depth: number, change: (value: Data) => Data): Data {
  const key = path[depth];
  return key === undefined ? change(object) : over(object, { [key]: changeAt(dataOf(object[key]), path, depth + 1, change) });
}

/** Only the fields with something in them, so that no empty map or list is added to the user's manifest. */
function someOf(fields: { readonly [key: string]: Data | readonly unknown[] }): Data {
  const some: { [key: string]: unknown } = {};
  for (const key of Object.keys(fields)) if (!isEmpty(fields[key] as Data | readonly unknown[])) some[key] = fields[key];
  return some;
}

function isEmpty(value: Data | readonly unknown[]): boolean {
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}
