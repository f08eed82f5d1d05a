import { policyData } from './policy-text';
import { data, list, shown, type Data } from '../pods';

/** The claims of a token, as RAM's condition keys name them: `oidc:iss`, whichever the provider is. */
export interface RamKeys {
  readonly [key: string]: string;
}

/** A condition of a statement: one of the values has to match. */
export interface RamCondition {
  readonly operator: string;
  readonly key: string;
  readonly wanted: readonly string[];
}

/** Statements of a policy. https://www.alibabacloud.com/help/en/ram/user-guide/policy-structure-and-syntax */
export function ramStatements(policy: unknown): readonly Data[] {
  const statement = data(policyData(policy)).Statement;
  return Array.isArray(statement) ? list(statement) : [data(statement)];
}

/** A value or a list of values, as a list. */
export function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(shown);
}

export function allowsAction(statement: Data, action: string): boolean {
  return textsOf(statement.Action).some(pattern => like(pattern.toLowerCase(), action.toLowerCase()));
}

export function ramConditions(statement: Data): readonly RamCondition[] {
  return Object.entries(data(statement.Condition)).flatMap(([operator, block]) =>
    Object.entries(data(block)).map(([key, value]) => ({ operator, key, wanted: textsOf(value) })));
}

const OPERATORS: { readonly [operator: string]: (wanted: string, got: string) => boolean } = {
  StringEquals: (wanted, got) => wanted === got,
  StringEqualsIgnoreCase: (wanted, got) => wanted.toLowerCase() === got.toLowerCase(),
  StringLike: like,
};

/** Does the condition hold? What is not understood is taken not to: a proof must not guess in favour of anybody. */
export function meets({ operator, key, wanted }: RamCondition, keys: RamKeys): boolean {
  const got = keys[key.toLowerCase()];
  const negated = operator.startsWith('StringNot');
  const compare = OPERATORS[negated ? operator.replace('StringNot', 'String') : operator];
  if (got === undefined || compare === undefined) return false;
  return wanted.some(value => compare(value, got)) !== negated;
}

/** Whether it is an operator that is known, and wants a value to be there. */
export function isPositive(operator: string): boolean {
  return Object.hasOwn(OPERATORS, operator);
}

/** True where the operator pins the key to the values that it lists, and to nothing else. */
export function pins({ operator, wanted }: RamCondition): boolean {
  return operator === 'StringEquals' || (operator === 'StringLike' && !wanted.some(value => /[*?]/.test(value)));
}

function like(pattern: string, value: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(value);
}
