/** Three parts that look like those of a token: nothing else that people write does. */
const TOKEN_LIKE = /eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g;

/** The text with every token in it taken out: what was typed in the wrong place is not repeated on a screen or in a log. */
export function withoutTokens(text: string): string {
  return text.replace(TOKEN_LIKE, '(a token)');
}
