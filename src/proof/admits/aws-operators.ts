/** Whether one of the wanted values is met; undefined where the operator is not understood. */
export type Match = (wanted: readonly string[], got: string) => boolean | undefined;

/** A condition operator of IAM. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export interface Comparison {
  readonly name: string;
  readonly set: 'all' | 'any' | undefined;
  readonly match: Match;
  /** What it says of a request that lacks the key. */
  readonly withoutKey: boolean;
  /** Whether the values are those that are let in, and no others: neither negated, nor met by the lack of the key. */
  readonly pins: boolean;
  readonly readsWildcards: boolean;
}

const EQUALS: { readonly [name: string]: (wanted: string, got: string) => boolean } = {
  stringequals: (wanted, got) => wanted === got,
  stringequalsignorecase: (wanted, got) => wanted.toLowerCase() === got.toLowerCase(),
  stringlike: like,
  // For ARNs the two are one, and take wildcards in each part.
  arnequals: arnLike,
  arnlike: arnLike,
  null: (wanted, got) => wanted.toLowerCase() === got,
};

export function comparisonOf(operator: string): Comparison {
  const [, prefix, name = '', ifExists] = /^(forallvalues:|foranyvalue:)?(\w+?)(ifexists)?$/.exec(operator.toLowerCase()) ?? [];
  const negated = /^(string|arn)not/.test(name);
  const positive = name.replace(/^(string|arn)not/, '$1');
  const equals = EQUALS[positive];
  const set = prefix === undefined ? undefined : prefix.startsWith('forall') ? 'all' : 'any';
  const withoutKey = ifExists !== undefined || set === 'all' || (negated && set !== 'any');
  return {
    name,
    set,
    match: (wanted, got) => {
      if (equals === undefined) return undefined;
      const some = wanted.some(value => equals(value, got));
      return negated ? !some : some;
    },
    withoutKey,
    pins: equals !== undefined && name !== 'null' && !negated && !withoutKey,
    readsWildcards: /like|^arn/.test(name),
  };
}

function arnLike(wanted: string, got: string): boolean {
  const [patterns, parts] = [partsOf(wanted), partsOf(got)];
  return patterns.length === parts.length && patterns.every((pattern, i) => like(pattern, parts[i] ?? ''));
}

/** The five parts before the resource, and the resource with all its colons. */
function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** `*` is any text, `?` any character. */
export function like(pattern: string, value: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === value;
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(value);
}
