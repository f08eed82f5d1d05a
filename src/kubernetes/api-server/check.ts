import type { TakenBy } from './check-audiences';
import { BOOLEANS, checkGates } from './check-gates';
import { checkIssuers } from './check-issuers';
import { checkLifetimes } from './check-lifetimes';
import { checkSigning } from './check-signing';
import type { Flags } from './flags';
import type { ApiServerFlags } from './input';
import { readFlags } from './read-flags';
import { Findings, complain, type Issue, type Report } from '../../core/issues';

type Rule = (flags: Flags, report: Report, takenBy: TakenBy) => void;

const RULES: readonly Rule[] = [checkGates, checkIssuers, checkLifetimes, checkSigning, checkSwitches, checkRepeated];

/** Every finding about the flags, in the order of the rules. */
export function check(flags: ApiServerFlags, takenBy: TakenBy): readonly Issue[] {
  const findings = new Findings();
  const read = readFlags(flags, findings.report);
  if (read !== undefined) for (const rule of RULES) rule(read, findings.report, takenBy);
  return findings.all;
}

function checkSwitches(flags: Flags, report: Report): void {
  for (const name of ['service-account-extend-token-expiration', 'service-account-lookup']) {
    const given = flags.last(name);
    if (given !== undefined && !BOOLEANS.has(given.value)) complain(report, 'api-server/switch', given.path, { expected: 'true or false', got: given.value, fix: 'the server does not start with anything else' });
  }
  const lookup = flags.last('service-account-lookup');
  if (lookup !== undefined && BOOLEANS.get(lookup.value) === false) {
    complain(report, 'api-server/lookup', lookup.path, { expected: 'service-account-lookup to stay true', got: lookup.value, severity: 'warning', fix: 'tokens of deleted pods, secrets and service accounts would be taken until they end: leave it out' });
  }
}

/** Flags with one value, of which the last one wins without a word. */
const SINGLE = [
  'service-account-signing-key-file', 'service-account-signing-endpoint', 'service-account-jwks-uri',
  'service-account-max-token-expiration', 'service-account-extend-token-expiration', 'service-account-lookup',
];

function checkRepeated(flags: Flags, report: Report): void {
  for (const name of SINGLE) {
    for (const { value, path } of flags.all(name).slice(0, -1)) {
      complain(report, 'api-server/repeated', path, { expected: `${name} once`, got: value, severity: 'warning', fix: 'the last one wins, and this one counts for nothing: remove it' });
    }
  }
}
