import type { IConstruct } from 'constructs';
import { isSymbolonError } from '../core/errors';

/** Does the step; an error that it throws says first which construct it is about. */
export function located<T>(construct: IConstruct, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (isSymbolonError(error)) error.message = `${construct.node.path}: ${error.message}`;
    throw error;
  }
}
