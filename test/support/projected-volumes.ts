/**
 * What the API server takes for a pod with projected volumes, and what the kubelet then writes: a second implementation, made from
 * Kubernetes' own rules and sharing nothing with the library. It knows volumes, mounts, modes and users; the rest of a pod is
 * for the OpenAPI schema (schema.ts) and for the conformance suites.
 */

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const KINDS = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken', 'clusterTrustBundle', 'podCertificate'];

/** Why the API server would refuse the pod's spec, or the kubelet never start it. Empty for a pod that runs. */
export function objectionsTo(spec: Json): readonly string[] {
  return [...admissionObjections(spec), ...writeObjections(spec)];
}

/** What the API server's validation of a pod says. */
export function admissionObjections(spec: Json): readonly string[] {
  const said: string[] = [];
  const names = (spec.volumes ?? []).map((volume: Json) => volume.name as string);
  for (const name of names) if (!LABEL.test(name)) said.push(`volume name ${name}`);
  if (new Set(names).size !== names.length) said.push('two volumes of one name');
  for (const volume of spec.volumes ?? []) if (volume.projected) said.push(...volumeObjections(volume).map(each => `${volume.name}: ${each}`));
  for (const container of containersOf(spec)) {
    const places = new Set<string>();
    for (const mount of container.volumeMounts ?? []) {
      if (!names.includes(mount.name)) said.push(`${container.name}: mount of ${mount.name}, which does not exist`);
      if (!mount.mountPath) said.push(`${container.name}: no mountPath`);
      if (String(mount.mountPath).includes(':')) said.push(`${container.name}: colon in mountPath`);
      if (places.has(mount.mountPath)) said.push(`${container.name}: two mounts at ${mount.mountPath}`);
      places.add(mount.mountPath);
    }
  }
  const group = spec.securityContext?.fsGroup;
  if (group !== undefined && !(Number.isInteger(group) && group >= 0 && group <= 2147483647)) said.push('fsGroup');
  if (group !== undefined && spec.os?.name === 'windows') said.push('fsGroup on Windows');
  return said;
}

const containersOf = (spec: Json): Json[] => [...spec.initContainers ?? [], ...spec.containers ?? []];

function volumeObjections({ projected: { sources, defaultMode } }: Json): string[] {
  const said: string[] = [];
  const compared: string[] = [];
  const path = (value: Json, isCompared = true): void => {
    if (typeof value !== 'string' || value === '') said.push('no path');
    else if (value[0] === '/' || value.split('/').includes('..') || value.slice(0, 2) === '..') said.push(`path ${value}`);
    if (isCompared && compared.includes(value)) said.push(`two files at ${value}`);
    if (isCompared) compared.push(value);
  };
  const mode = (value: Json): void => {
    if (value !== undefined && !(Number.isInteger(value) && value >= 0 && value <= 511)) said.push(`mode ${value}`);
  };
  mode(defaultMode);
  for (const source of sources ?? []) {
    const kinds = Object.keys(source);
    if (kinds.length !== 1 || !KINDS.includes(kinds[0] as string)) said.push(`source ${kinds.join()}`);
    for (const keys of [source.secret, source.configMap]) {
      if (!keys) continue;
      if (!keys.name) said.push('no name');
      for (const item of keys.items ?? []) {
        if (!item.key) said.push('no key');
        path(item.path);
        mode(item.mode);
      }
    }
    for (const item of source.downwardAPI?.items ?? []) {
      if (Boolean(item.fieldRef) === Boolean(item.resourceFieldRef)) said.push('downward item');
      if (item.fieldRef && !/^metadata\.(name|namespace|uid|labels|annotations|labels\['.+'\]|annotations\['.+'\])$/.test(item.fieldRef.fieldPath)) said.push(`field ${item.fieldRef.fieldPath}`);
      if (item.resourceFieldRef) said.push(...resourceObjections(item.resourceFieldRef));
      path(item.path);
      mode(item.mode);
    }
    if (source.serviceAccountToken) {
      const { expirationSeconds, path: at } = source.serviceAccountToken;
      if (!Number.isInteger(expirationSeconds) || expirationSeconds < 600 || expirationSeconds > 2 ** 32) said.push(`lifetime ${expirationSeconds}`);
      path(at, false);
    }
    if (source.clusterTrustBundle) said.push(...bundleObjections(source.clusterTrustBundle, path));
    if (source.podCertificate) said.push(...certificateObjections(source.podCertificate, path));
  }
  return said;
}

