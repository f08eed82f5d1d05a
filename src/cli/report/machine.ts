import { causeOf, type Failure } from '../failure';
import { plainOf } from '../findings/placed';
import type { SynthResult } from '../synth';

/** The version of the document that `--json` prints. It changes when a field changes its meaning or goes away. */
const VERSION = 1;

/** What `--json` prints when the proof could be made, whether it holds or not. */
export function resultDocument({ holds, answers, strangers, accepted, warnings, lock, out, files }: SynthResult): object {
  const { verdicts, tokens } = answers;
  const locked = lock === undefined ? {} : { lock: { ...lock, findings: lock.findings.map(plainOf) } };
  return { version: VERSION, ok: holds, verdicts, tokens, strangers, accepted, warnings, ...locked, out, files };
}

/** What `--json` prints when there is nothing to prove. */
export function failureDocument(failure: Failure): object {
  const { code, message, error } = failure;
  const nothing = { verdicts: [], tokens: [], strangers: [], accepted: [], warnings: [], files: [] };
  return { version: VERSION, ok: false, error: { code, message, ...causeOf(error) }, ...nothing };
}
