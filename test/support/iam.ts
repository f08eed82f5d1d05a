/** What IAM would answer to one request, by one policy: as much of its rules as the policies for add-ons use, and an error for the rest. */
import type { AwsPolicyDocument, AwsPolicyStatement } from 'symbolon';

export interface Request {
  readonly action: string;
  /** The ARN of what is acted on; `*` for actions without a resource. */
  readonly resource: string;
  /** Condition keys, several values as a list. */
  readonly context?: { readonly [key: string]: string | readonly string[] };
}

export function allowed({ Statement }: AwsPolicyDocument, request: Request): boolean {
  const hits = Statement.filter(statement => matches(statement, request));
  return hits.some(({ Effect }) => Effect === 'Allow') && !hits.some(({ Effect }) => Effect === 'Deny');
}

function matches({ Action = [], Resource = [], Condition = {} }: AwsPolicyStatement, { action, resource, context = {} }: Request): boolean {
  const acts = [Action].flat().some(pattern => glob(pattern.toLowerCase(), action.toLowerCase()));
  const there = [Resource].flat().some(pattern => pattern === '*' || glob(pattern, resource));
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => holds(operator, [wanted].flat(), context[key])));
  return acts && there && !conditions.includes(false);
}

function holds(operator: string, wanted: readonly string[], got: string | readonly string[] | undefined): boolean {
  const one = (match: (pattern: string, value: string) => boolean) => (value: string): boolean => wanted.some(pattern => match(pattern, value));
  const same = (pattern: string, value: string): boolean => pattern === value;
  const values = got === undefined ? [] : [got].flat();
  switch (operator) {
    case 'Null': return wanted[0] === String(got === undefined);
    case 'StringEquals': case 'Bool': case 'ArnEquals': return got !== undefined && values.every(one(same));
    case 'StringLike': return got !== undefined && values.every(one(glob));
    case 'StringEqualsIfExists': case 'ForAllValues:StringEquals': return values.every(one(same));
    case 'ForAllValues:StringLike': return values.every(one(glob));
    default: throw new TypeError(`nobody has said what ${operator} means`);
  }
}

function glob(pattern: string, value: string): boolean {
  return new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(value);
}
