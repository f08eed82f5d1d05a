/** What names stand for in an expression: texts, lists of texts, and maps of these. */
export interface CelScope {
  readonly [name: string]: CelValue;
}

type CelValue = string | boolean | readonly string[] | CelScope;

/** An expression that is not understood is neither true nor false. */
class NotUnderstood extends Error {}

/** Nobody writes more brackets and negations into each other; what a provider takes is 4096 characters long. */
const MAX_DEPTH = 100;

const TOKEN = /\s*("[^"\\]*"|'[^'\\]*'|[A-Za-z_]\w*|&&|\|\||==|!=|[()[\].,+!])/y;

/**
 * The value of a CEL expression, as far as conditions of workload identity providers are mostly written: texts, `+`,
 * `==`, `!=`, `in` a list, `startsWith`, `endsWith`, `contains`, `!`, `&&`, `||` and brackets. Undefined for all others: the proof does not guess.
 * https://cloud.google.com/iam/docs/workload-identity-federation#conditions
 */
export function evaluate(expression: string, scope: CelScope): string | boolean | undefined {
  const tokens = tokensOf(expression);
  if (tokens === undefined) return undefined;
  try {
    const reader = new Reader(tokens, scope);
    const value = reader.or();
    return reader.isAtEnd && (typeof value === 'string' || typeof value === 'boolean') ? value : undefined;
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

function tokensOf(expression: string): readonly string[] | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = expression.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(expression);
    if (match === null) return undefined;
    tokens.push(match[1] as string);
  }
  return tokens;
}

const METHODS: { readonly [name: string]: (text: string, part: string) => boolean } = {
  startsWith: (text, part) => text.startsWith(part),
  endsWith: (text, part) => text.endsWith(part),
  contains: (text, part) => text.includes(part),
};

/** Reads by descent, and computes as it goes: every part is read, so that one which is not understood is never passed over. */
class Reader {
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly string[], private readonly scope: CelScope) {}

  get isAtEnd(): boolean {
    return this.at === this.tokens.length;
  }

  or(): CelValue {
    let value = this.and();
    while (this.take('||')) {
      const other = asTruth(this.and());
      value = asTruth(value) || other;
    }
    return value;
  }

  private and(): CelValue {
    let value = this.relation();
    while (this.take('&&')) {
      const other = asTruth(this.relation());
      value = asTruth(value) && other;
    }
    return value;
  }

  private relation(): CelValue {
    const value = this.sum();
    if (this.take('==')) return asText(value) === asText(this.sum());
    if (this.take('!=')) return asText(value) !== asText(this.sum());
    if (!this.take('in')) return value;
    const list = this.sum();
    if (!Array.isArray(list)) throw new NotUnderstood();
    return (list as readonly string[]).includes(asText(value));
  }

  private sum(): CelValue {
    let value = this.member();
    while (this.take('+')) value = asText(value) + asText(this.member());
    return value;
  }

  private member(): CelValue {
    if (++this.depth > MAX_DEPTH) throw new NotUnderstood();
    const value = this.take('!') ? !asTruth(this.member()) : this.selection();
    this.depth--;
    return value;
  }

  private selection(): CelValue {
    let value = this.primary();
    for (;;) {
      if (this.take('.')) {
        const name = this.next();
        value = this.take('(') ? this.call(asText(value), name) : field(value, name);
      } else if (this.take('[')) {
        value = field(value, asText(this.sum()));
        this.expect(']');
      } else {
        return value;
      }
    }
  }

  private call(of: string, name: string): boolean {
    const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
    const part = asText(this.sum());
    this.expect(')');
    if (method === undefined) throw new NotUnderstood();
    return method(of, part);
  }

  private primary(): CelValue {
    const token = this.next();
    if (/^["']/.test(token)) return token.slice(1, -1);
    if (token === '[') return this.list();
    if (token !== '(') return field(this.scope, token);
    const value = this.or();
    this.expect(')');
    return value;
  }

  private list(): readonly string[] {
    const items: string[] = [];
    while (!this.take(']')) {
      if (items.length > 0) this.expect(',');
      items.push(asText(this.sum()));
    }
    return items;
  }

  private next(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new NotUnderstood();
    return token;
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) throw new NotUnderstood();
  }
}

function asText(value: CelValue): string {
  if (typeof value !== 'string') throw new NotUnderstood();
  return value;
}

function asTruth(value: CelValue): boolean {
  if (typeof value !== 'boolean') throw new NotUnderstood();
  return value;
}

function field(value: CelValue, name: string): CelValue {
  if (typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(value, name)) throw new NotUnderstood();
  return (value as CelScope)[name] as CelValue;
}
