/** Texts, comments and operators, the longest first: what a bracket or an equals sign within one of them means is its own business. */
const PARTS = /[rR]?("""[\s\S]*?"""|'''[\s\S]*?''')|"""|'''|[rR]("[^"\n]*"|'[^'\n]*')|"(\\.|[^"\\\n])*"|'(\\.|[^'\\\n])*'|\/\/[^\n]*|==|!=|<=|>=|["'()[\]{}=]/g;

const CLOSES: { readonly [open: string]: string } = { '(': ')', '[': ']', '{': '}' };

/**
 * What keeps the text from being an expression of CEL, in words; undefined where nothing was found. It knows texts, brackets and the
 * operator that there is not, and leaves the rest to who evaluates it. https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax
 */
export function celFaultOf(expression: string): string | undefined {
  const open: string[] = [];
  for (const [part] of expression.matchAll(PARTS)) {
    if (part === '=') return '= by itself, where CEL compares by ==';
    if (['"', '\'', '"""', '\'\'\''].includes(part)) return `a text that is not closed (${part})`;
    if (Object.hasOwn(CLOSES, part)) open.push(part);
    else if (/^[)\]}]$/.test(part) && CLOSES[open.pop() ?? ''] !== part) return `${part} that closes nothing`;
  }
  return open.length === 0 ? undefined : `${String(open.pop())} that is not closed`;
}
