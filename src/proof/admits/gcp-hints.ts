import type { ClusterArtifact } from '../artifacts';
import type { Hints } from './admitter';

/** The name of a cluster, or of a place, that nobody told of. */
const SOME = 'stranger';

/** What members and providers say of the tokens behind them. https://cloud.google.com/iam/docs/principal-identifiers */
export function hintsIn(words: readonly string[], known: readonly ClusterArtifact[]): Hints {
  const pools = [...new Set(words.flatMap(word => /(?:^serviceAccount:|\/workloadIdentityPools\/|^)([\w.:-]+\.svc\.id\.goog)/.exec(word)?.[1] ?? []))];
  const providers = words.filter(word => /\/workloadIdentityPools\/[^/]+\/providers\/[^/]+$/.test(word));
  return {
    clusters: pools.map(pool => known.find(cluster => isIn(cluster, pool)) ?? someClusterOf(pool)),
    subjects: words.flatMap(subjectsIn),
    audiences: [...pools, ...providers.map(provider => `//iam.googleapis.com/${provider}`)],
  };
}

function subjectsIn(word: string): NonNullable<Hints['subjects']> {
  const [, namespace, name] = /\[([^/]+)\/([^/]+)\]$/.exec(word) ?? /\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(word) ?? [];
  if (namespace !== undefined && name !== undefined) return [[namespace, name]];
  const [, alone] = /\/namespace\/([^/]+)$/.exec(word) ?? [];
  return alone === undefined ? [] : [[alone]];
}

function isIn({ issuer, workloadPool }: ClusterArtifact, pool: string): boolean {
  return workloadPool === undefined ? issuer?.startsWith(issuersOf(pool)) === true : workloadPool === pool && issuer !== undefined;
}

/** What the issuers of all clusters begin with whose pool it is. */
function issuersOf(pool: string): string {
  return `https://container.googleapis.com/v1/projects/${pool.replace(/\.svc\.id\.goog$/, '')}/`;
}

function someClusterOf(pool: string): ClusterArtifact {
  return { name: SOME, issuer: `${issuersOf(pool)}locations/${SOME}/clusters/${SOME}`, workloadPool: pool, objects: [] };
}
