import type { AdmittedNamespace, TokenAllowance } from './input';
import { byText } from '../../core/names';

/** More than that is cut: whoever reads a message looks for one name. */
const MAX_CHARACTERS = 1000;

/** Plain data as CEL, whose literals are those of JSON. */
export function literal(value: unknown): string {
  return JSON.stringify(value);
}

/** In one order, whatever the order of the definitions. */
export function lifetimesOf(allowance: TokenAllowance): TokenAllowance {
  return Object.fromEntries(Object.entries(allowance).sort(([a], [b]) => byText(a, b)));
}

/** `sts.amazonaws.com (at most 86400 s), the Kubernetes API (at most 3607 s)`. */
export function allowanceText(allowance: TokenAllowance): string {
  const entries = Object.entries(lifetimesOf(allowance));
  if (entries.length === 0) return 'nobody: it has no tokens';
  return listed(entries.map(([audience, seconds]) => `${audience === '' ? 'the Kubernetes API' : audience} (at most ${seconds} s)`));
}

/** `pods of the namespace shop run as checkout, reports`. */
export function accountsText(namespace: string, accounts: AdmittedNamespace['accounts']): string {
  return `in the namespace ${namespace} only these service accounts have pods and tokens: ${listed([...accounts.keys()].sort(byText))}`;
}

function listed(words: readonly string[]): string {
  const shown: string[] = [];
  let length = 0;
  for (const word of words) {
    length += word.length + 2;
    if (length > MAX_CHARACTERS && shown.length > 0) return `${shown.join(', ')} and ${words.length - shown.length} more`;
    shown.push(word);
  }
  return shown.join(', ');
}
