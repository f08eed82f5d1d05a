import { answer, type MatcherContext, type MatcherResult, type Outcome } from './answer';
import { InvalidDefinitionError } from '../../core/errors';
import { Findings } from '../../core/issues';
import { fits } from '../../core/shape';
import type { MountedToken } from '../../proof/files';
import type { PodView } from '../../proof/pods';
import { mountedTokens } from '../mounted';
import { meant, placeOf, podsOf, type ArtifactWorkload } from '../workload';

/**
 * Whether a container of the workload finds a token for this audience, that it can read: in every cluster that has the workload. With `.not`: in none.
 */
export function toHaveTokenFor(this: MatcherContext | void, received: unknown, audience: string): MatcherResult {
  const findings = new Findings();
  if (!fits(audience, 'text', 'audience', findings.report)) throw new InvalidDefinitionError('toHaveTokenFor', findings.all);
  const answers = podsOf(received as ArtifactWorkload).map(pod => answerOf(pod, audience));
  const outcomes = new Set(answers.map(({ outcome }) => outcome));
  const outcome = outcomes.size === 1 ? (answers[0] as { readonly outcome: Outcome }).outcome : 'neither';
  return answer(this ?? undefined, { received: 'workload', matcher: 'toHaveTokenFor(audience)' }, outcome, () => answers.map(({ line }) => line));
}

function answerOf(pod: PodView, audience: string): { readonly outcome: Outcome; readonly line: string } {
  const all = mountedTokens(pod);
  const wanted = all.filter(({ token }) => token.audience === audience);
  const [first] = wanted;
  const good = wanted.find(({ fault }) => fault === undefined);
  const place = placeOf(pod);
  if (good !== undefined) return { outcome: 'yes', line: `${place} has a token for ${audience} at ${good.path}, for ${good.token.expirationSeconds} s` };
  // It is there, and of no use: neither "has one" nor "has none" is what a test should be told.
  if (first !== undefined) return { outcome: 'neither', line: `${place} has a token for ${audience} at ${first.path}, and no use of it: ${String(first.fault)}` };
  return { outcome: 'no', line: `${place} has no token for ${audience}: ${listOf(all)}${suggestion(audience, all)}` };
}

/** The tokens of a pod, in words. */
export function listOf(tokens: readonly MountedToken[]): string {
  if (tokens.length === 0) return 'it has none at all';
  return `it has ${tokens.map(({ path, token }) => `one for ${token.audience ?? 'the Kubernetes API'} at ${path}`).join(', ')}`;
}

function suggestion(audience: string, tokens: readonly MountedToken[]): string {
  const close = meant(audience, tokens.flatMap(({ token }) => token.audience ?? []));
  return close === undefined ? '' : `; ${close}`;
}
