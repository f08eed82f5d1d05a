import { checkPodCertificate, checkTrustBundle } from './check-certificates';
import { checkFilePath, type VolumeFile } from './check-paths';
import { checkMetadata } from './metadata';
import { checkMode } from './mode';
import type { DownwardFileInput, DownwardSourceInput, KeysSourceInput, VolumeSourceInput } from './volume-input';
import { complain, joinPath, type Report } from '../core/issues';
import { checkDnsLabel, checkDnsSubdomain } from '../core/names';

type Kind = keyof VolumeSourceInput;
type Source<K extends Kind> = NonNullable<VolumeSourceInput[K]>;

/** One kind of source: its rules, and the files that are known to come of it. Kubernetes' own rules: https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/ */
interface Row<K extends Kind> {
  check(source: Source<K>, at: string, report: Report): void;
  files(source: Source<K>): readonly { readonly path: string; readonly field: string }[];
}

const itemFiles = ({ items = [] }: { readonly items?: readonly { readonly path: string }[] }): readonly { path: string; field: string }[] =>
  items.map(({ path }, i) => ({ path, field: `${joinPath('items', i)}.path` }));

const CERTIFICATE_PATHS = ['credentialBundlePath', 'keyPath', 'certificateChainPath'] as const;

const ROWS: { readonly [K in Kind]-?: Row<K> } = {
  configMap: { check: checkKeys, files: itemFiles },
  secret: { check: checkKeys, files: itemFiles },
  downwardAPI: { check: checkDownward, files: itemFiles },
  clusterTrustBundle: { check: checkTrustBundle, files: ({ path }) => [{ path, field: 'path' }] },
  podCertificate: {
    check: checkPodCertificate,
    files: source => CERTIFICATE_PATHS.flatMap(field => (source[field] === undefined ? [] : [{ path: source[field], field }])),
  },
};

/** The kind of a source, and the source itself; undefined where there is none, or more than one. */
function kindOf(source: VolumeSourceInput): Kind | undefined {
  const kinds = (Object.keys(ROWS) as Kind[]).filter(kind => source[kind] !== undefined);
  return kinds.length === 1 ? kinds[0] : undefined;
}

/** The rules of one source, whatever else is in its volume. */
export function checkSource(source: VolumeSourceInput, at: string, report: Report): void {
  const kind = kindOf(source);
  if (kind === undefined) {
    complain(report, 'volume/source', at, { expected: `exactly one of ${Object.keys(ROWS).join(', ')}`, got: Object.keys(source), fix: 'make a source of its own for each' });
    return;
  }
  (ROWS[kind] as Row<Kind>).check(source[kind] as never, `${at}.${kind}`, report);
  for (const { path, at: field } of filesOf(source, at)) checkFilePath(path, field, 'volume', report);
}

/** The files that are known to come of a source. */
export function filesOf(source: VolumeSourceInput, at: string): readonly VolumeFile[] {
  const kind = kindOf(source);
  return kind === undefined ? [] : (ROWS[kind] as Row<Kind>).files(source[kind] as never).map(({ path, field }) => ({ path, at: `${at}.${kind}.${field}` }));
}

/** Whether every key becomes a file, so that nobody knows which files there will be. */
export function isWhole({ configMap, secret }: VolumeSourceInput): boolean {
  const keys = configMap ?? secret;
  return keys !== undefined && keys.items === undefined;
}

function checkKeys({ name, items }: KeysSourceInput, at: string, report: Report): void {
  checkDnsSubdomain(name, `${at}.name`, report, 'name the object exactly as it is');
  if (items?.length === 0) complain(report, 'volume/items', `${at}.items`, { expected: 'at least one key', got: [], fix: 'Kubernetes reads an empty list as all keys: leave it out for these' });
  items?.forEach(({ key, mode }, i) => {
    const item = joinPath(`${at}.items`, i);
    if (!/^[-._a-zA-Z0-9]{1,253}$/.test(key) || key === '.' || key.startsWith('..')) {
      complain(report, 'volume/key', `${item}.key`, { expected: 'at most 253 of the characters A-Z, a-z, 0-9, -, _ and ., as keys of ConfigMaps and Secrets are', got: key, fix: 'name the key exactly as it is' });
    }
    checkMode(mode, `${item}.mode`, report);
  });
}

const FIELD = /^metadata\.(?:name|namespace|uid|(?:labels|annotations)(?:\['([^']+)'\])?)$/;
const RESOURCE = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-[1-9]\d*[KMGT]i)$/;
const DIVISORS: readonly string[] = ['1', ...['k', 'M', 'G', 'T', 'P', 'E'].flatMap(unit => [`1${unit}`, `1${unit === 'k' ? 'K' : unit}i`])];

function checkDownward({ items }: DownwardSourceInput, at: string, report: Report): void {
  if (items.length === 0) complain(report, 'volume/items', `${at}.items`, { expected: 'at least one file', got: [], fix: 'take the source out' });
  items.forEach((item, i) => {
    const path = joinPath(`${at}.items`, i);
    checkDownwardFile(item, path, report);
    checkMode(item.mode, `${path}.mode`, report);
  });
}

function checkDownwardFile({ fieldRef, resourceFieldRef }: DownwardFileInput, at: string, report: Report): void {
  if ((fieldRef === undefined) === (resourceFieldRef === undefined)) {
    complain(report, 'volume/downward', at, { expected: 'either fieldRef or resourceFieldRef', got: fieldRef === undefined ? 'neither' : 'both', fix: 'make a file of its own for each' });
  }
  const [field, key] = FIELD.exec(fieldRef?.fieldPath ?? '') ?? [];
  if (key !== undefined) checkMetadata('label', { [key]: '' }, `${at}.fieldRef.fieldPath`, report);
  if (fieldRef !== undefined && field === undefined) {
    complain(report, 'volume/downward-field', `${at}.fieldRef.fieldPath`, {
      expected: 'metadata.name, namespace, uid, labels or annotations, or one label or annotation: metadata.labels[\'<key>\']', got: fieldRef.fieldPath, fix: 'other fields can only be had as environment variables',
    });
  }
  if (resourceFieldRef === undefined) return;
  const { containerName, resource, divisor = '1' } = resourceFieldRef;
  checkDnsLabel(containerName, `${at}.resourceFieldRef.containerName`, report, 'name one of the containers: only a variable of a container can leave it out');
  if (!RESOURCE.test(resource)) {
    complain(report, 'volume/downward-resource', `${at}.resourceFieldRef.resource`, { expected: 'limits. or requests. and cpu, memory, ephemeral-storage or hugepages-<size>', got: resource, fix: 'correct the name' });
    return;
  }
  const units = resource.endsWith('.cpu') ? ['1m', '1'] : DIVISORS;
  if (!units.includes(divisor)) complain(report, 'volume/downward-divisor', `${at}.resourceFieldRef.divisor`, { expected: `one of ${units.join(', ')}`, got: divisor, fix: 'leave it out for 1' });
}
