/** Everything that the command line touches besides files, so that it can run inside a test. */
export interface Io {
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** Whether a person is reading along on a terminal. */
  readonly isTTY: boolean;
  /** Where somebody watches who wants to see how far long work is: stderr, where that is a terminal. @default nobody does */
  readonly progress?: Sink;
  readonly env: { readonly [name: string]: string | undefined };
  /** Relative paths start here. */
  readonly cwd: string;
  /** Calls `stop` when the process is asked to end, instead of ending it; gives a function that puts an end to that. */
  onInterrupt?(stop: (signal: string) => void): () => void;
}

export interface Sink {
  write(text: string): unknown;
}

/** Somebody wanted the process to stop while it wrote. What was there before is untouched. */
export class Interrupted extends Error {
  constructor(readonly signal: string) {
    super(`interrupted by ${signal}`);
  }
}
