import ts from 'typescript';

/** What a name stands for, as far as the code says it: several things for a parameter. */
export type Lookup = (name: ts.Identifier) => readonly ts.Expression[];

/** What stands in a message, as far as the code says it: values that are only known when it runs are three dots. */
export function shownText(node: ts.Expression | undefined, lookup: Lookup): string {
  const shown = (each: ts.Expression): string => shownText(each, lookup);
  if (node === undefined) return '';
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map(({ expression, literal }) => (ts.isConditionalExpression(expression) ? shown(expression) : '…') + literal.text).join('');
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return shown(node.expression);
  if (ts.isConditionalExpression(node)) return either([node.whenTrue, node.whenFalse].map(shown));
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) return shown(node.left) + shown(node.right);
  if (ts.isIdentifier(node)) return either(lookup(node).map(shown)) || '…';
  return '…';
}

const either = (texts: readonly string[]): string => [...new Set(texts)].filter(text => !/^[… ]*$/.test(text)).join(' / ');
