import { comparisonOf, like, type Match } from './aws-operators';
import { policyData } from './policy-text';
import { over } from '../../core/plain';
import { data, list, shown, type Data } from '../pods';

/** What is known of a request, as IAM's condition keys name it. */
export interface RequestContext {
  /** By key in lower case; a list for a key that has several values. */
  readonly known: { readonly [key: string]: string | readonly string[] };
  /** Whether such a request certainly lacks the key. What is neither known nor lacking is not to be told from here. */
  lacks(key: string): boolean;
}

/** Statements of a policy: IAM takes one or a list. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html */
export function statementsOf(policy: unknown): readonly Data[] {
  const statement = data(policyData(policy)).Statement;
  return Array.isArray(statement) ? list(statement) : [data(statement)];
}

/** A value or a list of values, as a list. */
export function valuesOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(shown);
}

/** Actions are compared without regard to case, and may hold `*` and `?`. */
export function actsOn(statement: Data, action: string): boolean {
  const not = statement.NotAction;
  if (not !== undefined) return !valuesOf(not).some(pattern => like(pattern.toLowerCase(), action.toLowerCase()));
  return valuesOf(statement.Action).some(pattern => like(pattern.toLowerCase(), action.toLowerCase()));
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly wanted: readonly string[];
}

/** One condition that does not hold, or of which it cannot be told. */
export interface Unmet extends Condition {
  readonly got: string | undefined;
}

/** Conditions of a statement, by what comes of them. All operators and all keys have to hold; of several values, one. */
export interface Outcome {
  readonly unmet: readonly Unmet[];
  readonly undecided: readonly Unmet[];
}

export function outcomeOf(statement: Data, context: RequestContext): Outcome {
  const unmet: Unmet[] = [];
  const undecided: Unmet[] = [];
  for (const condition of conditionsOf(statement)) {
    const known = context.known[condition.key.toLowerCase()];
    const held = holds(condition, context);
    if (held === true) continue;
    (held === false ? unmet : undecided).push(over(condition, { got: known === undefined ? undefined : valuesOf(known).join(', ') }));
  }
  return { unmet, undecided };
}

/** Every condition of a statement. */
export function conditionsOf(statement: Data): readonly Condition[] {
  const conditions: Condition[] = [];
  const blocks = data(statement.Condition);
  for (const operator of Object.keys(blocks)) {
    const block = data(blocks[operator]);
    for (const key of Object.keys(block)) conditions.push({ operator, key, wanted: valuesOf(block[key]) });
  }
  return conditions;
}

/** Does a condition hold? Undefined where that cannot be told. */
export function holds({ operator, key, wanted }: Condition, context: RequestContext): boolean | undefined {
  const got = context.known[key.toLowerCase()];
  // By far the most frequent one.
  if (operator === 'StringEquals' && typeof got === 'string' && wanted.includes(got)) return true;
  if (got === undefined && !context.lacks(key)) return undefined;
  const comparison = comparisonOf(operator);
  if (comparison.name === 'null') return comparison.match(wanted, shown(got === undefined));
  if (got === undefined) return comparison.withoutKey;
  // A policy variable stands for something that only IAM knows.
  if (wanted.some(value => value.includes('${'))) return undefined;
  if (comparison.set === undefined) return typeof got === 'string' ? comparison.match(wanted, got) : undefined;
  return ofSet(comparison.set, comparison.match, wanted, valuesOf(got));
}

function ofSet(set: 'all' | 'any', match: Match, wanted: readonly string[], got: readonly string[]): boolean | undefined {
  const each = got.map(value => match(wanted, value));
  if (each.includes(undefined)) return undefined;
  return set === 'all' ? !each.includes(false) : each.includes(true);
}

/** What a policy of permissions says, statement by statement. */
export function permissionsIn(policy: unknown): readonly string[] {
  return statementsOf(policy).map(({ Effect, Action, NotAction, Resource, NotResource, Condition }) => {
    const what = NotAction === undefined ? valuesOf(Action).join(', ') : `everything but ${valuesOf(NotAction).join(', ')}`;
    const where = NotResource === undefined ? valuesOf(Resource).join(', ') : `everything but ${valuesOf(NotResource).join(', ')}`;
    return `${shown(Effect)} ${what} on ${where}${Condition === undefined ? '' : ` where ${JSON.stringify(Condition)}`}`;
  });
}
