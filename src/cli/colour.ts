import type { Io } from './io';

/** What colours are for. */
export type Tone = 'good' | 'bad' | 'warn' | 'quiet' | 'strong';

const CODES: { readonly [tone in Tone]: readonly [number, number] } = {
  good: [32, 39],
  bad: [31, 39],
  warn: [33, 39],
  quiet: [2, 22],
  strong: [1, 22],
};

/** Colours a text, or leaves it as it is. */
export type Paint = (tone: Tone, text: string) => string;

/** Colours for a terminal, unless they are unwanted there. https://no-color.org */
export function paintFor({ isTTY, env }: Pick<Io, 'isTTY' | 'env'>): Paint {
  const wanted = isTTY && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
  return (tone, text) => (wanted ? `\u001b[${CODES[tone][0]}m${text}\u001b[${CODES[tone][1]}m` : text);
}
