import { isSymbolonError } from '../core/errors';

/**
 * What is done when values arrive, and can fail then. Of an error that says what is wrong, only that is left: frames of its stack
 * are Pulumi's, and named as its source maps name them, `node_modules/@pulumi/output.ts`, Node.js 20.20 never finishes printing
 * them in colour: the program would hang instead of failing.
 */
export function whenKnown<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && isSymbolonError(error)) error.stack = `${error.name}: ${error.message}`;
    throw error;
  }
}
