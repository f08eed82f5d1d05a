import { alsoLine, clusterLine, edgeLine, edgePrefix, strangerLine, type Edge, type Line } from './lines';
import type { Stranger, Verdict } from '../../proof/verdict';

/** An edge that holds though no verdict says so: nothing asks by a manifest, and the trust lets it in. Which of several audiences a workload will ask with is not known. */
export interface QuietEdge extends Edge {
  readonly cluster: string;
  readonly issuer: string;
}

/** A stranger. */
export interface KnownStranger extends Pick<Stranger, 'provider' | 'becomes' | 'who'> {
  /** The service account of a known cluster that it is, where it is one: whoever reviewed that line has reviewed it. */
  readonly account?: Edge;
}

/** What is to be said of a line that the proof does not say. `unknown`: nothing that was given tells. */
export type Judgement = 'holds' | 'gone' | 'unknown';

/** What the proof found, as far as a lock tells of it. */
export interface Found {
  readonly verdicts: readonly Verdict[];
  readonly strangers: readonly KnownStranger[];
  readonly quiet: readonly QuietEdge[];
  readonly judge: (line: Line) => Judgement;
}

/** What will do instead of a line: one of an edge with this prefix, whatever its audience; or another line. */
export interface Instead {
  readonly prefix?: string;
  readonly line?: string;
}

/** Everybody who gets in, a line for each. */
export interface Access {
  /** What a lock has to have, each with what will do instead. */
  readonly lines: ReadonlyMap<string, Instead>;
  /** What is to be said of a line that is not among them. */
  judge(line: Line): Judgement;
}

/** Takes the proof's answers for what a lock says. */
export function accessOf({ verdicts, strangers, quiet, judge }: Found): Access {
  const lines = new Map<string, Instead>();
  const open = new Set<string>();
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
    if (asked.has(prefix)) continue;
    lines.set(edgeLine(edge), { prefix });
    signs(edge.cluster, edge.issuer);
  }
  for (const { account, ...stranger } of strangers) lines.set(strangerLine(stranger), account === undefined ? {} : { line: edgeLine(account) });
  const loose = new Set([...lines.values()].flatMap(({ prefix }) => prefix ?? []));
  return {
    lines,
    judge: line => {
      const prefix = line.edge?.prefix ?? '';
      if (loose.has(prefix)) return 'holds';
      // Its own finding says what is to be said of somebody who asks, and is not let in or not decided about.
      return open.has(prefix) ? 'unknown' : judge(line);
    },
  };
}
