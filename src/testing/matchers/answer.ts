/** What jest and vitest give a matcher as `this`; of it only the direction matters. */
export interface MatcherContext {
  /** Whether `.not` was said. */
  readonly isNot?: boolean;
}

/** What jest and vitest take from a matcher. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What a question comes to. `neither` where it is not decided, or is true in part: then the test fails with `.not` and without. */
export type Outcome = 'yes' | 'no' | 'neither';

/** How the expectation is written, in the first line of a failure. */
interface Hint {
  readonly received: string;
  readonly matcher: string;
}

/** An answer with the lines that explain it; they are put together only when the test fails. */
export function answer(context: MatcherContext | undefined, hint: Hint, outcome: Outcome, lines: () => readonly string[]): MatcherResult {
  const isNot = context?.isNot === true;
  return {
    pass: outcome === 'neither' ? isNot : outcome === 'yes',
    message: () => [`expect(${hint.received})${isNot ? '.not' : ''}.${hint.matcher}`, '', ...lines()].join('\n'),
  };
}
