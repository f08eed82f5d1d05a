import type { EvidenceDocument, Place } from './document';
import type { FindingCode } from './finding';
import { Knowledge } from './knowledge';
import type { ClusterDescription, MapDocument, ObjectPart, Reading } from './reader';
import { READERS } from './readers';
import { isData } from '../kubernetes/data';
import type { KubernetesObject } from '../kubernetes/manifest';
import type { ClusterArtifact, TrustArtifact } from '../proof/artifacts';

/** Something about the evidence itself. */
export interface Gap {
  readonly code: FindingCode & `evidence/${string}`;
  readonly at: Place;
  readonly message: string;
  readonly fix: string;
}

/** What all the documents say together: what the proof reads, where each part of it stands, and what keeps it from saying more. */
export interface Gathered {
  readonly clusters: readonly ClusterArtifact[];
  readonly trust: readonly TrustArtifact[];
  readonly gaps: readonly Gap[];
  /** Where the manifest of a workload stands, by the name that verdicts call it: `Deployment shop/web`. */
  workload(cluster: string, name: string): Place | undefined;
  /** Where the manifest of a service account stands, by the subject of its tokens. */
  account(cluster: string, subject: string): Place | undefined;
  /** Where the document of the cloud half with this name stands. */
  trustNamed(name: string): Place | undefined;
}

/**
 * Reads documents of any kind that is known, and puts them together.
 *
 * @param given  what the user says of clusters. Descriptions among the documents add to it
 */
export function gather(documents: readonly EvidenceDocument[], given: readonly ClusterDescription[] = []): Gathered {
  const gaps: Gap[] = [];
  const places = new Map<object, Place>();
  const maps = documents.flatMap(document => mapsIn(document, gaps));
  const knowledge = new Knowledge();
  for (const document of maps) for (const reader of READERS) reader.learn?.(document, knowledge);
  const read = maps.map(document => ({ document, reading: readingOf(document, knowledge, gaps) }));
  const described = descriptionsOf(given, read, gaps);
  const objects = new Map<string, KubernetesObject[]>(described.map(({ name }) => [name, []]));
  const trust: TrustArtifact[] = [];
  const firsts = new Map<string, TrustArtifact>();
  for (const { document, reading } of read) {
    for (const { value, path } of reading.trust ?? []) {
      // Two commands may print one thing: whom it lets in is told once.
      const first = firsts.get(keyOf(value));
      if (first !== undefined && JSON.stringify(first) === JSON.stringify(value)) continue;
      firsts.set(keyOf(value), first ?? value);
      trust.push(value);
      places.set(value, { ...document.at, path: joined(document.at.path, path) });
    }
    if (reading.objects === undefined || reading.objects.length === 0) continue;
    const clusterOf = clustersFor(document, reading.objects, described, gaps);
    for (const part of reading.objects) {
      places.set(part.value, { ...document.at, path: joined(document.at.path, part.path) });
      const cluster = clusterOf(part);
      if (cluster !== undefined) objects.get(cluster)?.push(part.value);
    }
  }
  const clusters = described.map(cluster => ({ ...cluster, objects: objects.get(cluster.name) ?? [] }));
  const contradicted = new Set<object>();
  for (const [first, second] of twins(clusters, trust)) {
    const at = places.get(second) as Place;
    contradicted.add(first).add(second);
    gaps.push({ code: 'evidence/twice', at, message: `${nameOf(second)} is here, and in ${shownPlace(places.get(first) as Place)} as well, and they differ`, fix: 'give the one that counts' });
  }
  return { clusters, trust: trust.map(document => (contradicted.has(document) ? inDoubt(document) : document)), gaps, ...finders(clusters, trust, places) };
}

/** Of two versions nobody knows which one counts. */
function inDoubt(document: TrustArtifact): TrustArtifact {
  return { ...document, unknown: [...document.unknown ?? [], 'which of two versions counts'] };
}

/** Places are found by the names that verdicts use. */
function finders(clusters: readonly ClusterArtifact[], trust: readonly TrustArtifact[], places: ReadonlyMap<object, Place>): Pick<Gathered, 'workload' | 'account' | 'trustNamed'> {
  const named = new Map<string, Place | undefined>();
  for (const document of trust) named.set(document.name, places.get(document));
  for (const { name: cluster, objects } of clusters) {
    for (const object of objects) named.set(`${cluster} ${object.kind} ${object.metadata.namespace ?? 'default'}/${object.metadata.name}`, places.get(object));
  }
  return {
    workload: (cluster, name) => named.get(`${cluster} ${name}`),
    account: (cluster, subject) => named.get(`${cluster} ServiceAccount ${subject.split(':').slice(2).join('/')}`),
    trustNamed: name => named.get(name),
  };
}

/** A place as it stands in a message. */
export function shownPlace({ file, document, path }: Place): string {
  return `${file}${document > 0 ? ` (document ${document + 1})` : ''}${path === '' ? '' : ` at ${path}`}`;
}

/** Deeper than any tool puts lists into lists. */
const MAX_LISTS = 8;

/** Tools print lists of what they print one of. */
function mapsIn(document: EvidenceDocument, gaps: Gap[], depth = 0): readonly MapDocument[] {
  const { value, at } = document;
  if (isData(value)) return [{ ...document, value }];
  if (Array.isArray(value) && depth < MAX_LISTS) return value.flatMap((item, i) => mapsIn({ ...document, value: item, at: { ...at, path: joined(at.path, `[${i}]`) } }, gaps, depth + 1));
  gaps.push({ code: 'evidence/unknown', at, message: 'it is neither a map nor a list of maps', fix: 'give manifests, or what a cloud\'s own tool prints as JSON' });
  return [];
}

