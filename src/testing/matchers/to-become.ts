import { answer, type MatcherContext, type MatcherResult, type Outcome } from './answer';
import { handlesOf, unknownIdentity } from './identities';
import type { PodView } from '../../proof/pods';
import { prove } from '../../proof/prove';
import type { Proof, Verdict } from '../../proof/verdict';
import { placeOf, podsOf, type ArtifactWorkload } from '../workload';

/** One cluster's answer. */
interface Answer {
  readonly outcome: Outcome;
  readonly lines: readonly string[];
}

/**
 * Whether the workload becomes the cloud identity, as its manifests and the trust are: in every cluster that has it. With
 * `.not`: in none, and no other pod of its service account does either, since no cloud tells those two apart.
 */
export function toBecome(this: MatcherContext | void, received: unknown, identity: string): MatcherResult {
  const asked = received as ArtifactWorkload;
  const pods = podsOf(asked);
  const proof = prove(asked.artifacts);
  const known = handlesOf(asked.artifacts, proof);
  if (!known.includes(identity)) throw unknownIdentity(identity, known);
  const answers = pods.map(pod => answerOf(pod, identity, proof));
  const outcomes = new Set(answers.map(({ outcome }) => outcome));
  const outcome = outcomes.size === 1 ? (answers[0] as Answer).outcome : 'neither';
  return answer(this ?? undefined, { received: 'workload', matcher: 'toBecome(identity)' }, outcome, () => answers.flatMap(({ lines }) => lines));
}

function answerOf(pod: PodView, identity: string, { verdicts }: Proof): Answer {
  const here = verdicts.filter(({ cluster }) => cluster === pod.cluster.name);
  const own = here.filter(({ workload }) => workload === pod.workload);
  const wanted = own.filter(({ becomes }) => becomes === identity);
  const place = placeOf(pod);
  const told = wanted.flatMap(verdict => toldOf(verdict, place));
  const instead = own.filter(({ becomes }) => becomes !== identity).map(insteadOf);
  if (wanted.some(({ decided }) => !decided)) return { outcome: 'neither', lines: [...told, '  give the artifacts what is missing: neither this expectation nor its opposite is proven'] };
  if (wanted.some(({ admitted }) => admitted)) {
    // Of several containers one may be let in, and another not.
    return { outcome: wanted.every(({ admitted }) => admitted) ? 'yes' : 'neither', lines: told };
  }
  const lines = wanted.length > 0 ? [...told, ...instead] : [`${place} does not become ${identity}: it does not ask for it`, ...(instead.length > 0 ? instead : ['  it asks for no cloud identity at all'])];
  const twin = here.find(({ becomes, admitted, subject }) =>
    becomes === identity && admitted && subject.namespace === pod.namespace && subject.serviceAccount === pod.serviceAccount);
  if (twin === undefined) return { outcome: 'no', lines };
  return { outcome: 'neither', lines: [...lines, `  but its service account ${pod.namespace}/${pod.serviceAccount} is let in, as ${twin.workload} is: whoever writes its pods becomes it`] };
}

function toldOf({ becomes, provider, admitted, decided, reason, by, claims: { issuer, subject, audience } }: Verdict, place: string): readonly string[] {
  const head = decided ? `${place} ${admitted ? 'becomes' : 'does not become'} ${becomes}` : `cannot decide whether ${place} becomes ${becomes}`;
  return [
    `${head} (${provider}): ${reason}`,
    `  its token: iss ${issuer ?? '(not known)'}, sub ${subject}, aud ${audience === '' ? '(none)' : audience}`,
    ...(by === undefined ? [] : [`  ${admitted ? 'let in by' : 'asked of'}: ${by}`]),
  ];
}

function insteadOf({ becomes, provider, admitted, decided, reason }: Verdict): string {
  return admitted ? `  instead it becomes ${becomes} (${provider})` : `  instead it asks for ${becomes} (${provider}), and is ${decided ? 'refused' : 'not decided'}: ${reason}`;
}
