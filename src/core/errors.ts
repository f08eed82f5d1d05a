import type { Issue } from './issues';

const BRAND = Symbol.for('symbolon.Error');

/**
 * The base of every error that Symbolon throws on purpose. Ask by `code` or by {@link isSymbolonError}, never by
 * `instanceof`: two copies of the package may live in one dependency tree.
 */
export abstract class SymbolonError extends Error {
  /** Stable: part of the public interface. */
  abstract readonly code: ErrorCode;
}
Object.defineProperty(SymbolonError.prototype, BRAND, { value: true });

/** Every code that a {@link SymbolonError} can carry. */
export type ErrorCode =
  | 'ERR_INVALID_DEFINITION'
  | 'ERR_INVALID_FACTS'
  | 'ERR_MISSING_FACT'
  | 'ERR_MISSING_PEER'
  | 'ERR_INPUT'
  | 'ERR_INVARIANT';

/** A definition, or several that do not go together, broke rules: all of them are in `issues`, thrown once. */
export class InvalidDefinitionError extends SymbolonError {
  readonly code = 'ERR_INVALID_DEFINITION';
  override readonly name = 'InvalidDefinitionError';

  /**
   * @param what  what was defined, as its author calls it: `workload identity "checkout"`
   * @param issues  everything that was found, errors and warnings
   */
  constructor(readonly what: string, readonly issues: readonly Issue[]) {
    super(`${what}: ${countOf(issues)}\n${issues.map(line).join('\n')}`);
  }
}

/** A facts file, or facts given in code, cannot be used. */
export class InvalidFactsError extends SymbolonError {
  readonly code = 'ERR_INVALID_FACTS';
  override readonly name = 'InvalidFactsError';

  constructor(readonly issues: readonly Issue[]) {
    super(`facts: ${countOf(issues)}\n${issues.map(line).join('\n')}`);
  }
}

/** A value that only the environment knows, and that nobody gave. */
export interface MissingFact {
  /** In the user's words: `trustedBy.azure.clientId of "checkout"`. */
  readonly name: string;
  /** Where it stands in a facts file, key by key. */
  readonly at: readonly string[];
  /** Who makes the value and how to get it. */
  readonly how: string;
}

/** Facts are missing: all of them are in `facts`, thrown once. */
export class MissingFactError extends SymbolonError {
  readonly code = 'ERR_MISSING_FACT';
  override readonly name = 'MissingFactError';

  constructor(readonly facts: readonly MissingFact[]) {
    super(facts.map(fact => `${fact.name} ${fact.how} (in a facts file: ${fact.at.join('.')})`).join('\n'));
  }
}

/** An optional package that the definition needs is not installed. */
export class MissingPeerError extends SymbolonError {
  readonly code = 'ERR_MISSING_PEER';
  override readonly name = 'MissingPeerError';

  /**
   * @param peer  the package to install, with its range
   * @param why  what needs it
   */
  constructor(readonly peer: string, readonly why: string, options?: { readonly cause?: unknown }) {
    super(`${why} needs the package ${peer}, which is not installed; run: npm install "${peer}"`, options);
  }
}

/** What was handed in (a file, an argument, an export) cannot be read. */
export class InputError extends SymbolonError {
  readonly code = 'ERR_INPUT';
  override readonly name = 'InputError';
}

/** Symbolon contradicts itself. Not the user's fault: please report it. */
export class InvariantError extends SymbolonError {
  readonly code = 'ERR_INVARIANT';
  override readonly name = 'InvariantError';

  constructor(what: string) {
    super(`${what}; this is a defect of symbolon, please report it`);
  }
}

/** True for every error that this package, or another copy of it, threw on purpose. */
export function isSymbolonError(error: unknown): error is SymbolonError {
  return typeof error === 'object' && error !== null && (error as Record<symbol, unknown>)[BRAND] === true;
}

function countOf(issues: readonly Issue[]): string {
  const errors = issues.filter(issue => issue.severity === 'error').length;
  return errors === 1 ? '1 error' : `${errors} errors`;
}

function line(issue: Issue): string {
  return `  ${issue.severity === 'warning' ? 'warning ' : ''}${issue.message} [${issue.code}]`;
}
