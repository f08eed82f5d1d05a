import type { Admitter, Ask, BearerToken, Judgement, MintedClaims } from './admits/admitter';
import type { Artifacts, ClusterArtifact } from './artifacts';
import { data, text } from './pods';
import { indexOf, rowOf, type IndexedTrust } from './trust-index';
import { asRead } from './unread';

export type { BearerToken } from './admits/admitter';

/** A real token, and what is known of it besides. */
export interface PresentedToken extends BearerToken {
  /** Why nobody takes it, whatever it claims: it is signed by nobody, or its time is over. */
  readonly fault?: string;
  /** Why it cannot be told whether anybody takes it. */
  readonly doubt?: string;
}

/** What the trust of one cloud identity says to a token. */
export interface Answer {
  readonly provider: string;
  /** The cloud identity that the bearer would become. */
  readonly becomes: string;
  /** True says that all it claims is as it should be: who signed it, a proof of documents cannot see. */
  readonly admitted: boolean;
  /** False where it cannot be told; `admitted` is false then, too. */
  readonly decided: boolean;
  /** The document that answers, by name. */
  readonly by?: string;
  /** One sentence: why, or the first difference. */
  readonly reason: string;
  readonly difference?: Judgement['difference'];
  readonly alsoAdmits: readonly string[];
}

/** A cluster that nobody told of. */
const ELSEWHERE = 'a cluster that is not known here';

/**
 * Asks the trust of every cloud identity whether it would take a token. Pure: no clock, no network, no keys.
 *
 * @returns one answer for each identity that documents let anybody become, in their order
 */
export function askAll(token: PresentedToken, { clusters, trust }: Artifacts): readonly Answer[] {
  const index = indexOf(trust);
  const handles = new Map<string, readonly [provider: string, becomes: string]>();
  for (const { provider, becomes } of trust) if (becomes !== undefined) handles.set(`${provider}\n${becomes}`, [provider, becomes]);
  const bearer = bearerOf(token);
  return [...handles.values()].flatMap(([provider, becomes]) => {
    const row = rowOf(provider);
    return row === undefined ? [] : [{ provider, becomes, ...answerOf(token, bearer, { row, becomes, index, clusters }) }];
  });
}

interface Question {
  readonly row: Admitter;
  readonly becomes: string;
  readonly index: IndexedTrust;
  readonly clusters: readonly ClusterArtifact[];
}

interface Bearer {
  readonly namespace: string;
  readonly serviceAccount: string;
}

function answerOf(token: PresentedToken, bearer: Bearer | string, question: Question): Judgement {
  if (token.algorithm.toLowerCase() === 'none') return refused('the token is signed by nobody (alg none)');
  if (token.fault !== undefined) return refused(token.fault);
  if (typeof bearer === 'string') return undecided(bearer);
  const judgement = byClaims(token, bearer, question);
  if (!judgement.admitted || token.doubt === undefined) return judgement;
  return undecided(token.doubt, judgement.by);
}

/** What a token claims: by every audience that it has, in every cluster that it may be from. */
function byClaims(token: PresentedToken, { namespace, serviceAccount }: Bearer, { row, becomes, index, clusters }: Question): Judgement {
  const { issuer, subject = '', audiences } = token;
  const asks = audiences.length === 0 ? [''] : audiences;
  const answers = clustersOf(issuer, clusters).map(cluster => {
    const judgements = asks.map(audience => {
      const claims: MintedClaims = { cluster, namespace, serviceAccount, subject, audience, all: token.claims, ...(issuer !== undefined && { issuer }) };
      const ask: Ask = { becomes: row.named?.(becomes, claims) ?? becomes, claims };
      const objection = row.objectionTo(token, ask, index);
      if (objection !== undefined && objection.ifAdmitted !== true) return objection.decided ? refused(objection.reason) : undecided(objection.reason);
      const judgement = asRead(becomes, row.judge(ask, index), index);
      return objection !== undefined && judgement.admitted ? undecided(objection.reason, judgement.by) : judgement;
    });
    return best(judgements);
  });
  const [first] = answers as [Judgement, ...Judgement[]];
  if (answers.every(({ admitted, decided }) => admitted === first.admitted && decided === first.decided)) return first;
  return undecided(`it depends on which cluster the token is from, and ${issuer === undefined ? 'the token names no issuer' : `whose issuer ${issuer} is, is not known`}`);
}

/** Who takes one of a token's audiences takes the token; who refuses it for all of them refuses it. */
function best(judgements: readonly Judgement[]): Judgement {
  return judgements.find(({ admitted }) => admitted) ?? judgements.find(({ decided }) => !decided) ?? judgements[0] as Judgement;
}

/** Those whose issuer it is; else those of which no issuer is known, and one of which nothing is. */
function clustersOf(issuer: string | undefined, clusters: readonly ClusterArtifact[]): readonly ClusterArtifact[] {
  const own = clusters.filter(cluster => cluster.issuer !== undefined && cluster.issuer === issuer);
  if (own.length > 0) return own;
  const issued = issuer === undefined ? {} : { issuer };
  return [...clusters.filter(cluster => cluster.issuer === undefined).map(cluster => ({ ...cluster, ...issued })), { name: ELSEWHERE, ...issued, objects: [] }];
}

/** Whose token it is, or why that cannot be told. */
function bearerOf({ subject, claims }: PresentedToken): Bearer | string {
  const [, namespace, serviceAccount] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(subject ?? '') ?? [];
  if (namespace === undefined || serviceAccount === undefined) return 'the token is no service account\'s, and of others nothing is known here';
  const said = data(claims['kubernetes.io']);
  const names = [text(said.namespace) ?? namespace, text(data(said.serviceaccount).name) ?? serviceAccount];
  if (names[0] === namespace && names[1] === serviceAccount) return { namespace, serviceAccount };
  return `the token contradicts itself: its subject is ${String(subject)}, and kubernetes.io says ${names.join('/')}; no API server writes that`;
}

function refused(reason: string): Judgement {
  return { admitted: false, decided: true, reason, alsoAdmits: [] };
}

function undecided(reason: string, by?: string): Judgement {
  return { admitted: false, decided: false, reason, alsoAdmits: [], ...(by !== undefined && { by }) };
}