function resourceObjections({ containerName, resource, divisor }: Json): string[] {
  const [, kind] = /^(?:limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/.exec(resource) ?? [];
  if (!containerName || !kind) return [`resource ${resource}`];
  const good = divisor === undefined || (kind === 'cpu' ? /^1m?$/ : /^1([kMGTPE]|[KMGTPE]i)?$/).test(divisor);
  return good ? [] : [`divisor ${divisor}`];
}

function isSignerName(name: unknown): boolean {
  const [domain, path, ...more] = String(name).split('/');
  const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
  return more.length === 0 && subdomain.test(domain ?? '') && (domain ?? '').split('.').length >= 2 && subdomain.test(path ?? '');
}

function bundleObjections({ name, signerName, labelSelector, path: at }: Json, path: (value: Json) => void): string[] {
  const said: string[] = [];
  if ((name === undefined) === (signerName === undefined)) said.push('bundle: name or signerName');
  if (name !== undefined && labelSelector !== undefined) said.push('bundle: labelSelector with name');
  if (signerName !== undefined && !isSignerName(signerName)) said.push(`signer ${signerName}`);
  // Not refused by the server, and of no use: nothing selects nothing.
  if (signerName !== undefined && labelSelector === undefined) said.push('bundle: selects nothing');
  for (const { operator, values = [] } of labelSelector?.matchExpressions ?? []) {
    if (['In', 'NotIn'].includes(operator) !== values.length > 0) said.push(`selector ${operator}`);
  }
  path(at);
  return said;
}

function certificateObjections(source: Json, path: (value: Json) => void): string[] {
  const said: string[] = [];
  if (!isSignerName(source.signerName)) said.push(`signer ${source.signerName}`);
  if (!['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519'].includes(source.keyType)) said.push(`key ${source.keyType}`);
  const seconds = source.maxExpirationSeconds ?? 86400;
  if (!Number.isInteger(seconds) || seconds < 3600 || seconds > (String(source.signerName).startsWith('kubernetes.io/') ? 86400 : 91 * 86400)) said.push(`certificate for ${seconds}`);
  const paths = [source.credentialBundlePath, source.keyPath, source.certificateChainPath].filter(each => each !== undefined);
  if (paths.length === 0) said.push('certificate without a path');
  paths.forEach(path);
  for (const key of Object.keys(source.userAnnotations ?? {})) if (!/^[^/]+\/[^/]+$/.test(key)) said.push(`annotation ${key}`);
  return said;
}

/** The files of a volume in the order in which the kubelet collects them. Keys that nobody lists are not known. */
export function filesOf({ projected: { sources } }: Json): readonly string[] {
  return (sources as Json[]).flatMap(source => [
    ...[source.secret, source.configMap, source.downwardAPI].flatMap(keys => (keys?.items ?? []).map((item: Json) => item.path as string)),
    ...[source.serviceAccountToken, source.clusterTrustBundle].flatMap(one => (one ? [one.path as string] : [])),
    ...[source.podCertificate].flatMap(one => [one?.credentialBundlePath, one?.keyPath, one?.certificateChainPath].filter(each => each !== undefined)),
  ]);
}

/** What the kubelet meets when it writes the volumes and starts the containers, of which the API server knows nothing. */
export function writeObjections(spec: Json): readonly string[] {
  const said: string[] = [];
  for (const volume of spec.volumes ?? []) {
    if (!volume.projected) continue;
    const files = filesOf(volume);
    if (new Set(files).size !== files.length) said.push(`${volume.name}: a file is lost`);
    for (const file of files) {
      const parts = file.split('/');
      if (Buffer.byteLength(file) > 4096 || parts.some(part => Buffer.byteLength(part) > 255)) said.push(`${volume.name}: ${file.slice(0, 20)} is too long`);
      // Each folder of a path that is a file, too, stops the writing of all.
      for (let i = 1; i < parts.length; i++) if (files.includes(parts.slice(0, i).join('/'))) said.push(`${volume.name}: ${parts.slice(0, i).join('/')} is file and folder`);
      if (parts.some(part => part === '' || part === '.')) said.push(`${volume.name}: ${file} is not where it says`);
    }
  }
  for (const container of containersOf(spec)) {
    const mounts = (container.volumeMounts ?? []).map((mount: Json) => ({ ...mount, at: `${mount.mountPath}/`.replace(/\/+/g, '/') }));
    for (const outer of mounts) {
      if (!outer.at.startsWith('/')) said.push(`${container.name}: ${outer.mountPath} is relative`);
      // Nothing can be mounted in a volume that is read-only, and of two in one place only one is seen.
      for (const inner of mounts) if (inner !== outer && inner.at.startsWith(outer.at) && (outer.readOnly || inner.at === outer.at)) said.push(`${container.name}: ${inner.mountPath} in ${outer.mountPath}`);
      if (outer.subPath && (spec.volumes ?? []).some((volume: Json) => volume.name === outer.name && JSON.stringify(volume).includes('serviceAccountToken'))) said.push(`${container.name}: ${outer.mountPath} is never renewed`);
    }
    const variables = (container.env ?? []).map((variable: Json) => variable.name);
    if (new Set(variables).size !== variables.length) said.push(`${container.name}: a variable is lost`);
  }
  return said;
}

/** Whether a process of the container can read the file of a token; undefined where the image decides. */
export function canReadToken(spec: Json, container: Json, volume: Json): boolean | undefined {
  const mode: number = volume.projected.defaultMode ?? 0o644;
  const pod = spec.securityContext ?? {};
  const of = ({ securityContext: own = {} }: Json): { uid?: number; gid?: number; nonRoot?: boolean } => ({
    uid: own.runAsUser ?? pod.runAsUser, gid: own.runAsGroup ?? pod.runAsGroup, nonRoot: own.runAsNonRoot ?? pod.runAsNonRoot,
  });
  const { uid, gid, nonRoot } = of(container);
  if (uid === 0 || pod.fsGroup !== undefined) return true;
  const uids = new Set(containersOf(spec).map(each => of(each).uid));
  if (uids.size === 1 && uid !== undefined) return true;
  const [forGroup, forAll] = [Math.floor(mode / 32) % 2 === 1, Math.floor(mode / 4) % 2 === 1];
  if (forAll || (forGroup && (gid === 0 || (pod.supplementalGroups ?? []).includes(0)))) return true;
  return uid === undefined && nonRoot !== true ? undefined : false;
}
