import { Interrupted } from './io';
import { withoutTokens } from './redact';
import { isSymbolonError, type ErrorCode, type InvalidDefinitionError, type MissingFactError } from '../core/errors';
import { show } from '../core/issues';

/** How a run ends, by what ended it. */
export const EXIT = { holds: 0, findings: 1, usage: 2, undecided: 3, defect: 70 } as const;

/** The same by the code of the error. */
export const EXIT_OF: { readonly [code in ErrorCode]: number } = {
  ERR_INVALID_DEFINITION: EXIT.findings,
  ERR_INVALID_FACTS: EXIT.findings,
  ERR_MISSING_FACT: EXIT.findings,
  ERR_MISSING_PEER: EXIT.usage,
  ERR_INPUT: EXIT.usage,
  ERR_INVARIANT: EXIT.defect,
};

/** As shells have it: 128 and the number of the signal. */
const SIGNALS: { readonly [name: string]: number } = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** What ended a run before its time, in words and as an exit code. */
export interface Failure {
  readonly code: ErrorCode | 'ERR_INTERRUPTED' | 'ERR_INTERNAL';
  readonly message: string;
  readonly exit: number;
  readonly error: unknown;
}

export function failureOf(error: unknown): Failure {
  const failure = plainFailureOf(error);
  return { ...failure, message: withoutTokens(failure.message) };
}

function plainFailureOf(error: unknown): Failure {
  if (isSymbolonError(error)) return { code: error.code, message: error.message, exit: EXIT_OF[error.code], error };
  if (error instanceof Interrupted) return { code: 'ERR_INTERRUPTED', message: `${error.message}; what was there before is untouched`, exit: 128 + (SIGNALS[error.signal] ?? 0), error };
  const said = error instanceof Error ? error.stack ?? error.message : String(error);
  return { code: 'ERR_INTERNAL', message: `${said}\nThis is a defect of symbolon, please report it.`, exit: EXIT.defect, error };
}

/** What nobody waited for, and what threw after all: a timer or an event of the user's own code. */
export function lateFailureOf(error: unknown): Failure {
  const said = error instanceof Error ? error.stack ?? error.message : show(error);
  return { code: 'ERR_INPUT', message: `the file threw where nobody waits for it (a timer, an event, a promise that is not exported): ${said}`, exit: EXIT.usage, error };
}

/** What an error carries for machines. */
export function causeOf(error: unknown): { readonly issues?: unknown; readonly facts?: unknown } {
  const { issues, facts } = error as Partial<InvalidDefinitionError & MissingFactError>;
  return { ...(issues !== undefined && { issues }), ...(facts !== undefined && { facts }) };
}
