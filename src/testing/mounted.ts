import type { MountedToken } from '../proof/files';
import type { PodView } from '../proof/pods';
import { asMade, tokensIn } from '../proof/run';

/** The tokens that containers of the pod find, those that webhooks mount among them, as the proof sees them. */
export function mountedTokens(pod: PodView): readonly MountedToken[] {
  return tokensIn(asMade(pod));
}
