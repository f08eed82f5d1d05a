import type { VerifyResult } from './verify';
import type { Paint } from '../colour';
import { counted, countedBy, linesOf } from '../findings/text';
import { updateLine } from '../lock/lock';

/** Everything that is found, each with its place and what to do, and what was looked at. */
export function textOf(result: VerifyResult, paint: Paint): string {
  const { findings, verdicts, files, lock } = result;
  const admitted = verdicts.filter(verdict => verdict.admitted);
  return [
    ...admitted.map(({ cluster, workload, provider, becomes, reason, alsoAdmits }) => `${paint('good', 'admitted')}: ${workload} in ${cluster} becomes ${becomes} (${provider}): ${reason}${alsoAdmits.length === 0 ? '' : `; also ${alsoAdmits.join('; ')}`}`),
    ...linesOf(result, paint),
    ...(lock === undefined ? [] : updateLine(lock)),
    `${counted(files, 'file')}, ${counted(verdicts.length, 'verdict')}: ${countedBy(['error', 'undecided', 'warning'], findings)}`,
  ].map(line => `${line}\n`).join('');
}
