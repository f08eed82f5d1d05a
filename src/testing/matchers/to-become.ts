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
  const admitted = wanted.find(verdict => verdict.admitted);
  if (admitted !== undefined) return { outcome: 'yes', lines: [`${place} becomes ${identity} (${admitted.provider}): ${admitted.reason}`, ...claimsOf(admitted), ...(admitted.by === undefined ? [] : [`  let in by: ${admitted.by}`])] };
  const open = wanted.find(({ decided }) => !decided);
  if (open !== undefined) return { outcome: 'neither', lines: [`cannot decide whether ${place} becomes ${identity} (${open.provider}): ${open.reason}`, ...claimsOf(open), '  give the artifacts what is missing: neither this expectation nor its opposite is proven'] };
  const twin = here.find(other => other.becomes === identity && other.admitted && other.subject.namespace === pod.namespace && other.subject.serviceAccount === pod.serviceAccount);
  const instead = own.filter(({ becomes }) => becomes !== identity).map(other => `  instead it ${other.admitted ? `becomes ${other.becomes} (${other.provider})` : `asks for ${other.becomes} (${other.provider}), and is ${other.decided ? 'refused' : 'not decided'}: ${other.reason}`}`);
  const [refused] = wanted;
  if (refused !== undefined) return { outcome: 'no', lines: [`${place} does not become ${identity} (${refused.provider}): ${refused.reason}`, ...claimsOf(refused), ...instead] };
  if (twin !== undefined) {
    return { outcome: 'neither', lines: [`${place} does not ask to become ${identity}, but its service account ${pod.namespace}/${pod.serviceAccount} is let in, as ${twin.workload} is: whoever writes its pods becomes it`, ...instead] };
  }
  return { outcome: 'no', lines: [`${place} does not become ${identity}: it does not ask for it`, ...(instead.length > 0 ? instead : ['  it asks for no cloud identity at all'])] };
}

function claimsOf({ claims: { issuer, subject, audience } }: Verdict): readonly string[] {
  return [`  its token: iss ${issuer ?? '(not known)'}, sub ${subject}, aud ${audience === '' ? '(none)' : audience}`];
}
