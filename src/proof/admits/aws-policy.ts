import { over } from '../../core/plain';
import { data, list, type Data } from '../pods';

/** The claims of a token, as condition keys name them. */
export interface ConditionKeys {
  readonly [key: string]: string;
}

/** Statements of a policy: IAM takes one or a list. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html */
export function statementsOf(policy: unknown): readonly Data[] {
  const parsed: unknown = typeof policy === 'string' ? JSON.parse(policy) : policy;
  const statement = data(parsed).Statement;
  return Array.isArray(statement) ? list(statement) : [data(statement)];
}

/** A value or a list of values, as a list. */
export function valuesOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);
}

/** Actions are compared without regard to case, and may hold `*` and `?`. */
export function actsOn(statement: Data, action: string): boolean {
  const not = statement.NotAction;
  if (not !== undefined) return !valuesOf(not).some(pattern => like(pattern.toLowerCase(), action.toLowerCase()));
  return valuesOf(statement.Action).some(pattern => like(pattern.toLowerCase(), action.toLowerCase()));
}

/** One condition that does not hold, or that the claims say nothing about. */
export interface Unmet {
  readonly operator: string;
  readonly key: string;
  readonly wanted: readonly string[];
  readonly got: string | undefined;
}

const OPERATORS: { readonly [operator: string]: (wanted: string, got: string) => boolean } = {
  stringequals: (wanted, got) => wanted === got,
  stringequalsignorecase: (wanted, got) => wanted.toLowerCase() === got.toLowerCase(),
  stringlike: like,
};

/** The conditions of a statement that the keys do not meet. All operators and all keys have to hold; of several values, one. */
export function unmetConditions(statement: Data, keys: ConditionKeys): readonly Unmet[] {
  const unmet: Unmet[] = [];
  for (const condition of conditionsOf(statement)) {
    const got = keys[condition.key.toLowerCase()];
    if (!holds(condition.operator, condition.wanted, got)) unmet.push(over(condition, { got }));
  }
  return unmet;
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

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly wanted: readonly string[];
}

/** Does a condition hold for this value? */
export function holds(operator: string, wanted: readonly string[], got: string | undefined): boolean {
  // By far the most frequent one, and the only one that Symbolon writes.
  if (operator === 'StringEquals') return got !== undefined && wanted.includes(got);
  const [, , name = '', ifExists] = /^(forallvalues:|foranyvalue:)?(\w+?)(ifexists)?$/.exec(operator.toLowerCase()) ?? [];
  if (got === undefined) return ifExists !== undefined;
  const negated = name.startsWith('stringnot');
  const compare = OPERATORS[negated ? name.replace('stringnot', 'string') : name];
  // What is not understood is taken not to hold: a proof must not guess in favour of anybody.
  if (compare === undefined) return false;
  return negated ? !wanted.some(value => compare(value, got)) : wanted.some(value => compare(value, got));
}

/** True where the operator reads `*` and `?` in a value as wildcards. */
export function readsWildcards(operator: string): boolean {
  return /like/i.test(operator);
}

function like(pattern: string, value: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === value;
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(value);
}
