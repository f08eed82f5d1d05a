import { isPathWithin, reaches, type InjectedEnv, type PodInjection, type PodRule, type Reach } from './injection';
import { WORKLOAD_KINDS, templatePathOf } from './workload';
import { complain, joinPath, type Report } from '../core/issues';
import { nearest } from '../core/nearest';
import { over, sameData } from '../core/plain';

type Data = { readonly [key: string]: unknown };

/**
 * The manifest with the injection in its pod template: service account, labels, volumes, and mounts and environment
 * of its containers. Pure: the manifest that was given is left as it was, and injecting twice changes nothing more.
 *
 * What is there already is never overwritten: a different value under one of the injection's names is a finding, and
 * the manifest keeps its own.
 */
export function inject(manifest: object, injection: PodInjection, report: Report): object {
  const object = dataOf(manifest);
  const path = templatePathOf(String(object.kind));
  if (path === undefined) {
    complain(report, 'workload/kind', 'kind', { expected: `one of ${WORKLOAD_KINDS.join(', ')}`, got: object.kind, fix: 'attach the identity to an object that has pods' });
    return manifest;
  }
  const injected = changeAt(object, path, template => injectTemplate(template, injection, joinKeys(path), report));
  return path.length === 0 ? injected : withNamespace(injected, injection.namespace, 'metadata', report);
}

/** The pod template (`metadata` and `spec`) with the injection in it. */
export function injectTemplate(template: Data, injection: PodInjection, at: string, report: Report): Data {
  const named = at === '' ? withNamespace(template, injection.namespace, 'metadata', report) : template;
  const metadata = dataOf(named.metadata);
  const labels = merged(dataOf(metadata.labels), injection.labels, joinKeys([at, 'metadata.labels']), report);
  const annotations = merged(dataOf(metadata.annotations), injection.annotations, joinKeys([at, 'metadata.annotations']), report);
  const meta = over(metadata, someOf({ labels, annotations }));
  checkRules(named, injection, at, report);
  return over(named, someOf({ metadata: meta, spec: injectSpec(dataOf(named.spec), injection, joinKeys([at, 'spec']), report) }));
}

function injectSpec(spec: Data, injection: PodInjection, at: string, report: Report): Data {
  // The API server still takes the field under its old name where the new one is not set.
  const field = isUnset(spec.serviceAccountName) && !isUnset(spec.serviceAccount) ? 'serviceAccount' : 'serviceAccountName';
  const account = isUnset(spec[field]) ? injection.serviceAccountName : spec[field];
  if (account !== injection.serviceAccountName) {
    complain(report, 'workload/service-account', `${at}.${field}`, {
      expected: JSON.stringify(injection.serviceAccountName), got: account, fix: 'a pod runs as one service account, so attach the identity that runs as this one, or leave the field out',
    });
  }
  checkContainers(spec, injection, `${at}.containers`, report);
  const windows = selectsWindows(spec);
  const containers = (list: 'containers' | 'initContainers'): readonly unknown[] => {
    const value = spec[list];
    return Array.isArray(value) ? value.map((item: unknown, i) => (isData(item) ? injectContainer(item, injection, windows, joinPath(`${at}.${list}`, i), report) : item)) : [];
  };
  return over(spec, {
    serviceAccountName: account,
    ...someOf({
      initContainers: containers('initContainers'),
      containers: containers('containers'),
      volumes: appended(spec.volumes, injection.volumes, isSameName, `${at}.volumes`, report),
    }),
  });
}

/** A mount for containers that the pod does not have is most often a mistyped name. */
function checkContainers(spec: Data, { mounts }: PodInjection, at: string, report: Report): void {
  if (mounts.every(mount => mount.containers === undefined)) return;
  const names = [spec.initContainers, spec.containers].flat().filter(isData).map(({ name }) => String(name));
  for (const { mountPath, containers = names } of mounts) {
    if (containers.some(name => names.includes(name))) continue;
    const close = nearest(containers[0] ?? '', names);
    complain(report, 'workload/no-container', at, {
      expected: `a container named ${containers.join(' or ')}, which is to find a token at ${mountPath}`,
      got: names,
      severity: 'warning',
      fix: close === undefined ? 'correct the name in the definition, or leave containers out for all of them' : `did you mean ${close}?`,
    });
  }
}

function injectContainer(container: Data, injection: PodInjection, windows: boolean, at: string, report: Report): Data {
  const name = String(container.name);
  const here = (part: Reach): boolean => reaches(part, name);
  const mounts = injection.mounts.filter(here).map(({ name: volume, mountPath, readOnly }) => ({ name: volume, mountPath, readOnly }));
  const env = injection.env.filter(variable => here(variable) && !yields(variable, container.env))
    .map(({ name: variable, value, windowsValue }) => ({ name: variable, value: windows ? windowsValue ?? value : value }));
  return over(container, someOf({
    env: appended(container.env, env, isSameName, `${at}.env`, report),
    volumeMounts: appended(container.volumeMounts, mounts, isPlaceTaken, `${at}.volumeMounts`, report),
  }));
}

