import type { Io } from './io';

/** Says how far long work is, in one line that the next one replaces. Says nothing to pipes and files. */
export interface Progress {
  /** @param many  how many things are at hand: of few, nothing is said before the work has taken a while */
  say(text: string, many?: number): void;
  /** Takes the line away: what is printed next begins where the line did. */
  done(): void;
}

/** Milliseconds. What is over sooner flickers, and helps nobody. */
const PATIENCE = 400;
const PAUSE = 100;

/** So many documents are long work from the start. */
const MANY = 2000;

/** Terminals that people have are wider. */
const WIDTH = 72;

/** Nobody watches. */
export const UNSEEN: Progress = { say: () => undefined, done: () => undefined };

/** @param now  milliseconds, from anywhere */
export function progressOn({ progress }: Pick<Io, 'progress'>, now: () => number = () => performance.now()): Progress {
  if (progress === undefined) return UNSEEN;
  const start = now();
  let last: number | undefined;
  return {
    say: (text, many = 0) => {
      const moment = now();
      if (many < MANY && moment - start < PATIENCE) return;
      if (many < MANY && last !== undefined && moment - last < PAUSE) return;
      last = moment;
      progress.write(`\r\u001b[K${text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text}`);
    },
    done: () => {
      if (last !== undefined) progress.write('\r\u001b[K');
      last = undefined;
    },
  };
}
