import type { Admitter, Ask, Judgement, MintedClaims, TrustIndex } from './admits/admitter';
import { mint } from './admits/mint';
import { NOT_KNOWN_YET, type Artifacts } from './artifacts';
import { checkArtifacts } from './check-artifacts';
import { tokensOf, type MountedToken } from './files';
import { podsIn, type PodView } from './pods';
import { refusedBySignature } from './signed';
import { indexOf, ROWS, type IndexedTrust } from './trust-index';
import { unreadIn } from './unread';
import type { Proof, Stranger, TokenReport, Verdict } from './verdict';

/** See {@link prove}, which loads this. */
export function runProof(artifacts: Artifacts): Proof {
  checkArtifacts(artifacts);
  const trust = indexOf(artifacts.trust);
  const presented = new Set<string>();
  const verdicts: Verdict[] = [];
  const tokens: TokenReport[] = [];
  for (const pod of podsIn(artifacts.clusters)) {
    const used = new Set<string>();
    const asked = new Set<string>();
    const elsewhere = new Set<string>();
    const unnamed = new Set<string>();
    for (const [provider, row] of ROWS) {
      for (const ask of unique(row.asksOf(pod, trust))) {
        used.add(ask.claims.audience);
        asked.add(`${provider}\n${ask.becomes}`);
        presented.add(keyOf(provider, ask.becomes, ask.key ?? row.keyOf(ask.claims, trust)));
        for (const { becomes, key } of [...ask.also ?? [], ...row.mayBe?.(ask, trust) ?? []]) presented.add(keyOf(provider, becomes, key));
        const judgement = pod.impossible === undefined ? judgementOf(ask, row, trust) : refusal(`no API server takes the pod: ${pod.impossible}`);
        // The SDK becomes whom the pod names: that a trust would take its token for somebody else is then nobody's answer.
        if (ask.becomes === '') unnamed.add(provider);
        else if (!judgement.admitted && !judgement.decided && trust.byHandle(ask.becomes).length === 0) elsewhere.add(`${provider}\n${ask.claims.audience}`);
        verdicts.push(verdictOf(pod, provider, ask, judgement));
      }
    }
    for (const mounted of tokensIn(asMade(pod))) {
      const { token } = mounted;
      const fault = mounted.fault ?? (pod.impossible === undefined ? undefined : `no API server takes the pod: ${pod.impossible}`);
      const claims = mint(pod, token.audience ?? '');
      const taken = token.audience === undefined ? [] : takersOf(claims, trust, presented);
      for (const { provider, row, becomes, key } of taken) {
        if (elsewhere.has(`${provider}\n${claims.audience}`)) continue;
        // It may be the one that the pod names: neither an answer, nor a stranger's way in.
        if (unnamed.has(provider)) {
          used.add(claims.audience);
          presented.add(keyOf(provider, becomes, row.keyOf(claims, trust)));
          continue;
        }
        const judgement = fault === undefined ? judgementOf({ becomes, claims }, row, trust) : refusal(fault);
        // Nobody asked with this token, so that a refusal is no news. That nobody can read it is, and that it cannot be told.
        if (!judgement.admitted && judgement.decided && fault === undefined) continue;
        used.add(claims.audience);
        presented.add(keyOf(provider, becomes, key));
        // A pod that asked already has its answer, even if it asked in a way that cannot work.
        if (!asked.has(`${provider}\n${becomes}`)) verdicts.push(verdictOf(pod, provider, { becomes, claims }, judgement));
      }
      if (!used.has(claims.audience)) tokens.push(reportOf(pod, mounted));
    }
  }
  const strangers = strangersIn(trust, presented);
  const holds = strangers.length === 0 && verdicts.every(verdict => verdict.admitted || !verdict.decided) && tokens.every(token => token.fault === undefined);
  return { holds, verdicts, tokens, strangers };
}

function refusal(reason: string): Judgement {
  return { admitted: false, decided: true, reason, alsoAdmits: [] };
}

function judgementOf(ask: Ask, row: Admitter, trust: TrustIndex): Judgement {
  if (ask.doubt !== undefined && ask.fault === undefined) return undecided(ask.doubt);
  const claimed = ask.fault === undefined ? row.judge(ask, trust) : refusal(ask.fault);
  const judgement = (claimed.admitted ? refusedBySignature(ask, row, trust) : undefined) ?? claimed;
  const doubt = judgement.decided ? doubtOf(ask, judgement, trust) : undefined;
  return doubt === undefined ? judgement : undecided(doubt);
}

