import type { ValueOrFact } from './binding';
import type { EdgeFacts } from './provider';
import type { Deferrable } from '../core/deferred';

/** The value itself, or the fact that is to give it. `what` says what it is: "is the ARN of a managed policy". */
export function late(value: ValueOrFact, facts: EdgeFacts, what: string): Deferrable<string> {
  return typeof value === 'string' ? value : facts.binding(value.fact, `${what}; give it as a fact`);
}

/** Stands for a value in the id of a document: the text itself, or the name of the fact. */
export function idOf(value: ValueOrFact): string {
  return typeof value === 'string' ? value : value.fact;
}
