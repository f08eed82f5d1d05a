import { strangerChanges } from './diff-strangers';
import { useChanges } from './diff-uses';
import type { EvidenceDocument } from './document';
import { gather, shownPlace } from './gather';
import type { ClusterDescription } from './reader';
import { inquire, type Inquiry } from '../proof/inquire';
import { prove } from '../proof/prove';
import type { Proof, Verdict } from '../proof/verdict';
import { witnesses, type Witness } from '../proof/witness';

/**
 * What changes. `gains` and `loses`: whether somebody is let in. `broader` and `narrower`: an open set, or who else is the same to
 * the cloud. `rewritten`: an open set that is written differently, and whether it is another cannot be told. `starts` and `stops`:
 * the trust stays as it is, and a workload that it lets in comes or goes. `may-more` and `may-less`: what an identity may do.
 */
export type ChangeKind = 'gains' | 'loses' | 'broader' | 'narrower' | 'rewritten' | 'starts' | 'stops' | 'may-more' | 'may-less';

/** One change of access. */
export interface AccessChange {
  readonly kind: ChangeKind;
  readonly provider: string;
  /** The cloud identity. */
  readonly becomes: string;
  /** `shop/checkout in prod-blue` for a workload's service account, or whom a trust lets in in its own words. */
  readonly who: string;
  /** The workloads that run as it. Empty for somebody whom no manifest names. */
  readonly workloads: readonly string[];
  /** What the identity may do; of `may-more` and `may-less`, what comes or goes. Empty where no document says. */
  readonly permissions: readonly string[];
  /** One sentence. */
  readonly reason: string;
}

/** Something that cannot be told. */
export interface Undecided {
  readonly side: 'before' | 'after';
  readonly who: string;
  readonly provider?: string;
  readonly becomes?: string;
  readonly reason: string;
}

/** Who gains and who loses access. */
export interface AccessDiff {
  readonly changes: readonly AccessChange[];
  readonly undecided: readonly Undecided[];
  /** How many service accounts become a cloud identity on both sides. */
  readonly unchanged: number;
}

/** One of two sets of documents. */
export interface EvidenceSet {
  readonly documents: readonly EvidenceDocument[];
  readonly clusters?: readonly ClusterDescription[];
}

/** One side, proved. */
export interface ProvedSide {
  readonly proof: Proof;
  readonly inquiry: Inquiry;
  readonly shown: readonly (Witness | undefined)[];
  /** What workloads become, by provider, identity, cluster and service account. */
  readonly uses: ReadonlyMap<string, Use>;
  readonly gaps: readonly string[];
}

/** What one service account becomes: every workload that runs as it asks the same. */
export interface Use {
  readonly provider: string;
  readonly becomes: string;
  readonly cluster: string;
  readonly who: string;
  readonly workloads: readonly string[];
  readonly state: 'admitted' | 'undecided' | 'refused';
  readonly verdict: Verdict;
}

/**
 * Compares who is let in by two sets of documents, by two proofs. A workload that moves or is renamed is known by its service account.
 */
export function diffAccess(before: EvidenceSet, after: EvidenceSet): AccessDiff {
  const sides = { before: provedSide(before), after: provedSide(after) };
  const { changes, undecided, unchanged } = useChanges(sides);
  const gaps = (['before', 'after'] as const).flatMap(side => sides[side].gaps.map((reason): Undecided => ({ side, who: 'what was given', reason })));
  return { changes: [...changes, ...strangerChanges(sides), ...permissionChanges(sides)], undecided: [...undecided, ...gaps], unchanged };
}

/** Both, before and after. */
export interface Sides {
  readonly before: ProvedSide;
  readonly after: ProvedSide;
}

function provedSide({ documents, clusters }: EvidenceSet): ProvedSide {
  const gathered = gather(documents, clusters);
  const proof = prove({ clusters: gathered.clusters, trust: gathered.trust });
  return {
    proof,
    inquiry: inquire(gathered),
    shown: witnesses(proof, gathered),
    uses: usesIn(proof.verdicts),
    // What is nothing that is known here is a warning, and is no gap in what is.
    gaps: gathered.gaps.filter(({ code }) => code !== 'evidence/unknown').map(({ at, message, fix }) => `${shownPlace(at)}: ${message}; ${fix}`),
  };
}

const RANK = { admitted: 2, undecided: 1, refused: 0 } as const;

function usesIn(verdicts: readonly Verdict[]): ReadonlyMap<string, Use> {
  const uses = new Map<string, Use>();
  for (const verdict of verdicts) {
    const { provider, becomes, cluster, subject: { namespace, serviceAccount } } = verdict;
    const key = [provider, becomes, cluster, namespace, serviceAccount].join('\n');
    const state = verdict.admitted ? 'admitted' : verdict.decided ? 'refused' : 'undecided';
    const known = uses.get(key);
    const better = known === undefined || RANK[state] > RANK[known.state];
    const workloads = [...new Set([...known?.workloads ?? [], verdict.workload])];
    uses.set(key, { provider, becomes, cluster, who: `${namespace}/${serviceAccount} in ${cluster}`, workloads, state: better ? state : known.state, verdict: better ? verdict : known.verdict });
  }
  return uses;
}

/** What identities may do that were there before and are after: what a new one may do stands with whoever gains it. */
function permissionChanges({ before, after }: Sides): readonly AccessChange[] {
  const handles = new Map([...before.inquiry.everybody, ...before.uses.values()].map(({ provider, becomes }) => [`${provider}\n${becomes}`, { provider, becomes }] as const));
  const onBoth = [...handles.values()].filter(({ provider, becomes }) => [before, after].every(({ inquiry }) => inquiry.knows(provider, becomes)));
  return onBoth.flatMap(handle => {
    const [was, is] = [before, after].map(side => side.inquiry.permissionsOf(handle.provider, handle.becomes)) as [readonly string[], readonly string[]];
    const change = (kind: ChangeKind, permissions: readonly string[], side: ProvedSide): readonly AccessChange[] => {
      if (permissions.length === 0) return [];
      const users = [...side.uses.values()].filter(use => use.provider === handle.provider && use.becomes === handle.becomes && use.state === 'admitted');
      const who = users.length === 0 ? 'whoever is let in' : users.map(use => use.who).join(', ');
      return [{ kind, ...handle, who, workloads: users.flatMap(use => use.workloads), permissions, reason: `what it may do ${kind === 'may-more' ? 'grows' : 'shrinks'}` }];
    };
    return [...change('may-more', is.filter(each => !was.includes(each)), after), ...change('may-less', was.filter(each => !is.includes(each)), before)];
  });
}