function readingOf(document: MapDocument, knowledge: Knowledge, gaps: Gap[]): Reading {
  for (const reader of READERS) {
    const reading = reader.read(document, knowledge);
    if (reading === undefined) continue;
    for (const { path, what, example = '', fix = `say so in the evidence file: of: ${example}` } of reading.unsaid ?? []) {
      gaps.push({ code: 'evidence/unsaid', at: { ...document.at, path: joined(document.at.path, path) }, message: `it does not say ${what}`, fix });
    }
    return reading;
  }
  gaps.push({ code: 'evidence/unknown', at: document.at, message: `it is nothing that is known here: ${keysOf(document.value)}`, fix: `known are ${READERS.flatMap(({ prints }) => prints).join(', ')}` });
  return {};
}

function keysOf(value: object): string {
  const keys = Object.keys(value);
  return keys.length === 0 ? 'it has no keys' : `it has ${keys.slice(0, 5).join(', ')}${keys.length > 5 ? ' and more' : ''}`;
}

interface ReadDocument {
  readonly document: MapDocument;
  readonly reading: Reading;
}

/** What is said of each cluster, each field by whoever says it; two who differ are a gap, and the user's own word stands. */
function descriptionsOf(given: readonly ClusterDescription[], read: readonly ReadDocument[], gaps: Gap[]): readonly ClusterDescription[] {
  const clusters = new Map<string, ClusterDescription>();
  for (const cluster of given) clusters.set(cluster.name, { ...clusters.get(cluster.name), ...cluster });
  for (const { document, reading } of read) {
    for (const cluster of reading.clusters ?? []) {
      const before = clusters.get(cluster.name) ?? cluster;
      for (const [field, value] of Object.entries(cluster)) {
        const known = before[field as keyof ClusterDescription];
        if (known !== undefined && !isSame(field, known, value)) gaps.push({ code: 'evidence/cluster-facts', at: document.at, message: `it gives ${cluster.name} the ${field} ${JSON.stringify(value)}, and ${JSON.stringify(known)} is known of it`, fix: 'correct the one that is wrong' });
      }
      clusters.set(cluster.name, { ...cluster, ...before });
    }
  }
  // Without any, nothing can be decided, but all of it can be shown.
  return clusters.size === 0 ? [{ name: 'unnamed' }] : [...clusters.values()];
}

/** Azure prints ids in one case or another, and compares them in none. https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules */
function isSame(field: string, known: unknown, value: unknown): boolean {
  const text = (each: unknown): string => (field === 'resourceId' ? JSON.stringify(each).toLowerCase() : JSON.stringify(each));
  return text(known) === text(value);
}

/** Said by the user, else by the document itself, which may be for several clusters: one that nobody else calls so is none that is known then. */
function clustersFor(
  document: MapDocument, parts: readonly ObjectPart[], clusters: readonly ClusterDescription[], gaps: Gap[],
): (part: ObjectPart) => string | undefined {
  const called = new Set(parts.map(({ cluster }) => cluster));
  const known = clusters.filter(({ name }) => called.has(name));
  if (document.cluster !== undefined || (called.size === 1 && known.length === 0)) {
    const cluster = clusterFor(document, clusters, gaps);
    return () => cluster;
  }
  const strange = [...called].filter(name => !known.some(cluster => cluster.name === name));
  if (strange.length > 0) {
    const message = `it has manifests for ${strange.map(name => name ?? 'a cluster without a name').join(', ')}`;
    gaps.push({ code: 'evidence/no-cluster', at: document.at, message, fix: `known are ${clusters.map(({ name }) => name).join(', ')}: call the clusters as it does` });
  }
  return ({ cluster }) => (known.some(({ name }) => name === cluster) ? cluster : undefined);
}

/** Said by the user, else by the folder, else there is only one. */
function clusterFor(document: EvidenceDocument, clusters: readonly ClusterDescription[], gaps: Gap[]): string | undefined {
  const names = clusters.map(({ name }) => name);
  const folders = document.at.file.split(/[\\/]/).slice(0, -1);
  const wanted = document.cluster ?? folders.reverse().find(folder => names.includes(folder));
  if (wanted !== undefined && names.includes(wanted)) return wanted;
  if (wanted === undefined && names.length === 1) return names[0];
  const problem = wanted === undefined ? 'which cluster its manifests are for cannot be told' : `there is no cluster ${wanted}`;
  gaps.push({ code: 'evidence/no-cluster', at: document.at, message: problem, fix: `known are ${names.join(', ')}: put its manifests into a folder of its name, or name it in the evidence file` });
  return undefined;
}

/** Parts that are there twice and are not the same. */
function* twins(clusters: readonly ClusterArtifact[], trust: readonly TrustArtifact[]): Generator<readonly [object, object]> {
  const rooms = [
    ...clusters.map(({ objects }) => objects.map(object => [`${object.apiVersion} ${object.kind} ${object.metadata.namespace ?? ''}/${object.metadata.name}`, object] as const)),
    trust.map(document => [keyOf(document), document] as const),
  ];
  for (const room of rooms) {
    const seen = new Map<string, object>();
    for (const [key, part] of room) {
      const first = seen.get(key);
      if (first === undefined) seen.set(key, part);
      else if (JSON.stringify(first) !== JSON.stringify(part)) yield [first, part];
    }
  }
}

function keyOf({ provider, kind, name }: TrustArtifact): string {
  return `${provider} ${kind} ${name}`;
}

function nameOf(part: object): string {
  const { kind, name, metadata } = part as Partial<TrustArtifact & KubernetesObject>;
  return metadata === undefined ? `${String(kind)} ${String(name)}` : `${String(kind)} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}

function joined(path: string, more: string): string {
  return path === '' || more === '' || more.startsWith('[') ? `${path}${more}` : `${path}.${more}`;
}
