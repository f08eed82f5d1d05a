import { alsoLine, clusterLine, edgeLine, edgePrefix, strangerLine, type Edge, type Line } from './lines';
import type { Stranger, Verdict } from '../../proof/verdict';

/** An edge that holds though no verdict says so: nothing asks by a manifest, and the trust lets it in. */
export interface QuietEdge extends Edge {
  readonly cluster: string;
  readonly issuer?: string | undefined;
  /** Whether a line with another audience says the same: which of several a workload will ask with is not known. */
  readonly anyAudience: boolean;
}

/** Stands for an issuer that was not given: no issuer is called so. */
export const UNKNOWN = '';

/** What the proof found, as far as a lock tells of it. */
export interface Found {
  readonly verdicts: readonly Verdict[];
  readonly strangers: readonly Stranger[];
  readonly quiet: readonly QuietEdge[];
  /** Of whom cannot be told here whether they get in as a lock may say it. */
  readonly open: readonly Omit<Edge, 'audience'>[];
  /** Whether what was given says anything of a cloud identity. */
  readonly knows: (identity: { readonly provider: string; readonly becomes: string }) => boolean;
  /** What signs the tokens of a cluster: {@link UNKNOWN} where that was not given, undefined where there is no such cluster. */
  readonly issuerOf: (cluster: string) => string | undefined;
}

/** Everybody who gets in, a line for each. */
export interface Access {
  /** What a lock has to have. With a prefix, a line that begins so will do. */
  readonly lines: ReadonlyMap<string, { readonly prefix?: string }>;
  /** What is to be said of a line that is not among them. `unknown`: nothing that was given tells. */
  judge(line: Line): 'holds' | 'gone' | 'unknown';
}

/** Takes the proof's answers for what a lock says. */
export function accessOf({ verdicts, strangers, quiet, open: others, knows, issuerOf }: Found): Access {
  const lines = new Map<string, { readonly prefix?: string }>();
  const open = new Set(others.map(edgePrefix));
  const asked = new Set<string>();
  const signs = (cluster: string, issuer: string | undefined): void => { if (issuer !== undefined && issuer !== '') lines.set(clusterLine(cluster, issuer), {}); };
  for (const { cluster, subject: { namespace, serviceAccount }, provider, becomes, claims: { issuer, audience }, admitted, alsoAdmits } of verdicts) {
    const edge = { who: `${namespace}/${serviceAccount} in ${cluster}`, provider, becomes, audience };
    if (!admitted) {
      open.add(edgePrefix(edge));
      continue;
    }
    lines.set(edgeLine(edge), {});
    asked.add(edgePrefix(edge));
    for (const who of alsoAdmits) lines.set(alsoLine({ ...edge, who }), {});
    signs(cluster, issuer);
  }
  for (const edge of quiet) {
    const prefix = edgePrefix(edge);
    if (edge.anyAudience && asked.has(prefix)) continue;
    lines.set(edgeLine(edge), edge.anyAudience ? { prefix } : {});
    signs(edge.cluster, edge.issuer);
  }
  for (const stranger of strangers) lines.set(strangerLine(stranger), {});
  const loose = new Set([...lines.values()].flatMap(({ prefix }) => prefix ?? []));
  return {
    lines,
    judge: ({ prefix = '', identity, cluster }) => {
      if (cluster !== undefined) {
        const issuer = issuerOf(cluster.name);
        return issuer === UNKNOWN ? 'unknown' : issuer === cluster.issuer ? 'holds' : 'gone';
      }
      if (loose.has(prefix)) return 'holds';
      // Its own finding says what is to be said of somebody who asks, and is not let in or not decided about.
      if (open.has(prefix)) return 'unknown';
      return identity !== undefined && !knows(identity) ? 'unknown' : 'gone';
    },
  };
}
