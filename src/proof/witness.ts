import type { MintedClaims } from './admits/admitter';
import type { Artifacts, ClusterArtifact, TrustArtifact } from './artifacts';
import { indexOf, rowOf, type IndexedTrust } from './trust-index';
import type { Proof, Stranger, Verdict } from './verdict';

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
 * One concrete token for every stranger, in their order; undefined where no token of Kubernetes shows it, such as for a principal of
 * the cloud itself. Each is found by asking: names and values that stand in the trust are tried, wildcards filled in, until the
 * same rules that judge workloads let one in.
 */
export function witnesses({ strangers, verdicts }: Pick<Proof, 'strangers' | 'verdicts'>, { clusters, trust }: Artifacts): readonly (Witness | undefined)[] {
  if (strangers.length === 0) return [];
  const index = indexOf(trust);
  const known = new Set(verdicts.filter(({ admitted }) => admitted).map(({ becomes, claims }) => keyOf(becomes, claims)));
  return strangers.map(stranger => witnessOf(stranger, clusters, index, known));
}

function witnessOf(
  { provider, becomes, by }: Stranger, clusters: readonly ClusterArtifact[], index: IndexedTrust, known: ReadonlySet<string>,
): Witness | undefined {
  const row = rowOf(provider);
  const document = index.named(by);
  if (row === undefined || document === undefined) return undefined;
  const words = wordsOf(document, index);
  for (const cluster of clustersIn(words, clusters)) {
    for (const [namespace, serviceAccount] of subjectsIn(words)) {
      for (const audience of [...row.audiences ?? [], ...audiencesIn(words)]) {
        const issuer = cluster.issuer ?? '';
        const claims: MintedClaims = { cluster, namespace, serviceAccount, issuer, subject: ['system', 'serviceaccount', namespace, serviceAccount].join(':'), audience };
        const named = row.named?.(becomes, claims) ?? becomes;
        if (known.has(keyOf(named, claims))) continue;
        if (!row.judge({ becomes: named, claims }, index).admitted) continue;
        return { issuer, subject: claims.subject, audience, ...(clusters.includes(cluster) && { cluster: cluster.name }) };
      }
    }
  }
  return undefined;
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

/** The clusters of issuers and pools that the document names, and those that are known. */
function clustersIn(words: readonly string[], clusters: readonly ClusterArtifact[]): readonly ClusterArtifact[] {
  const issuers = words.flatMap(word => {
    const [, path] = /:oidc-provider\/(.+)$/.exec(word) ?? [];
    return word.startsWith('https://') ? [word] : path === undefined ? [] : [`https://${path}`];
  });
  return [
    ...bounded(issuers).map(issuer => clusters.find(cluster => cluster.issuer === issuer) ?? { name: ELSEWHERE, issuer, objects: [] }),
    ...bounded(poolsIn(words)).map(pool => clusters.find(cluster => isIn(cluster, pool)) ?? someClusterOf(pool)),
    ...clusters.filter(({ issuer }) => issuer !== undefined),
  ];
}

/** Pairs that stand together first, then every namespace with every name. */
function subjectsIn(words: readonly string[]): readonly (readonly [string, string])[] {
  const pairs = words.flatMap(word => {
    const filled = fill(word);
    const [, namespace, name] = SUBJECT.exec(filled) ?? /\[([^/]+)\/([^/]+)\]$/.exec(filled) ?? /\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(filled) ?? [];
    const [, alone] = /\/namespace\/([^/]+)$/.exec(filled) ?? /system:serviceaccount:([^:]+)$/.exec(filled) ?? [];
    if (namespace !== undefined && name !== undefined) return [[namespace, name] as const];
    return alone === undefined ? [] : [[alone, ANYBODY] as const];
  });
  const names = bounded(words.map(fill).filter(word => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(word)));
  const crossed = names.flatMap(namespace => names.map(name => [namespace, name] as const));
  return [...pairs, [ANYBODY, ANYBODY], ...crossed, ...names.flatMap(name => [[name, ANYBODY], [ANYBODY, name]] as const)];
}

function audiencesIn(words: readonly string[]): readonly string[] {
  const providers = words.filter(word => /\/workloadIdentityPools\/[^/]+\/providers\/[^/]+$/.test(word)).map(word => `//iam.googleapis.com/${word}`);
  return [...new Set([...poolsIn(words), ...providers, ...bounded(words.map(fill))])];
}

/** Google's own pools, as members name them. */
function poolsIn(words: readonly string[]): readonly string[] {
  return words.flatMap(word => /(?:^serviceAccount:|\/workloadIdentityPools\/|^)([\w.:-]+\.svc\.id\.goog)/.exec(word)?.[1] ?? []);
}

function someClusterOf(pool: string): ClusterArtifact {
  return { name: ELSEWHERE, issuer: `${issuersOf(pool)}locations/${ANYBODY}/clusters/${ANYBODY}`, workloadPool: pool, objects: [] };
}

function isIn({ issuer, workloadPool }: ClusterArtifact, pool: string): boolean {
  return workloadPool === undefined ? issuer?.startsWith(issuersOf(pool)) === true : workloadPool === pool && issuer !== undefined;
}

/** What the issuers of all clusters begin with whose pool it is. */
function issuersOf(pool: string): string {
  return `https://container.googleapis.com/v1/projects/${pool.replace(/\.svc\.id\.goog$/, '')}/`;
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
