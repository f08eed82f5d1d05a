import type { Subject } from '../../core/claims';
import type { WorkloadIdentityDefinition } from '../../identity/definition';
import type { Plan, PlannedEdge } from '../../identity/plan';
import { nameOf } from '../../identity/workloads';
import type { Proof, TokenReport, Verdict } from '../../proof/verdict';
import type { LooseToken, NamedTokens } from '../projected';

/** A verdict, with what it is called in the definition. */
export interface Answer extends Omit<Verdict, 'workload'> {
  readonly identity: string | undefined;
  /** The key under `trustedBy`. */
  readonly binding: string | undefined;
  /** Left out where no manifest asks. */
  readonly workload?: string;
}

/** A token, with what it is called in the definition. */
export interface TokenAnswer extends Omit<TokenReport, 'cluster' | 'workload' | 'subject'>, Partial<Pick<TokenReport, 'cluster' | 'workload' | 'subject'>> {
  readonly identity: string | undefined;
  /** The key under `tokens`. */
  readonly token: string | undefined;
  /** The projected tokens that it is one of, by the name of their export or the path of their construct: no identity says who takes it. */
  readonly projectedBy?: string;
}

/** What the proof says about a plan, in the words of its definitions. */
export interface Answers {
  readonly verdicts: readonly Answer[];
  readonly tokens: readonly TokenAnswer[];
}

/**
 * The proof's answers. An edge of the plan that the proof says nothing about is answered too: nothing holds because
 * nobody asked.
 *
 * @param apart  true for what is proved only so that it is no stranger, and rendered by somebody else
 */
export function answersOf(
  plan: Plan, proof: Proof, definitions: readonly WorkloadIdentityDefinition[], apart: (cluster: string, subject: Subject) => boolean,
  projected: readonly NamedTokens[], loose: readonly LooseToken[],
): Answers {
  const edges = new Map(plan.edges.map(edge => [keyOf(edge, edge.handle), edge]));
  const owners = ownersOf(plan);
  const ownersHere = ({ cluster, subject }: { readonly cluster: string; readonly subject: Subject }): readonly string[] => owners.get(`${cluster} ${nameOf(subject)}`) ?? [];
  const answered = new Set<string>();
  const verdicts: Answer[] = [];
  for (const verdict of proof.verdicts) {
    const key = keyOf(verdict, verdict.becomes);
    answered.add(key);
    const edge = edges.get(key);
    if (verdict.admitted && apart(verdict.cluster, verdict.subject)) continue;
    verdicts.push({ identity: edge?.identity ?? ownersHere(verdict).at(-1), binding: edge?.binding, ...verdict });
  }
  for (const [key, edge] of edges) if (!answered.has(key)) verdicts.push(unasked(edge));

  const byName = new Map(definitions.map(definition => [definition.name, definition]));
  const tokens: TokenAnswer[] = [];
  for (const token of proof.tokens) {
    if (apart(token.cluster, token.subject)) continue;
    const here = ownersHere(token);
    // Several identities of one service account may share a pod: a token is of the one that names it.
    const identity = here.find(name => tokenNameOf(token, byName.get(name)) !== undefined) ?? here.at(-1);
    const own = tokenNameOf(token, byName.get(identity ?? ''));
    tokens.push(own === undefined ? { identity, ...projectedNameOf(token, projected), ...token } : { identity, token: own, ...token });
  }
  for (const { of, ...token } of loose) tokens.push({ identity: undefined, ...projectedNameOf(token, of === undefined ? projected : [of]), ...token });
  return { verdicts, tokens };
}

/** Whose it is of those that belong to no identity. A token of the Kubernetes API is nobody's. */
function projectedNameOf(token: LooseToken, projected: readonly NamedTokens[]): Pick<TokenAnswer, 'token' | 'projectedBy'> {
  for (const { name, definition } of token.audience === undefined ? [] : projected) {
    const key = tokenNameOf(token, definition);
    if (key !== undefined && definition.tokens[key]?.audience === token.audience) return { token: key, projectedBy: name };
  }
  return { token: undefined };
}

/** Where nothing is injected, the application asks by itself, and no manifest can tell. */
function unasked({ identity, binding, cluster, subject, provider, handle, claims, injection }: PlannedEdge): Answer {
  const decided = injection !== 'none';
  const reason = decided ? 'no manifest asks for it' : 'nothing is injected, so no manifest tells';
  return { identity, binding, cluster, subject, provider, becomes: handle, claims, admitted: false, decided, reason, alsoAdmits: [] };
}

function tokenNameOf({ file }: Pick<TokenReport, 'file'>, definition: Pick<WorkloadIdentityDefinition, 'tokens'> | undefined): string | undefined {
  for (const [name, { mountPath, path }] of Object.entries(definition?.tokens ?? {})) if (`${mountPath.replace(/\/$/, '')}/${path}` === file) return name;
  return undefined;
}

/** Whose service account it is, by cluster and name. */
function ownersOf(plan: Plan): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  for (const { name, injections } of plan.clusters) {
    for (const { identity, namespace, serviceAccountName } of injections) {
      const key = `${name} ${namespace}/${serviceAccountName}`;
      const list = owners.get(key);
      if (list === undefined) owners.set(key, [identity]);
      else list.push(identity);
    }
  }
  return owners;
}

function keyOf({ cluster, subject, provider }: { readonly cluster: string; readonly subject: Subject; readonly provider: string }, handle: string): string {
  return [cluster, nameOf(subject), provider, handle].join('\n');
}