function undecided(reason: string): Judgement {
  return { admitted: false, decided: false, reason, alsoAdmits: [] };
}

/** What the answer depends on, where nobody can read that yet. */
function doubtOf({ becomes, through, fault, claims: { subject, audience } }: Ask, judgement: Judgement, trust: TrustIndex): string | undefined {
  if ([becomes, through, fault, subject, audience].some(said => said?.includes(NOT_KNOWN_YET) === true)) return 'the pod has a value that is not known yet';
  return unreadIn(becomes, judgement, trust);
}

interface Taker {
  readonly provider: string;
  readonly row: Admitter;
  readonly becomes: string;
  readonly key: string;
}

/** Who would take a token that the pod holds without naming anybody: the application does the naming. */
function takersOf(claims: MintedClaims, trust: IndexedTrust, presented: ReadonlySet<string>): readonly Taker[] {
  const takers: Taker[] = [];
  for (const [provider, row] of ROWS) {
    // Nobody is let in by documents that are not there.
    if (!trust.has(provider)) continue;
    const own = row.keyOf(claims, trust);
    const known = trust.admitting(provider, own).map(becomes => ({ becomes, key: own }));
    for (const { becomes, key } of [...known, ...row.mayBe?.({ claims }, trust) ?? []]) {
      if (!presented.has(keyOf(provider, becomes, key))) takers.push({ provider, row, becomes, key });
    }
  }
  return takers;
}

function strangersIn({ admissions }: IndexedTrust, presented: ReadonlySet<string>): readonly Stranger[] {
  return admissions
    .filter(({ document: { provider }, becomes, admission: { key, workload } }) =>
      ![key, workload].some(known => known !== undefined && presented.has(keyOf(provider, becomes, known))))
    .map(({ document, becomes, admission: { who } }) => ({ provider: document.provider, becomes, by: document.name, who }));
}

function verdictOf(pod: PodView, provider: string, { becomes, claims }: Ask, judgement: Judgement): Verdict {
  const { issuer, subject, audience } = claims;
  const { admitted, decided, by, reason, difference, alsoAdmits } = judgement;
  return {
    cluster: pod.cluster.name,
    workload: pod.workload,
    subject: { namespace: pod.namespace, serviceAccount: pod.serviceAccount },
    provider,
    becomes,
    claims: issuer === undefined ? { subject, audience } : { issuer, subject, audience },
    admitted,
    decided,
    ...(by !== undefined && { by }),
    reason,
    ...(difference !== undefined && { difference }),
    alsoAdmits,
  };
}

function reportOf(pod: PodView, { path: file, token: { audience, expirationSeconds }, fault }: MountedToken): TokenReport {
  return {
    cluster: pod.cluster.name,
    workload: pod.workload,
    subject: { namespace: pod.namespace, serviceAccount: pod.serviceAccount },
    ...(audience !== undefined && { audience }),
    expirationSeconds,
    // The kubelet renews at four fifths of a token's life, and after a day at the latest.
    refreshSeconds: Math.min(Math.floor(expirationSeconds * 0.8), 24 * 3600),
    file,
    ...(fault !== undefined && { fault }),
  };
}

/** The pod after all webhooks. */
export function asMade(pod: PodView): PodView {
  let made = pod;
  for (const [, row] of ROWS) made = row.seenIn?.(made) ?? made;
  return made;
}

/** The tokens of a pod, each once, whichever containers mount it; one that some container can make nothing of, as that one has it. */
export function tokensIn(pod: PodView): readonly MountedToken[] {
  const found = new Map<string, MountedToken>();
  for (const container of pod.containers) {
    for (const token of tokensOf(pod, container)) if (found.get(token.path)?.fault === undefined) found.set(token.path, token);
  }
  return [...found.values()];
}

/** Containers of one pod mostly ask the same. */
function unique(asks: readonly Ask[]): readonly Ask[] {
  if (asks.length < 2) return asks;
  return [...new Map(asks.map(ask => [[ask.becomes, ask.claims.audience, ask.way, ask.through, ask.fault, ask.doubt].join('\n'), ask])).values()];
}

function keyOf(provider: string, becomes: string, key: string): string {
  return [provider, becomes, key].join('\n');
}