/** Whether the container's author has chosen already. */
function yields({ yieldsTo }: InjectedEnv, env: unknown): boolean {
  return yieldsTo !== undefined && Array.isArray(env) && env.some(item => yieldsTo.includes(String(dataOf(item).name)));
}

/** As webhooks tell: by the node selector, and by nothing else. */
function selectsWindows(spec: Data): boolean {
  const selector = dataOf(spec.nodeSelector);
  return selector['kubernetes.io/os'] === 'windows' || selector['beta.kubernetes.io/os'] === 'windows';
}

/** What would keep the identity from the pod although everything is in it. */
function checkRules(template: Data, { rules = [] }: PodInjection, at: string, report: Report): void {
  for (const rule of rules) {
    for (const { path, value } of foundBy(rule, template)) {
      if (value === undefined || (rule.value !== undefined && value !== rule.value)) continue;
      const { code, expected, fix, severity = 'error' } = rule;
      complain(report, code, joinKeys([at, path]), { expected, got: value, fix, severity });
    }
  }
}

interface Found {
  readonly path: string;
  readonly value: unknown;
}

/** What stands at the place that the rule names. A variable may have its value from elsewhere: there the whole of it is what was found. */
function foundBy(rule: PodRule, template: Data): readonly Found[] {
  const { in: where = 'spec', field } = rule;
  const spec = dataOf(template.spec);
  switch (where) {
    case 'spec': return [{ path: `spec.${field}`, value: field.split('.').reduce<unknown>((part, key) => dataOf(part)[key], spec) }];
    case 'labels': return [{ path: joinPath('metadata.labels', field), value: dataOf(dataOf(template.metadata).labels)[field] }];
    case 'nodeSelector': return [{ path: joinPath('spec.nodeSelector', field), value: dataOf(spec.nodeSelector)[field] }];
    case 'env': return ['initContainers', 'containers'].flatMap(list => variablesIn(spec[list], joinPath('spec', list), rule));
  }
}

function variablesIn(containers: unknown, at: string, rule: PodRule): readonly Found[] {
  if (!Array.isArray(containers)) return [];
  return containers.map(dataOf).flatMap((container, i) => {
    if (!reaches(rule, String(container.name)) || !Array.isArray(container.env)) return [];
    return container.env.map(dataOf).flatMap((variable, j) => (variable.name === rule.field ? [{ path: joinPath(`${joinPath(at, i)}.env`, j), value: variable.value ?? variable }] : []));
  });
}

/** Whether the two cannot both be there. Nothing can be mounted inside a volume that is read-only; inside one that is not, ours can. */
function isPlaceTaken(present: Data, wanted: Data): boolean {
  const [a, b] = [present.mountPath, wanted.mountPath];
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  return isPathWithin(a, b) || (present.readOnly === true && isPathWithin(b, a));
}

const isSameName = (present: Data, wanted: Data): boolean => present.name === wanted.name;

/** The list with the additions at its end, but for those that it holds already. */
function appended(list: unknown, additions: readonly object[], same: (present: Data, wanted: Data) => boolean, at: string, report: Report): readonly unknown[] {
  const present = Array.isArray(list) ? (list as readonly unknown[]) : [];
  const missing = additions.filter(addition => {
    const twin = present.findIndex(item => same(dataOf(item), addition as Data));
    if (twin < 0) return true;
    if (!sameData(present[twin], addition)) collide(report, joinPath(at, twin), present[twin], addition);
    return false;
  });
  return missing.length === 0 ? present : [...present, ...missing];
}

function merged(map: Data, additions: Data, at: string, report: Report): Data {
  const missing: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(additions)) {
    const present = map[key] ?? undefined;
    if (present === undefined) missing[key] = value;
    else if (present !== value) collide(report, joinPath(at, key), present, value);
  }
  return over(map, missing);
}

function withNamespace(object: Data, namespace: string, key: string, report: Report): Data {
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

function collide(report: Report, at: string, present: unknown, wanted: unknown): void {
  const skip = /\.env\[\d+\]$/.test(at) ? ', or leave this container out (skipContainers)' : '';
  complain(report, 'workload/collision', at, { expected: JSON.stringify(wanted), got: present, fix: `take it out of the workload, or change the name in the definition${skip}` });
}

function changeAt(object: Data, path: readonly string[], change: (value: Data) => Data): Data {
  const [key, ...rest] = path;
  return key === undefined ? change(object) : over(object, { [key]: changeAt(dataOf(object[key]), rest, change) });
}

function dataOf(value: unknown): Data {
  return isData(value) ? value : {};
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the API server takes for a name that is not there: YAML gives null for a key without a value. */
function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** Only the fields with something in them, so that no empty map or list is added to the user's manifest. */
function someOf(fields: { readonly [key: string]: Data | readonly unknown[] }): Data {
  const some: { [key: string]: unknown } = {};
  for (const key of Object.keys(fields)) if (Object.keys(fields[key] as object).length > 0) some[key] = fields[key];
  return some;
}

function joinKeys(keys: readonly string[]): string {
  return keys.filter(key => key !== '').join('.');
}
