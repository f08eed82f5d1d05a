import type { Admitter, Hints, MintedClaims } from './admits/admitter';
import type { Artifacts, ClusterArtifact, TrustArtifact } from './artifacts';
import { indexOf, rowOf, type IndexedTrust } from './trust-index';
import type { Proof, Verdict } from './verdict';

/** The claims of a token that would be let in though no manifest asks with it. */
export interface Witness extends Required<Verdict['claims']> {
  /** The cluster that would sign it, where it is one of those that are known. */
  readonly cluster?: string;
}

/** More than any document names: each is asked about. */
const MANY = 24;

/** What a wildcard may stand for, and a name that is nobody's. */
const ANYBODY = 'stranger';

const ELSEWHERE = 'another cluster';

const SUBJECT = /system:[^:]*:([^:]*):([^:]*)$/;

/**
 * One concrete token for every stranger, in their order: one that stands for this stranger, and for no other that is named beside it.
 * Undefined where no token of Kubernetes shows it, such as for a principal of the cloud itself. Each is found by asking: names and
 * values that stand in the trust are tried, wildcards filled in, until the same rules that judge workloads let one in.
 */
export function witnesses({ strangers, verdicts }: Pick<Proof, 'strangers' | 'verdicts'>, { clusters, trust }: Artifacts): readonly (Witness | undefined)[] {
  if (strangers.length === 0) return [];
  const index = indexOf(trust);
  const known = new Set(verdicts.filter(({ admitted }) => admitted).map(({ becomes, claims }) => keyOf(becomes, claims)));
  const keys = new Map<string, string | undefined>();
  const named = new Map<string, Set<string>>();
  for (const { document, becomes, admission: { key, who } } of index.admissions) {
    keys.set([document.name, becomes, who].join('\n'), key);
    const beside = named.get(document.name) ?? new Set();
    if (key !== undefined) beside.add(key);
    named.set(document.name, beside);
  }
  // Strangers come in the order of documents: what was tried for one serves the next, and then is let go.
  let tried: { readonly by: string; readonly candidates: Iterable<Candidate> } | undefined;
  return strangers.map(({ provider, becomes, by, who }) => {
    const [row, document] = [rowOf(provider), index.named(by)];
    if (row === undefined || document === undefined) return undefined;
    if (tried?.by !== by) tried = { by, candidates: remembered(candidatesFor(document, row, clusters, index)) };
    const wanted = keys.get([by, becomes, who].join('\n'));
    for (const { claims, key } of tried.candidates) {
      if (wanted === undefined ? named.get(by)?.has(key) === true : key !== wanted) continue;
      const identity = row.named?.(becomes, claims) ?? becomes;
      const { issuer = '', subject, audience } = claims;
      if (known.has(keyOf(identity, claims)) || !row.judge({ becomes: identity, claims }, index).admitted) continue;
      return { issuer, subject, audience, ...(clusters.includes(claims.cluster) && { cluster: claims.cluster.name }) };
    }
    return undefined;
  });
}

/** Claims that may be let in, and what the relying party would tell their bearer by. */
interface Candidate {
  readonly claims: MintedClaims;
  readonly key: string;
}

function* candidatesFor(document: TrustArtifact, row: Admitter, clusters: readonly ClusterArtifact[], index: IndexedTrust): Generator<Candidate> {
  const words = wordsOf(document, index);
  const hints = row.hintsIn?.(words, clusters) ?? {};
  const subjects = subjectsIn(words, hints);
  const audiences = new Set([...row.audiences ?? [], ...hints.audiences ?? [], ...bounded(words.map(fill))]);
  for (const cluster of clustersIn(words, hints, clusters)) {
    for (const [namespace, serviceAccount] of subjects) {
      const subject = ['system', 'serviceaccount', namespace, serviceAccount].join(':');
      for (const audience of audiences) {
        const claims: MintedClaims = { cluster, namespace, serviceAccount, issuer: cluster.issuer ?? '', subject, audience };
        yield { claims, key: row.keyOf(claims, index) };
      }
    }
  }
}

/** Can be gone through again and again, and goes no further than somebody looks. */
function remembered<T>(source: Iterator<T>): Iterable<T> {
  const seen: T[] = [];
  return {
    * [Symbol.iterator]() {
      for (let i = 0; ; i++) {
        if (i === seen.length) {
          const next = source.next();
          if (next.done === true) return;
          seen.push(next.value);
        }
        yield seen[i] as T;
      }
    },
  };
}

/** Every text in the document, and in those that it names, such as the provider of its principal. */
function wordsOf(document: TrustArtifact, index: IndexedTrust): readonly string[] {
  const own = textsIn(document.request);
  const beside = own.flatMap(word => {
    const other = word === document.name ? undefined : index.named(word);
    return other === undefined ? [] : textsIn(other.request);
  });
  return [...new Set([...own, ...beside, document.name])];
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsIn(inner)]);
}

/** The clusters of issuers that the document names, those that its relying party knows it to mean, and those that are known. */
function clustersIn(words: readonly string[], { issuers = [], clusters: meant = [] }: Hints, clusters: readonly ClusterArtifact[]): readonly ClusterArtifact[] {
  const named = bounded([...words.filter(word => word.startsWith('https://')), ...issuers]);
  return [
    ...named.map(issuer => clusters.find(cluster => cluster.issuer === issuer) ?? { name: ELSEWHERE, issuer, objects: [] }),
    ...meant.slice(0, MANY),
    ...clusters.filter(({ issuer }) => issuer !== undefined),
  ];
}

/** Pairs that stand together first, then every namespace with every name. */
function subjectsIn(words: readonly string[], { subjects = [] }: Hints): readonly (readonly [string, string])[] {
  const pairs = words.flatMap(word => {
    const filled = fill(word);
    const [, namespace, name] = SUBJECT.exec(filled) ?? [];
    if (namespace !== undefined && name !== undefined) return [[namespace, name] as const];
    const [, alone] = /system:serviceaccount:([^:]+)$/.exec(filled) ?? [];
    return alone === undefined ? [] : [[alone, ANYBODY] as const];
  });
  const hinted = subjects.map(([namespace, name = ANYBODY]) => [fill(namespace), fill(name)] as const);
  const names = bounded(words.map(fill).filter(word => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(word)));
  const crossed = names.flatMap(namespace => names.map(name => [namespace, name] as const));
  return [...pairs, ...hinted, [ANYBODY, ANYBODY], ...crossed, ...names.flatMap(name => [[name, ANYBODY], [ANYBODY, name]] as const)];
}

function fill(pattern: string): string {
  return pattern.replaceAll('*', ANYBODY).replaceAll('?', ANYBODY[0] as string);
}

function bounded(words: readonly string[]): readonly string[] {
  return [...new Set(words)].slice(0, MANY);
}

function keyOf(becomes: string, { issuer = '', subject, audience }: Verdict['claims']): string {
  return [becomes, issuer, subject, audience].join('\n');
}
